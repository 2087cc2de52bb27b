import { RegistryServiceService } from '@dual-random/contracts/registry'
import { AppError, type ErrorKind, renderings, toProblem, violation } from '@dual-random/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { implement } from '../src/index.ts'
import { type RunningServer, runningServer } from './running-server.ts'

const kinds = Object.keys(renderings) as ErrorKind[]

/** Everything an error can carry, with texts that need escaping. */
const raised = (kind: ErrorKind): AppError =>
  new AppError(kind, 'not-found', {
    meta: { what: '检查对象', id: 'a"\\/一', limit: 32 },
    violations: [
      violation('/lines/0/ratio', 'malformed-value', { value: '3 ％', expected: '0–100%' }),
      violation('', 'body-too-large', { limit: 7 }),
    ],
    retryAfterMs: 1500,
  })

let toThrow: unknown
let running: RunningServer

beforeAll(async () => {
  const { getPolicy, streamRoster } = RegistryServiceService
  running = await runningServer([
    implement(
      { getPolicy, streamRoster },
      {
        getPolicy: { roles: ['PLANNER'], handle: () => Promise.reject(toThrow as Error) },
        streamRoster: {
          roles: ['PLANNER'],
          optional: ['regionCode'],
          handle: async function* () {
            yield { entries: [] }
            throw toThrow
          },
        },
      },
    ),
  ])
})
afterAll(() => running.stop())

async function caught(call: () => Promise<unknown>): Promise<AppError> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
    throw thrown
  }
  throw new Error('did not fail')
}

const unaryFailure = async (): Promise<AppError> => {
  const context = await running.context()
  return caught(() => running.client().unary('getPolicy', { regionCode: '230300', at: '2026-03-02' }, context))
}

const streamFailure = async (): Promise<AppError> => {
  const context = await running.context()
  return caught(async () => {
    for await (const message of running.client().stream('streamRoster', { drawId: 'd', includeExcluded: false, firstEntry: 0 }, context))
      void message
  })
}

const textsOf = (error: AppError) => ({
  kind: error.kind,
  code: error.code,
  meta: Object.fromEntries(Object.entries(error.meta).map(([name, value]) => [name, String(value)])),
  violations: error.violations,
  retryAfterMs: error.retryAfterMs,
})

describe('models.md §2: one test walks every kind, AppError → gRPC on a real socket → AppError → problem+json, nothing lost', () => {
  describe.each(kinds)('%s', (kind) => {
    it.each([
      ['a unary call', unaryFailure],
      ['a stream', streamFailure],
    ])('by %s', async (_what, fail) => {
      toThrow = raised(kind)
      const arrived = await fail()
      expect(textsOf(arrived)).toEqual(textsOf(raised(kind)))
      for (const language of ['zh', 'en'] as const) {
        const context = { instance: '/v1/x', traceId: 'f'.repeat(32), language }
        expect(toProblem(arrived, context)).toEqual(toProblem(raised(kind), context))
      }
    })
  })
})

describe('whatever else is thrown', () => {
  it.each([
    ['a unary call', unaryFailure],
    ['a stream', streamFailure],
  ])('by %s arrives as internal without its text, and is logged once with the trace', async (what, fail) => {
    toThrow = new Error(`swordfish of ${what}`)
    const arrived = await fail()
    expect(textsOf(arrived)).toMatchObject({ kind: 'internal', code: 'internal', violations: [] })
    expect(JSON.stringify([arrived.message, arrived.meta])).not.toContain('swordfish')
    const lines = running.log
      .filter((line) => line.includes(`swordfish of ${what}`))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ level: 'error', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) })
  })

  it('is not logged when it is an expected refusal', async () => {
    const before = running.log.length
    toThrow = raised('failed-precondition')
    await unaryFailure()
    expect(running.log).toHaveLength(before)
  })
})

describe('a peer that is not there', () => {
  it('is unavailable under its name', async () => {
    const gone = running.client({ address: '127.0.0.1:1', peer: 'planning' })
    const context = await running.context()
    const error = await caught(() => gone.unary('getPolicy', { regionCode: '230300', at: '2026-03-02' }, context))
    expect(textsOf(error)).toMatchObject({ kind: 'unavailable', code: 'service-unavailable', meta: { service: 'planning' } })
  })
})
