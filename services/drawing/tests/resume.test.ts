import type { SignedTranscript } from '@dual-random/draw'
import type { LineId, RegionCode } from '@dual-random/kernel'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppDeps } from '../src/app/ports.ts'
import type { Draw } from '../src/domain/draw.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { type Answer, done, lineOf, type Organiser, organiserOf } from './support/steps.ts'

const line = lineOf('L01', { quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } })

/** Every point at which the service may die between two writes, in the order a draw passes them. */
const points = [
  'freeze pinned',
  'snapshot entered',
  'commitment prepared',
  'commitment entered',
  'transcript stored',
  'transcript entered',
  'match stored',
  'match entered',
  'loads kept',
  'closing stored',
  'closed entered',
] as const

type Point = (typeof points)[number]

/** Dies at each point once: the write that follows it is not made. */
function dying(reached: Point[]): (real: AppDeps) => AppDeps {
  const die = (point: Point): void => {
    if (reached.includes(point)) return
    reached.push(point)
    throw new Error(`killed: ${point}`)
  }
  const beforeEntry = {
    snapshot: 'freeze pinned',
    commitment: 'commitment prepared',
    transcript: 'transcript stored',
    match: 'match stored',
    closed: 'closing stored',
  } as const
  const beforeSave = {
    FROZEN: 'snapshot entered',
    COMMITTED: 'commitment entered',
    DRAWN: 'transcript entered',
    MATCHED: 'loads kept',
    CLOSED: 'closed entered',
  } as const
  return (real) => ({
    ...real,
    logs: {
      ...real.logs,
      append: async (region, request) => {
        if (Object.hasOwn(beforeEntry, request.kind)) die(beforeEntry[request.kind as keyof typeof beforeEntry])
        return real.logs.append(region, request)
      },
    },
    loads: {
      ...real.loads,
      put: async (drawId, loads) => {
        die('match entered')
        await real.loads.put(drawId, loads)
      },
    },
    draws: {
      ...real.draws,
      update: (drawId, decide) =>
        real.draws.update(drawId, (draw) => {
          const decision = decide(draw)
          const status = decision?.draw.status
          if (status !== undefined && status !== 'VOID' && status !== 'FAILED' && status !== draw?.status) die(beforeSave[status])
          return decision
        }),
    },
  })
}

interface Life {
  readonly draw: DrawBody
  readonly transcript: SignedTranscript
  readonly log: readonly string[]
}

describe('a draw whose service dies again and again', () => {
  let calm: Harness
  let disturbed: Harness
  const reached: Point[] = []

  const prepare = async (harness: Harness): Promise<Organiser> => {
    harness.planning.publish(line)
    harness.registry.objects = Array.from({ length: 12 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3', 'i-4'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
    return organiserOf(harness)
  }

  /** Asks until it is done; whenever the service fails it is started anew. */
  const insist = async (harness: Harness, ask: () => Promise<Answer>): Promise<DrawBody> => {
    for (;;) {
      const answer = await ask()
      if (answer.status !== 500) return done(answer)
      await harness.restart({ deps: dying(reached) })
    }
  }

  const live = async (harness: Harness): Promise<Life> => {
    const organiser = await prepare(harness)
    const { drawId } = await insist(harness, () => organiser.freeze(line))
    const { commitment } = await insist(harness, () => organiser.commit(drawId))
    harness.moveTo(commitment?.roundAt ?? '')
    const { closeAt } = await insist(harness, () => organiser.run(drawId))
    harness.moveTo(closeAt)
    const draw = await insist(harness, () => organiser.close(drawId))
    const base = `http://127.0.0.1:${harness.service().httpPort}/v1/public`
    const transcript = (await (await fetch(`${base}/draws/${drawId}/transcript`)).json()) as SignedTranscript
    const log = (await (await fetch(`${base}/region-logs/${regionCode}`)).text()).trimEnd().split('\n')
    return { draw, transcript, log: log.map((text) => (JSON.parse(text) as { head: string }).head) }
  }

  beforeAll(async () => {
    ;[calm, disturbed] = await Promise.all([startDrawing(), startDrawing({ overrides: { deps: dying(reached) } })])
  })
  afterAll(() => Promise.all([calm.dispose(), disturbed.dispose()]))

  it('DRW-31 DRW-32 resumes the same S, the same draw, the same teams and the same log', { timeout: 120_000 }, async () => {
    const expected = await live(calm)
    const resumed = await live(disturbed)
    expect(reached).toEqual(points)
    expect(resumed).toEqual(expected)
    expect(resumed.draw.match?.digest).toBe(expected.draw.match?.digest)
    const ofDraw = (harness: Harness) => harness.events.filter(({ aggregateId }) => aggregateId === expected.draw.drawId)
    for (const harness of [calm, disturbed])
      await expect.poll(() => ofDraw(harness).map(({ type }) => type), { timeout: 15_000 }).toHaveLength(5)
    expect(ofDraw(disturbed).map(({ type, payload }) => [type, payload])).toEqual(ofDraw(calm).map(({ type, payload }) => [type, payload]))
  })

  it('DRW-31 mends a log whose head was written and whose last entry was not', async () => {
    const client = new MongoClient(calm.scope.env['MONGODB_URI'] ?? '')
    const entries = client.db(calm.scope.database).collection('region_log_entries')
    const [last] = await entries.find({ regionCode }).sort({ seq: -1 }).limit(1).toArray()
    if (last === undefined) throw new Error('the log is empty')
    await entries.deleteOne({ _id: last._id })
    await client.close()
    const [draw] = (await (await calm.as(['AUDITOR'])).get<{ items: DrawBody[] }>('/v1/draws')).body.items
    const verdict = await verifyPublicFiles(`http://127.0.0.1:${calm.service().httpPort}`, draw?.drawId ?? '', regionCode)
    expect(verdict.output).toContain('whole chain checked')
    expect(verdict.exitCode).toBe(0)
  })

  it('DRW-31 refuses to go on under other keys than the log was opened with', async () => {
    await expect(calm.restart({ deps: (real) => ({ ...real, keys: { ...real.keys, logKeys: () => [] } }) })).rejects.toThrow('other keys')
    await calm.restart()
  })
})

/** Dies, while told to, before a draw is saved in a status: its entry in the log stands already. */
const dyingBefore =
  (status: Draw['status'], isDying: () => boolean) =>
  (real: AppDeps): AppDeps => ({
    ...real,
    draws: {
      ...real.draws,
      update: (drawId, decide) =>
        real.draws.update(drawId, (draw) => {
          const decision = decide(draw)
          if (decision?.draw.status === status && isDying()) throw new Error(`killed: ${status} entered`)
          return decision
        }),
    },
  })

describe('a void whose service dies', () => {
  it('DRW-31 stands once its entry is in, whatever the draw still says', async () => {
    let isDying = true
    const harness = await startDrawing({ overrides: { deps: dyingBefore('VOID', () => isDying) } })
    try {
      harness.planning.publish(line)
      harness.registry.objects = [{ code: 'A1', grade: 'A' }]
      harness.registry.inspectors = ['i-1', 'i-2'].map((id) => ({ id, unitId: bureau }))
      harness.moveTo('2026-03-02T01:10:00.000Z')
      const organiser = organiserOf(harness)
      const { drawId } = done(await organiser.freeze(line))
      const { commitment } = done(await organiser.commit(drawId))
      expect((await organiser.cancel(drawId, { reason: '信标停用' })).status).toBe(500)
      expect((await organiser.read(drawId)).status).toBe('COMMITTED')
      isDying = false
      harness.moveTo(commitment?.roundAt ?? '')
      await harness.service().runSweep('due-draws')
      expect(await organiser.read(drawId)).toMatchObject({ status: 'VOID', voided: { reason: '信标停用' } })
    } finally {
      await harness.dispose()
    }
  })
})

describe('a commitment whose service dies', () => {
  let isDying = true
  const started = async (otherRegions: readonly RegionCode[] = []): Promise<readonly [Harness, Organiser]> => {
    isDying = true
    const harness = await startDrawing({ overrides: { deps: dyingBefore('COMMITTED', () => isDying) }, otherRegions })
    harness.registry.inspectors = ['i-1', 'i-2'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
    return [harness, organiserOf(harness)]
  }

  it('DRW-32 goes on by itself once its S stands in the log, though nobody sends the command again', async () => {
    const [harness, organiser] = await started()
    try {
      harness.planning.publish(line)
      harness.registry.objects = [{ code: 'A1', grade: 'A' }]
      const { drawId } = done(await organiser.freeze(line))
      expect((await organiser.commit(drawId)).status).toBe(500)
      expect((await organiser.read(drawId)).status).toBe('FROZEN')
      isDying = false
      harness.moveTo('2026-03-02T01:30:00.000Z')
      await harness.service().runSweep('due-draws')
      expect((await organiser.read(drawId)).status).toBe('MATCHED')
    } finally {
      await harness.dispose()
    }
  })

  it('DRW-32 CRD-09 goes on with that S whatever its county has committed since', async () => {
    const county = '230302' as RegionCode
    const [harness, organiser] = await started([county])
    try {
      const below = lineOf('L02', {
        ...line,
        lineId: 'L02' as LineId,
        regionCode: county,
        itemClass: 'KEY',
        repeatGround: { reason: '复查' },
      })
      harness.planning.publish(line, below)
      harness.registry.objects = ['A1', 'A2'].map((code) => ({ code, grade: 'A', regionCode: county }))
      const ofCounty = done(await organiser.freeze(below)).drawId
      const { drawId } = done(await organiser.freeze(line))
      expect((await organiser.commit(drawId)).status).toBe(500)
      isDying = false
      expect(done(await organiser.commit(ofCounty)).status).toBe('COMMITTED')
      await harness.service().runSweep('due-draws')
      expect((await organiser.read(drawId)).status).toBe('COMMITTED')
    } finally {
      await harness.dispose()
    }
  })
})
