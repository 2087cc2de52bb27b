import { type Deployment, type Part, serviceNames } from './deployment.ts'

/** A witness describes no routes of its own (apps/witness/README.md): the regions it holds, and what drawing publishes. */
const witnessPaths = [
  '/v1/witness',
  ...['region-logs', 'checkpoints', 'incidents'].map((name) => `/v1/${name}/{regionCode}`),
  '/v1/commitments/{regionCode}/{digest}',
  ...['commitment', 'roster', 'transcript', 'openings'].map((name) => `/v1/public/draws/{drawId}/${name}`),
  ...['', '/checkpoints'].map((name) => `/v1/public/region-logs/{regionCode}${name}`),
]

/** It does not end; `Feed` follows it. */
const feedPath = '/v1/feed'

/** What differs by the moment at which it is asked, not by the code, or does not end. */
const notOfCodes: ReadonlySet<string> = new Set(['/metrics', '/v1/clock', feedPath])

export interface PublicRoute {
  readonly service: Part
  readonly path: string
  readonly isPublic: boolean
}

/** Somebody without a token, who asks every service and a witness for everything. */
export class Outsider {
  readonly #deployment: Deployment
  readonly #leaving = new AbortController()
  #told = ''

  constructor(deployment: Deployment) {
    this.#deployment = deployment
    this.#follow().catch((thrown: unknown) => {
      if (!this.#leaving.signal.aborted) this.#told += `broken: ${String(thrown)}`
    })
  }

  /** What the feed of server-sent events said so far. */
  get told(): string {
    return this.#told
  }

  leave(): void {
    this.#leaving.abort()
  }

  /** Every GET that the services themselves describe, and those of a witness. */
  async routes(): Promise<readonly PublicRoute[]> {
    const described = await Promise.all(
      serviceNames.map(async (service) => {
        const { paths } = (await (await fetch(`${this.#deployment.url(service)}/openapi.json`)).json()) as {
          readonly paths: Readonly<Record<string, { readonly get?: { readonly 'x-roles'?: readonly string[] } }>>
        }
        return Object.entries(paths).flatMap(([path, { get }]) =>
          get === undefined ? [] : [{ service, path, isPublic: get['x-roles'] === undefined }],
        )
      }),
    )
    return [...witnessPaths.map((path) => ({ service: 'w1', path, isPublic: true }) as const), ...described.flat()]
  }

  /** Everything that anyone may fetch with these values in the paths' places, and with each of the queries. */
  async fetchAll(values: Readonly<Record<string, readonly string[]>>, queries: readonly string[]): Promise<readonly string[]> {
    const open = (await this.routes()).filter(({ isPublic, path }) => isPublic && path !== feedPath)
    const asked = new Set(
      open.flatMap(({ service, path }) => filled(path, values).flatMap((each) => queries.map((query) => `${service} ${each}${query}`))),
    )
    const answers = await Promise.all(
      [...asked].map(async (each) => {
        const [service = '', path = ''] = each.split(' ')
        return this.#answer(service as Part, path)
      }),
    )
    const metrics = await Promise.all([...serviceNames, 'w1' as const].map(async (service) => this.#answer(service, '/metrics')))
    return [...answers, ...metrics]
  }

  /** Routes whose answers differ by the code that stands in path and query, the code itself and what each request has of its own aside. */
  async differing(codes: readonly string[], query: (code: string) => string): Promise<readonly string[]> {
    const found: string[] = []
    for (const { service, path } of await this.routes()) {
      if (notOfCodes.has(path)) continue
      const answers = await Promise.all(
        codes.map(async (code) =>
          (await this.#answer(service, `${path.replaceAll(/\{\w+\}/g, code)}?${query(code)}`))
            .replaceAll(code, '#')
            .replaceAll(/"(?:traceId|instance)":"[^"]*"/g, ''),
        ),
      )
      if (new Set(answers).size > 1) found.push(`${service} ${path}`)
    }
    return found
  }

  async #answer(service: Part, path: string): Promise<string> {
    // Guessing takes longer than a connection is kept.
    const response = await fetch(`${this.#deployment.url(service)}${path}`, { headers: { connection: 'close' } })
    return `${response.status} ${await response.text()}`
  }

  async #follow(): Promise<void> {
    const { body } = await fetch(`${this.#deployment.url('gateway')}${feedPath}`, { signal: this.#leaving.signal })
    for await (const text of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) this.#told += text
  }
}

/** The paths that a described one stands for; a place of which nothing is known keeps its name. */
const filled = (path: string, values: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.entries(values).reduce<readonly string[]>(
    (paths, [name, known]) =>
      paths.flatMap((each) => (each.includes(`{${name}}`) ? known.map((value) => each.replaceAll(`{${name}}`, value)) : each)),
    [path],
  )

/** Every value in texts that could serve as a salt: digests, keys, ids, codes of regions. */
export const saltsIn = (...texts: readonly string[]): readonly string[] => [
  ...new Set(
    texts.flatMap((text) =>
      [
        ...text.matchAll(
          /"(?:drawId|parentDrawId|digest|root|rosterDigest|keyDigest|privateFileDigest|seed|randomness|commitment|regionCode|planId|lineId|publicKey|policyDigest|subjectDigest|matchId|jointTaskId|snapshotId)":"([^"]{1,192})"/g,
        ),
      ].map(([, value = '']) => value),
    ),
  ),
]
