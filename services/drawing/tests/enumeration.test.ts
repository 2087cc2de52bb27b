import { events as contracts } from '@dual-random/contracts'
import { drawnDigest, ndjson, type PublicOpeningLine, type SignedTranscript } from '@dual-random/draw'
import { fromHex, type TlvItem, tlv, toHex, utf8 } from '@dual-random/kernel'
import { digest, hmac } from '@dual-random/kernel/hash'
import { fromRecord, KafkajsTransport, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { eventBus, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine, sha256Hash } from './fixtures.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { creditCodes, type Deployment, type Part, startDeployment } from './support/deployment.ts'
import { regionCode } from './support/harness.ts'
import { playDraw } from './support/played-draw.ts'
import { lineOf } from './support/steps.ts'

/**
 * Who reads which topic (docs/architecture.md): every topic here is read by service principals alone, Kafka refuses all others. They still name
 * no object by anything that its code gives: the registers' topics have ids under a secret key, those of drawing and inspection draws, tasks, visits and units.
 */
const topicsOfRegisters = [...new Set(Object.values(contracts.registry).map(({ topic }) => topic))]
const topicsOfDraws = [...new Set([...Object.values(contracts.drawing), ...Object.values(contracts.inspection)].map(({ topic }) => topic))]
const services: readonly Part[] = ['registry', 'drawing', 'inspection', 'publication', 'gateway']
/** A witness describes no routes of its own (apps/witness/README.md): the regions it holds, and what drawing publishes. */
const witnessPaths = [
  '/v1/witness',
  ...['region-logs', 'checkpoints', 'incidents'].map((name) => `/v1/${name}/{regionCode}`),
  ...['commitment', 'roster', 'transcript', 'openings'].map((name) => `/v1/public/draws/{drawId}/${name}`),
  ...['', '/checkpoints'].map((name) => `/v1/public/region-logs/{regionCode}${name}`),
]

const items = ['SP-01'] as unknown as typeof publishedLine.itemCodes
const line = lineOf('E1', {
  itemCodes: items,
  itemClass: 'KEY',
  quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] },
  units: publishedLine.units.map((unit) => ({ ...unit, itemCodes: items })),
})

interface Task {
  readonly taskId: string
  readonly visitId: string
  readonly object: { readonly code: string }
  readonly team: { readonly members: readonly { readonly subject: string; readonly unitId: string }[] }
}

const hashes = ['sha256', 'sm3'] as const

/** All that somebody who knows a code and every public value could compute and look for. */
function guesses(code: string, publicValues: readonly string[]): readonly string[] {
  const plain = utf8(code)
  const texts = [code, code.toLowerCase(), toHex(plain), Buffer.from(plain).toString('base64'), Buffer.from(plain).toString('base64url')]
  const found = new Set(texts.map((text) => text.replace(/=+$/, '')))
  const add = (bytes: Uint8Array): void => {
    const hex = toHex(bytes)
    // Ids are cut; whoever looks for the first half finds them too.
    found.add(hex.slice(0, 32))
    found.add(Buffer.from(bytes).toString('base64').slice(0, 20))
  }
  for (const name of hashes) {
    add(digest(name, plain))
    add(digest(name, tlv(code)))
    for (const value of publicValues) {
      const raw: readonly Uint8Array[] = /^[0-9a-f]{64}$/.test(value) ? [utf8(value), fromHex(value) ?? new Uint8Array(0)] : [utf8(value)]
      for (const bytes of raw) {
        add(digest(name, Buffer.concat([bytes, plain])))
        add(digest(name, Buffer.concat([plain, bytes])))
        add(hmac(name, bytes, plain))
        for (const parts of protocolForms(bytes, code)) {
          add(digest(name, tlv(...parts)))
          add(hmac(name, bytes, tlv(...parts)))
        }
      }
    }
  }
  return [...found]
}

/** The forms of the protocol (§4, §12) and of inspection's ids, with a public value where the secret one stands. */
const protocolForms = (value: Uint8Array, code: string): readonly (readonly TlvItem[])[] => [
  [value, code],
  [code, value],
  ...(['object', 'inspector'] as const).flatMap((kind) => [
    ['leaf', kind, value, value, code],
    ['salt', kind, value, code],
  ]),
  ['drawn', value, value, code],
  ['drawn', value, code],
  ['task', value, code, publishedLine.initiatorUnitId],
  ['visit', value, code],
]

/** Every value in a text that could serve as a salt: digests, keys, ids, codes of regions. */
const valuesIn = (...texts: readonly string[]): readonly string[] => [
  ...new Set(
    texts.flatMap((text) =>
      [
        ...text.matchAll(
          /"(?:drawId|digest|root|rosterDigest|keyDigest|privateFileDigest|seed|randomness|commitment|regionCode|planId|lineId|publicKey|policyDigest|subjectDigest)":"([^"]{1,192})"/g,
        ),
      ].map(([, value = '']) => value),
    ),
  ),
]

/** What differs by the moment at which it is asked, not by the code, or does not end. */
const notOfCodes: ReadonlySet<string> = new Set(['/metrics', '/v1/clock', '/v1/feed'])

interface Feed {
  readonly told: () => string
  readonly leave: () => void
}

/** The text of server-sent events as far as they came. */
function followFeed(url: string): Feed {
  const leaving = new AbortController()
  let told = ''
  const read = async (): Promise<void> => {
    const { body } = await fetch(url, { signal: leaving.signal })
    for await (const text of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) told += text
  }
  read().catch((thrown: unknown) => {
    if (!leaving.signal.aborted) told += `broken: ${String(thrown)}`
  })
  return { told: () => told, leave: () => leaving.abort() }
}

describe('an outsider who knows every code', { timeout: 900_000 }, () => {
  let deployment: Deployment
  let bus: Awaited<ReturnType<typeof eventBus>>
  let heard: readonly ReceivedEvent[]
  let draw: DrawBody
  let tasks: readonly Task[]
  let drawn: readonly string[]
  /** What anyone could fetch before the first visit, and what drawing and inspection had told by then. */
  let published: string
  let feed: Feed
  let told: string
  let guessed: ReadonlyMap<string, readonly string[]>

  beforeAll(async () => {
    deployment = await startDeployment()
    const opened = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, deployment.scope, [
      ...topicsOfRegisters,
      ...topicsOfDraws,
    ])
    bus = opened
    heard = opened.heard
    deployment.planning.publish(line)
    for (const part of ['inspection', 'publication', 'gateway'] as const) await deployment.start(part)
    feed = followFeed(`${deployment.url('gateway')}/v1/feed`)
    await deployment.moveTo('2026-03-02T01:10:30.000Z')
    draw = await playDraw(deployment, line)
    tasks = await eventually(
      async () => {
        const { body } = await (await deployment.as('inspection', ['DISPATCHER'])).get<{ readonly items: readonly Task[] }>('/v1/tasks')
        expect(body.items).toHaveLength(6)
        return body.items
      },
      { timeoutMs: 120_000 },
    )
    drawn = tasks.map(({ object }) => object.code)
    await eventually(() => expect(heard.filter(({ topic }) => topic === contracts.inspection.taskDispatched.topic)).toHaveLength(6), {
      timeoutMs: 60_000,
    })
    published = await everythingPublic()
    told = textOf(topicsOfDraws)
    const values = valuesIn(published, told)
    expect(values.length).toBeGreaterThan(20)
    guessed = new Map(creditCodes.map((code) => [code, guesses(code, values)]))
  }, 400_000)
  afterAll(async () => {
    feed?.leave()
    await bus?.close()
    await deployment?.dispose()
  })

  interface PublicRoute {
    readonly service: Part
    readonly path: string
    readonly isPublic: boolean
  }

  /** Every GET of the services that they themselves describe, and of a witness. */
  const routes = async (): Promise<readonly PublicRoute[]> => [
    ...witnessPaths.map((path) => ({ service: 'w1', path, isPublic: true }) as const),
    ...(
      await Promise.all(
        services.map(async (service) => {
          const { paths } = (await (await fetch(`${deployment.url(service)}/openapi.json`)).json()) as {
            readonly paths: Readonly<Record<string, { readonly get?: { readonly 'x-roles'?: readonly string[] } }>>
          }
          return Object.entries(paths).flatMap(([path, { get }]) =>
            get === undefined ? [] : [{ service, path, isPublic: get['x-roles'] === undefined }],
          )
        }),
      )
    ).flat(),
  ]

  const answer = async (service: Part, path: string): Promise<string> => {
    // Guessing takes longer than a connection is kept.
    const response = await fetch(`${deployment.url(service)}${path}`, { headers: { connection: 'close' } })
    return `${response.status} ${await response.text()}`
  }

  /** Everything that anyone may fetch of this draw and around it. */
  const everythingPublic = async (): Promise<string> => {
    const fill = (path: string): string =>
      path.replace('{drawId}', draw.drawId).replace('{regionCode}', regionCode).replace('{listId}', 'list-230300-scj')
    // The feed does not end; what it told so far is beside.
    const open = (await routes()).filter(({ isPublic, path }) => isPublic && path !== '/v1/feed')
    const known = [
      '/v1/public/draws',
      '/v1/public/draws/{drawId}/transcript',
      '/v1/public/results',
      '/v1/public/drawn-lists/{drawId}/subjects',
    ]
    expect(open.map(({ path }) => path)).toEqual(expect.arrayContaining(known))
    await eventually(() => expect(feed.told()).toContain(draw.drawId), { timeoutMs: 60_000 })
    const queries = ['', `?regionCode=${regionCode}`, `?regionCode=${regionCode}&year=2026`]
    const answers = await Promise.all(open.flatMap(({ service, path }) => queries.map((query) => answer(service, `${fill(path)}${query}`))))
    const more = await Promise.all([...services, 'w1' as const].map(async (service) => answer(service, '/metrics')))
    return [...answers, ...more, feed.told()].join('\n')
  }

  const textOf = (topics: readonly string[]): string =>
    heard
      .filter(({ topic }) => topics.includes(topic))
      .map((event) => JSON.stringify(event))
      .join('\n')
  /** Codes of which a text has any form that could be guessed. */
  const foundIn = (text: string): readonly string[] =>
    [...guessed].flatMap(([code, all]) => (all.some((guess) => text.includes(guess)) ? code : []))

  it('SEC-05 DRW-34 finds before the visit neither a drawn nor an undrawn code in anything public, in no form that public values can give it', async () => {
    expect(draw.status).toBe('MATCHED')
    expect(new Set(drawn).size).toBe(6)
    expect(foundIn(published)).toEqual([])
  })

  it('SEC-05 DRW-34 finds them in no event, neither of drawing and inspection nor of the registers', async () => {
    expect(told).toContain(draw.drawId)
    for (const { taskId, visitId } of tasks) for (const id of [taskId, visitId]) expect(told).toContain(id)
    expect(foundIn(told)).toEqual([])
    const registers = textOf(topicsOfRegisters)
    expect(registers.split(contracts.registry.objectRegistered.type).length - 1).toBe(creditCodes.length)
    expect(foundIn(registers)).toEqual([])
    expect(registers).not.toContain(draw.drawId)
  })

  it('SEC-05 DRW-34 gets the same answer for every code from every endpoint, without a token', async () => {
    const all = await routes()
    expect(all.length).toBeGreaterThan(30)
    const differing: string[] = []
    for (const { service, path } of all) {
      if (notOfCodes.has(path)) continue
      const asked = (code: string): Promise<string> =>
        answer(service, `${path.replaceAll(/\{\w+\}/g, code)}?objectCode=${code}&code=${code}&q=${code}&regionCode=${regionCode}`)
      const answers = await Promise.all(
        creditCodes.map(async (code) => (await asked(code)).replaceAll(code, '#').replaceAll(/"(?:traceId|instance)":"[^"]*"/g, '')),
      )
      if (new Set(answers).size > 1) differing.push(`${service} ${path}`)
    }
    expect(differing).toEqual([])
  })

  it('DRW-34 SEC-05 shows a task to its team alone, not to an inspector who is not of it', async () => {
    const [task] = tasks
    const team = new Set(task?.team.members.map(({ subject }) => subject))
    const outsideTeam = Array.from({ length: 4 }, (_, index) => `inspector${index}`).find((subject) => !team.has(subject))
    const asked = async (subject: string | undefined) =>
      (await (await deployment.as('inspection', ['INSPECTOR'], { subject: subject ?? '' })).get<object>(`/v1/tasks/${task?.taskId}`)).status
    expect(await asked([...team][0])).toBe(200)
    expect([403, 404]).toContain(await asked(outsideTeam))
  })

  it('DRW-31 SEC-05 opens after the visits who was drawn, and then everyone can check it', async () => {
    for (const { taskId, team } of tasks) {
      const [member] = team.members
      const inspector = await deployment.as('inspection', ['INSPECTOR'], { subject: member?.subject ?? '', unitId: member?.unitId ?? '' })
      const entered = await inspector.post(`/v1/tasks/${taskId}/results`, {
        itemCode: 'SP-01',
        methods: ['ON_SITE'],
        recordForm: { form: '示例检查表/2026', entries: [{ point: '检查要点', finding: '已核查' }] },
        resultType: 'NO_PROBLEM',
      })
      expect(entered.status, JSON.stringify(entered.body)).toBe(201)
    }
    const completed = contracts.inspection.taskCompleted.type
    await eventually(() => expect(heard.filter(({ type }) => type === completed)).toHaveLength(6), { timeoutMs: 60_000 })
    await deployment.moveTo(draw.closeAt)
    const closed = await eventually(
      async () => {
        const { body } = await (await deployment.as('drawing', ['DRAW_ORGANISER'])).get<DrawBody>(`/v1/draws/${draw.drawId}`)
        if (body.status !== 'CLOSED') throw new Error(body.status)
        return body
      },
      { timeoutMs: 120_000 },
    )
    expect(closed.closing).toMatchObject({ visited: 6, notVisited: 0 })
    const openings = (await deployment.text(`/v1/public/draws/${draw.drawId}/openings`))
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as PublicOpeningLine)
    expect(openings.map(({ id }) => id).toSorted()).toEqual([...drawn].toSorted())
    const { transcript } = JSON.parse(await deployment.text(`/v1/public/draws/${draw.drawId}/transcript`)) as SignedTranscript
    expect(openings.map(({ id, salt }) => drawnDigest(sha256Hash, draw.drawId, salt, id)).toSorted()).toEqual(transcript.drawnSet)
    const verdict = await verifyPublicFiles(deployment.url('drawing'), draw.drawId, regionCode, deployment.keysFile)
    expect(verdict).toMatchObject({ exitCode: 0, output: expect.stringContaining('MATCH (demo keys)') as string })
  })

  it('would find a code whose salt is public: the search above is not blind', async () => {
    const [opening] = (await deployment.text(`/v1/public/draws/${draw.drawId}/openings`))
      .split('\n')
      .map((text) => JSON.parse(text || '{}') as PublicOpeningLine)
    const { id, salt } = opening as PublicOpeningLine
    const transcript = await deployment.text(`/v1/public/draws/${draw.drawId}/transcript`)
    const element = toHex(digest('sha256', tlv('drawn', fromHex(draw.drawId) ?? '', fromHex(salt) ?? '', id)))
    expect(transcript).toContain(element.slice(0, 32))
    expect(guesses(id, []).filter((guess) => ndjson([{ id }]).includes(guess))).toEqual([id])
  })
})
