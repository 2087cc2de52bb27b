import { ed25519Verify } from '@dual-random/beacon'
import { addMs, type Instant } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import {
  type CosignedCheckpoint,
  checkpointDigest,
  deadlineOf,
  isCosigned,
  parseCosignedCheckpoint,
  witnessedAt,
} from '@dual-random/witness'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hash } from './fixtures.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

interface Line {
  readonly seq: number
  readonly kind: string
  readonly drawId: string | null
  readonly digest: string
  readonly record?: { readonly reason?: string }
}

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const all = ['w1', 'w2', 'w3', 'w4'] as const

describe('a draw in front of witnesses', () => {
  let harness: Harness
  let organiser: Organiser
  let number = 0

  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true })
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  beforeEach(async () => {
    for (const witnessId of all) await harness.witnesses.back(witnessId)
  })
  afterAll(() => harness.dispose())

  const frozen = async (): Promise<string> => {
    number += 1
    const line = lineOf(`W${number}`, key)
    harness.planning.publish(line)
    return done(await organiser.freeze(line)).drawId
  }
  const text = async (path: string): Promise<string> => harness.text(path, ['AUDITOR'])
  const log = async (): Promise<readonly Line[]> =>
    (await text(`/v1/public/region-logs/${regionCode}`))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  const entryOf = async (drawId: string, kind: string): Promise<Line | undefined> =>
    (await log()).find((line) => line.drawId === drawId && line.kind === kind)
  const checkpoints = async (): Promise<readonly CosignedCheckpoint[]> =>
    (await text(`/v1/public/region-logs/${regionCode}/checkpoints`))
      .trim()
      .split('\n')
      .map((line) => {
        const read = parseCosignedCheckpoint(line)
        if (!read.ok) throw new Error(line)
        return read.value
      })
  const away = async (...witnessIds: readonly string[]): Promise<void> => {
    for (const witnessId of witnessIds) await harness.witnesses.away(witnessId)
  }
  const back = async (...witnessIds: readonly string[]): Promise<void> => {
    for (const witnessId of witnessIds) await harness.witnesses.back(witnessId)
  }
  const later = (instant: string | undefined, ms = 0): string => addMs(instant as Instant, ms)

  it('names them in S, and every step is cosigned by all of them', async () => {
    const drawId = await frozen()
    const { commitment } = done(await organiser.commit(drawId))
    const seen = harness.now()
    harness.moveTo(later(commitment?.roundAt))
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    const s = JSON.parse(await text(`/v1/public/draws/${drawId}/commitment`)) as {
      witnesses: unknown
      marginSeconds: number
      beacons: never
    }
    expect(s.witnesses).toEqual({ count: 4, quorum: 3 })
    const entry = await entryOf(drawId, 'commitment')
    const published = await checkpoints()
    expect(witnessedAt(published, entry?.seq ?? -1, 4)).toBe(seen)
    expect(seen <= deadlineOf(s)).toBe(true)
    const transcript = await entryOf(drawId, 'transcript')
    expect(witnessedAt(published, transcript?.seq ?? -1, 4)).toBeDefined()
    for (const { checkpoint, cosignatures } of published) {
      for (const cosignature of cosignatures) {
        const witness = harness.witnesses.keysFile.witnesses.find(({ witnessId }) => witnessId === cosignature.witnessId)
        expect(
          isCosigned(sha256Hash, checkpoint, cosignature, witness as never, ed25519Verify),
          checkpointDigest(sha256Hash, checkpoint),
        ).toBe(true)
      }
    }
  })

  it('commits only when a quorum answers just now: three do, two do not', async () => {
    const drawId = await frozen()
    await away('w1', 'w2')
    expect(refusal(await organiser.commit(drawId))).toEqual([503, 'witnesses-unavailable'])
    expect((await organiser.read(drawId)).status).toBe('FROZEN')
    await back('w1')
    const { commitment } = await eventually(async () => done(await organiser.commit(drawId)))
    harness.moveTo(later(commitment?.roundAt))
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('a witness that was away takes up the log where it left it, with what the others signed', async () => {
    const drawId = await frozen()
    await away('w4')
    // Drawing may not have found its way back yet to those that the test before brought back.
    const { commitment } = await eventually(async () => done(await organiser.commit(drawId)))
    harness.moveTo(later(commitment?.roundAt))
    done(await organiser.run(drawId))
    await back('w4')
    await eventually(async () => {
      await harness.service().runSweep('witness-logs')
      const last = (await checkpoints()).at(-1)
      expect(last?.checkpoint.seq).toBe((await log()).at(-1)?.seq)
      expect(last?.cosignatures.map(({ witnessId }) => witnessId)).toEqual([...all])
    })
  })

  it('DRW-31 DRW-32 one that lost its copy takes up a log with attempts that were void in time, with what the others signed', async () => {
    number += 1
    const line = lineOf(`W${number}`, key)
    harness.planning.publish(line)
    for (const attempt of [1, 2]) {
      const { drawId } = done(await organiser.freeze(line, { attempt }))
      await eventually(async () => done(await organiser.commit(drawId)))
      expect(done(await organiser.cancel(drawId, { reason: '名单有误' })).status).toBe('VOID')
    }
    // Nobody approved it: the voids were in time, as all of them saw.
    const { drawId } = done(await organiser.freeze(line, { attempt: 3 }))
    const { commitment } = done(await organiser.commit(drawId))
    await away('w4')
    await harness.witnesses.forget('w4')
    harness.moveTo(later(commitment?.roundAt))
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    await back('w4')
    await eventually(async () => {
      await harness.service().runSweep('witness-logs')
      expect((await checkpoints()).at(-1)?.cosignatures.map(({ witnessId }) => witnessId)).toEqual([...all])
    })
  })

  it('decides nothing while it depends on a witness that is silent', async () => {
    const drawId = await frozen()
    harness.witnesses.beforeCosign = async (kind, witnessId) => {
      if (kind === 'commitment' && (witnessId === 'w1' || witnessId === 'w2')) throw new Error('cut off')
    }
    const { commitment } = done(await organiser.commit(drawId))
    await away('w1', 'w2')
    harness.witnesses.beforeCosign = undefined
    harness.moveTo(later(commitment?.roundAt))
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'witnesses-unavailable'])
    await back('w1', 'w2')
    await eventually(async () => expect(done(await organiser.run(drawId)).voided).toEqual({ reason: 'not-witnessed' }))
  })

  it('an answer that was lost on its way counts with its first instant', async () => {
    const drawId = await frozen()
    harness.witnesses.afterCosign = async (kind, witnessId) => {
      if (kind === 'commitment' && (witnessId === 'w1' || witnessId === 'w2')) throw new Error('cut off')
    }
    const { commitment } = done(await organiser.commit(drawId))
    harness.witnesses.afterCosign = undefined
    harness.moveTo(later(commitment?.roundAt))
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('a void counts when a quorum saw it in time', async () => {
    const drawId = await frozen()
    const { commitment } = done(await organiser.commit(drawId))
    const voided = done(await organiser.cancel(drawId, { reason: '计划调整' }))
    expect(voided.status).toBe('VOID')
    expect((await entryOf(drawId, 'void'))?.record).toMatchObject({ reason: '计划调整' })
    harness.moveTo(later(commitment?.roundAt))
    await harness.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).status).toBe('VOID')
  })

  it('a witness that lost its copy gets the log from the beginning', async () => {
    const drawId = await frozen()
    await away('w3')
    await harness.witnesses.forget('w3')
    await back('w3')
    done(await organiser.commit(drawId))
    await eventually(async () => {
      await harness.service().runSweep('witness-logs')
      expect((await checkpoints()).at(-1)?.cosignatures.map(({ witnessId }) => witnessId)).toEqual([...all])
    })
  })
})
