import { createHash } from 'node:crypto'

/** A request that failed for good: what was asked and the problem document that came back. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: unknown

  constructor(method: string, path: string, status: number, problem: unknown) {
    super(`${method} ${path}: ${status} ${JSON.stringify(problem)}`)
    this.name = 'ApiError'
    this.status = status
    this.problem = problem
  }
}

/** One signed-in person, through the gateway. Every command carries a key of its own content, so sending it again is harmless. */
export interface Session {
  /** For gRPC calls of the same person; empty for the public. */
  token(): Promise<string>
  get<T>(path: string): Promise<T>
  /** All items of a paged list. */
  list<T>(path: string): Promise<readonly T[]>
  text(path: string): Promise<string>
  /** The same command twice is one, unless it is given another occasion. */
  post<T>(path: string, body: unknown, occasion?: string): Promise<T>
  /** `occasion` tells a deliberate repeat of the same content from a retry. */
  upload<T>(path: string, mediaType: string, content: string | Uint8Array, occasion?: string): Promise<T>
}

export interface SessionOptions {
  readonly gatewayUrl: string
  /** Undefined for the public. */
  readonly idToken: (() => Promise<string>) | undefined
  readonly unitId?: string
  readonly timeoutMs?: number
}

const giveUpAfterMs = 120_000
const renewBeforeMs = 60_000

/** Statuses after which the same request may be sent again. */
const passing = new Set([429, 502, 503, 504])

export function openSession(options: SessionOptions): Session {
  let token: { readonly value: string; readonly expiresAt: number } | undefined

  const signIn = async (): Promise<string | undefined> => {
    if (options.idToken === undefined) return undefined
    if (token !== undefined && Date.now() < token.expiresAt - renewBeforeMs) return token.value
    const body = JSON.stringify({ idToken: await options.idToken(), ...(options.unitId === undefined ? {} : { unitId: options.unitId }) })
    const answer = await persist('POST', '/v1/sessions', () =>
      fetch(`${options.gatewayUrl}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(10_000),
      }),
    )
    const session = (await answer.json()) as { readonly token: string; readonly expiresAt: string }
    token = { value: session.token, expiresAt: Date.parse(session.expiresAt) }
    return session.token
  }

  const send = async (method: string, path: string, headers: Record<string, string>, body?: string | Uint8Array): Promise<Response> =>
    persist(method, path, async () => {
      const bearer = await signIn()
      return fetch(`${options.gatewayUrl}/api${path}`, {
        method,
        headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
        signal: AbortSignal.timeout(options.timeoutMs ?? 120_000),
      })
    })

  const command = (path: string, mediaType: string, content: string | Uint8Array, occasion = ''): Promise<Response> => {
    const key = createHash('sha256')
      .update(`${options.unitId ?? ''}\n${path}\n${occasion}\n`)
      .update(content)
      .digest('hex')
      .slice(0, 40)
    return send('POST', path, { 'content-type': mediaType, 'idempotency-key': key }, content)
  }

  const get = async <T>(path: string): Promise<T> => (await (await send('GET', path, {})).json()) as T

  return {
    token: async () => (await signIn()) ?? '',
    get,
    list: async <T>(path: string) => {
      const items: T[] = []
      for (let after: string | undefined = ''; after !== undefined; ) {
        const query: string = after === '' ? '' : `${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`
        const found: { readonly items: readonly T[]; readonly next?: string } = await get(`${path}${query}`)
        items.push(...found.items)
        after = found.next
      }
      return items
    },
    text: async (path) => (await send('GET', path, {})).text(),
    post: async <T>(path: string, body: unknown, occasion?: string) =>
      (await (await command(path, 'application/json', JSON.stringify(body), occasion)).json()) as T,
    upload: async <T>(path: string, mediaType: string, content: string | Uint8Array, occasion?: string) =>
      (await (await command(path, mediaType, content, occasion)).json()) as T,
  }
}

/** Sends until an answer comes that is not a passing failure: a service may be restarting. */
async function persist(method: string, path: string, attempt: () => Promise<Response>): Promise<Response> {
  const giveUpAt = Date.now() + giveUpAfterMs
  for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2000)) {
    let failure: ApiError
    try {
      const response = await attempt()
      if (response.ok) return response
      const problem: unknown = await response.json().catch(() => undefined)
      failure = new ApiError(method, path, response.status, problem)
      if (!passing.has(response.status) && !isInProgress(problem)) throw failure
    } catch (error) {
      if (error instanceof ApiError) throw error
      failure = new ApiError(method, path, 0, reasonOf(error))
    }
    if (Date.now() > giveUpAt) throw failure
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

const isInProgress = (problem: unknown): boolean =>
  typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === 'request-in-progress'

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
