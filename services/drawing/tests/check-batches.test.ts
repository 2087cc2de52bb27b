import { createServiceTokens } from '@dual-random/auth'
import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import type { Commitment, SignedTranscript } from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import type { LocalDate } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishedLine } from './fixtures.ts'
import { policyWith } from './policy.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, drawLine, finishDraw, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const half = { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } as const
const belowHalf = { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 49, denominator: 100 } }] } as const
const key = { itemClass: 'KEY', quantity: half } as const
const fixed = policyWith({ 'draw.batchOrder': 'FIXED_FOR_HIGH_RATIO_KEY_ITEMS' })

/** Two batches that are both to be frozen on the first day; the window of the first ends on `end`. */
const twoBatches = (lineId: string, end: string) => {
  const [one, two] = publishedLine.batches
  if (one === undefined || two === undefined) throw new Error('two batches')
  const { freezeAt, commitAt } = one
  return lineOf(lineId, {
    ...key,
    batches: [
      { ...one, window: { start: '2026-03-01' as LocalDate, end: end as LocalDate } },
      { ...two, freezeAt, commitAt },
    ],
  })
}

describe('the order of batches', () => {
  let harness: Harness
  let organiser: Organiser

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  const file = async <T>(drawId: string, name: string): Promise<T> =>
    (await (await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${drawId}/${name}`)).json()) as T

  async function assignmentsOf(drawId: string) {
    const client = createGrpcClient(DrawingServiceClient, { address: `127.0.0.1:${harness.service().grpcPort}`, peer: 'drawing' })
    const serviceKey = await harness.scope.issuer.serviceKey('inspection')
    const token = await createServiceTokens({ service: 'inspection', key: serviceKey }).token()
    const context = { deadline: Date.now() + 20_000, token, traceId: '0'.repeat(32) }
    const all = []
    for await (const { assignments } of client.stream('streamAssignments', { drawId }, context)) all.push(...assignments)
    client.close()
    return all
  }

  it('DRW-16 commits to the sizes of the check batches, cuts the order into them, and tells each object’s; anyone can verify it', async () => {
    const line = lineOf('L41', { ...key, checkBatches: 2 })
    harness.planning.publish(line)
    const { drawId } = await drawLine(harness, organiser, line)
    expect((await file<Commitment>(drawId, 'commitment')).batchSizes).toEqual([3, 2])
    const { transcript } = await file<SignedTranscript>(drawId, 'transcript')
    expect(transcript.batches.map((batch) => batch.length)).toEqual([3, 2])
    const assignments = await assignmentsOf(drawId)
    expect(assignments.map(({ label }) => label)).toEqual(transcript.batches.flat())
    expect(assignments.map(({ checkBatch }) => checkBatch)).toEqual([1, 1, 1, 2, 2])
    const verdict = await verifyPublicFiles(`http://127.0.0.1:${harness.service().httpPort}`, drawId, regionCode)
    expect([verdict.exitCode, verdict.output]).toEqual([0, expect.stringContaining('MATCH (demo keys)')])
  })

  it('DRW-16 has one check batch where the line asks for none, and tells no number then', async () => {
    harness.planning.publish(lineOf('L42', key))
    const { drawId } = await drawLine(harness, organiser, lineOf('L42', key))
    expect((await file<Commitment>(drawId, 'commitment')).batchSizes).toEqual([5])
    expect((await assignmentsOf(drawId)).some(({ checkBatch }) => checkBatch !== undefined)).toBe(false)
  })

  it('DRW-16 freezes no key line at a high ratio without check batches where policy fixes their order', async () => {
    const policy = harness.registry.policy
    harness.registry.policy = fixed
    harness.planning.publish(lineOf('L43', key), lineOf('L44', { ...key, quantity: belowHalf }), lineOf('L45', { ...key, checkBatches: 3 }))
    const refused = await organiser.freeze(lineOf('L43', key))
    expect(refusal(refused)).toEqual([409, 'check-batches-missing'])
    expect(JSON.stringify(refused.body)).toContain('50%')
    for (const lineId of ['L44', 'L45']) expect(done(await organiser.freeze(lineOf(lineId)))).toMatchObject({ status: 'FROZEN' })

    harness.registry.policy = policyWith({
      'draw.batchOrder': 'FIXED_FOR_HIGH_RATIO_KEY_ITEMS',
      'ratio.batchOrderThreshold': undefined,
    })
    const unset = await organiser.freeze(lineOf('L43', key))
    expect(refusal(unset)).toEqual([409, 'policy-unset'])
    expect(JSON.stringify(unset.body)).toContain('ratio.batchOrderThreshold')
    harness.registry.policy = policy
    expect(done(await organiser.freeze(lineOf('L43', key)))).toMatchObject({ status: 'FROZEN' })
  })

  it('DRW-16 commits to no number of objects that is as high a part of its pool, which the freeze tells', async () => {
    const { policy } = harness.registry
    harness.registry.policy = fixed
    // Of ten objects; the batch draws its half of the year's number.
    const numbered = (lineId: string, count: number, change = {}) => {
      const line = lineOf(lineId, { ...key, quantity: { kind: 'count', count }, ...change })
      harness.planning.publish(line)
      return line
    }
    const [below, at, cut] = [numbered('L46', 4), numbered('L47', 5), numbered('L48', 5, { checkBatches: 2 })]
    for (const line of [below, cut]) {
      const { drawId } = done(await organiser.freeze(line))
      expect((await finishDraw(harness, organiser, drawId)).status).toBe('MATCHED')
    }
    const { drawId } = done(await organiser.freeze(at))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'check-batches-missing'])
    harness.registry.policy = policy
  })

  it('DRW-17 freezes a batch only once the one before it is drawn, where policy draws batch by batch', async () => {
    const policy = harness.registry.policy
    const line = twoBatches('L51', '2026-06-30')
    harness.planning.publish(line, twoBatches('L52', '2026-06-30'))
    harness.registry.policy = policyWith({ 'draw.batchOrder': 'BATCH_BY_BATCH' })
    const refused = await organiser.freeze(line, { batch: 2 })
    expect(refusal(refused)).toEqual([409, 'batch-before-not-drawn'])
    expect(JSON.stringify(refused.body)).toContain('2026-06-30')

    const { drawId } = done(await organiser.freeze(line))
    expect(refusal(await organiser.freeze(line, { batch: 2 }))).toEqual([409, 'batch-before-not-drawn'])
    expect((await finishDraw(harness, organiser, drawId)).status).toBe('MATCHED')
    expect(done(await organiser.freeze(line, { batch: 2 }))).toMatchObject({ status: 'FROZEN', batch: 2 })
    // The draw of one line's batch is none of another's.
    expect(refusal(await organiser.freeze(twoBatches('L52', '2026-06-30'), { batch: 2 }))).toEqual([409, 'batch-before-not-drawn'])
    harness.registry.policy = policy
    expect(done(await organiser.freeze(twoBatches('L52', '2026-06-30'), { batch: 2 }))).toMatchObject({ status: 'FROZEN' })
  })

  it('DRW-17 waits for no batch whose window is over: it was planned and not executed', async () => {
    const line = twoBatches('L61', '2026-03-02')
    harness.planning.publish(line)
    harness.registry.policy = policyWith({ 'draw.batchOrder': 'BATCH_BY_BATCH' })
    harness.moveTo('2026-03-02T15:59:59.999Z')
    expect(refusal(await organiser.freeze(line, { batch: 2 }))).toEqual([409, 'batch-before-not-drawn'])
    harness.moveTo('2026-03-02T16:00:00.000Z')
    expect(done(await organiser.freeze(line, { batch: 2 }))).toMatchObject({ status: 'FROZEN', batch: 2 })
  })
})
