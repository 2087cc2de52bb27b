import { addMs, type Instant } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppDeps } from '../src/app/ports.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { hex } from './fixtures.ts'
import { type Attacked, startAttacked } from './support/attacked.ts'
import { regionCode } from './support/harness.ts'
import { outsideUnits, superior, superiorUnit } from './support/outside-units.ts'
import { done, drawIdOf, refusal } from './support/steps.ts'

const week = 7 * 86_400_000

/** A committed draw that cannot be ended, on its superior's word (docs/draw-protocol.md §24). */
describe('a draw that has failed', () => {
  let attacked: Attacked
  let units: ReturnType<typeof outsideUnits>
  beforeEach(async () => {
    attacked = await startAttacked()
    units = outsideUnits(attacked.harness)
  })
  afterEach(() => attacked.harness.dispose())

  /** A port of drawing's that breaks at one call. */
  const broken = (change: (deps: AppDeps) => Partial<AppDeps>) => (real: AppDeps) => {
    const deps = attacked.harness.witnesses.faulty(real)
    return { ...deps, ...change(deps) }
  }

  it('DRW-31 DRW-32 is lost with its beacon 7 days after its round, and frees its line and region; the next attempt needs an approval', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const { drawId } = done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    harness.beacon.fault = 'down'
    const from = addMs(commitment?.roundAt as Instant, week)
    harness.moveTo(addMs(from, -1))
    expect(await units.refused(units.fail(drawId, 'beacon-lost'))).toEqual([409, 'failed-too-early'])
    expect(refusal(await organiser.freeze(attacked.line()))).toEqual([409, 'earlier-draw-pending'])
    harness.moveTo(from)
    expect(await units.refused(units.fail(drawId, 'unwelcome'))).toEqual([400, 'entry-malformed'])
    expect((await units.fail(drawId, 'beacon-lost')).status).toBe(201)
    expect((await units.fail(drawId, 'beacon-lost')).status).toBe(200)
    expect(await units.refused(units.fail(drawId, 'key-lost'))).toEqual([409, 'failed-differs'])

    const failed = { reason: 'beacon-lost', unitId: superiorUnit, at: from }
    expect(await organiser.read(drawId)).toMatchObject({ status: 'FAILED', failed })
    const shown = JSON.parse(await harness.text(`/v1/public/draws/${drawId}`, [])) as DrawBody
    expect(shown).toMatchObject({ status: 'FAILED', failed, commitment: { digest: commitment?.digest } })
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment', 'failed'])
    // The beacon comes back, too late.
    harness.beacon.fault = 'none'
    for (const command of [organiser.run(drawId), organiser.close(drawId), organiser.cancel(drawId, { reason: '又' })])
      expect(refusal(await command)).toEqual([409, 'draw-failed'])

    // The snapshot of then would be stale by now: the line is free, and its batch is published for another day.
    const batches = line.batches.map((batch) => ({ ...batch, freezeAt: from, commitAt: addMs(from, 60_000) }))
    harness.planning.publish({ ...line, batches, lineDigest: hex('9') })
    harness.moveTo(addMs(from, 60_000))
    const second = drawIdOf(line, 2)
    expect(refusal(await organiser.freeze(line, { attempt: 2 }))).toEqual([409, 'attempt-not-approved'])
    const approval = { type: 'dual-random/approval/v1', drawId: second, unitId: superiorUnit, reason: '信标停用', order: null }
    expect((await units.enter('approval', second, approval)).status).toBe(201)
    expect(done(await organiser.freeze(line, { attempt: 2 })).drawId).toBe(second)
    const again = done(await organiser.commit(second)).commitment
    harness.moveTo(again?.roundAt ?? '')
    expect(done(await organiser.run(second)).status).toBe('MATCHED')
    await eventually(() =>
      expect(harness.events.filter(({ aggregateId }) => aggregateId === drawId).map(({ type }) => type)).toEqual(
        ['frozen', 'committed', 'failed'].map((past) => `cn.dualrandom.drawing.draw.${past}.v1`),
      ),
    )
  })

  it('ACC-07 stands in the trail of the draw on the word of the superior’s key', async () => {
    const { harness } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.beacon.fault = 'down'
    harness.moveTo(addMs(roundAt, week))
    await units.fail(drawId, 'beacon-lost')
    const { steps } = JSON.parse(await harness.text(`/v1/draws/${drawId}/history`, ['AUDITOR'])) as {
      readonly steps: readonly { readonly what: string; readonly after: string; readonly by: object }[]
    }
    expect(steps.at(-1)).toMatchObject({ what: 'failed', after: 'FAILED', by: { subject: superior.keyId, unitId: superiorUnit } })
  })

  it('DRW-32 draws a round however late, as long as nobody said that it is lost, and has then nothing to lose', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.beacon.fault = 'down'
    harness.moveTo(addMs(roundAt, 2 * week))
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'beacon-unavailable'])
    harness.beacon.fault = 'none'
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    for (const reason of ['beacon-lost', 'key-lost', 'data-lost'])
      expect(await units.refused(units.fail(drawId, reason))).toEqual([409, 'failed-too-late'])
  })

  it('DRW-31 is lost with its key after the labels are drawn and before the teams are, and keeps its transcript public', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    await harness.restart({
      deps: broken(({ logs }) => ({
        logs: {
          ...logs,
          append: (region, request) => {
            if (request.kind === 'match') throw new Error('the files are gone')
            return logs.append(region, request)
          },
        },
      })),
    })
    harness.moveTo(roundAt)
    expect((await organiser.run(drawId)).status).toBe(500)
    harness.moveTo(addMs(roundAt, week))
    expect(await organiser.read(drawId)).toMatchObject({ status: 'DRAWN' })
    expect(await units.refused(units.fail(drawId, 'beacon-lost'))).toEqual([409, 'failed-too-late'])
    expect((await units.fail(drawId, 'key-lost')).status).toBe(201)
    const { status, transcript } = await organiser.read(drawId)
    expect([status, transcript?.drawn]).toEqual(['FAILED', 5])
    expect(JSON.parse(await harness.text(`/v1/public/draws/${drawId}/transcript`, []))).toMatchObject({ transcript: { drawId } })
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment', 'transcript', 'failed'])
  })

  it('DRW-31 fails for a void of which its witnesses do not settle whether it was in time', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const { drawId } = done(await organiser.freeze(line))
    const roundAt = done(await organiser.commit(drawId)).commitment?.roundAt as Instant
    // Two of the four hold it in time, and two when the round is out: a quorum of three neither.
    harness.witnesses.beforeCosign = async (kind, witnessId) => {
      if (kind === 'void' && (witnessId === 'w3' || witnessId === 'w4')) throw new Error('cut off')
    }
    expect(refusal(await organiser.cancel(drawId, { reason: '名单有误' }))).toEqual([503, 'witnesses-unavailable'])
    harness.witnesses.beforeCosign = undefined
    harness.moveTo(roundAt)
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'void-undecided'])

    const from = addMs(roundAt, week)
    harness.moveTo(addMs(from, -1))
    expect(await units.refused(units.fail(drawId, 'void-undecided'))).toEqual([409, 'failed-too-early'])
    harness.moveTo(from)
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'void-undecided'])
    expect((await units.fail(drawId, 'void-undecided')).status).toBe(201)
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment', 'void', 'failed'])
    const failed = { reason: 'void-undecided', unitId: superiorUnit, at: from }
    expect(await organiser.read(drawId)).toMatchObject({ status: 'FAILED', failed })
    // Its witnesses hold that too, and its line is free for an attempt that the superior approves.
    await eventually(async () => {
      await harness.service().runSweep('witness-logs')
      const last = (await harness.text(`/v1/public/region-logs/${regionCode}/checkpoints`, [])).trimEnd().split('\n').at(-1) ?? ''
      expect((JSON.parse(last) as { readonly cosignatures: readonly object[] }).cosignatures).toHaveLength(4)
    })
    expect(refusal(await organiser.freeze(line, { attempt: 2 }))).toEqual([409, 'attempt-not-approved'])
  })

  it('DRW-31 does not fail for a void where it has none', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.beacon.fault = 'down'
    harness.moveTo(addMs(roundAt, week))
    expect(await units.refused(units.fail(drawId, 'void-undecided'))).toEqual([409, 'failed-without-void'])
    harness.beacon.fault = 'none'
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('DRW-31 is failed once the log says so, though drawing died before it had noted it', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.beacon.fault = 'down'
    harness.moveTo(addMs(roundAt, week))
    const dies: AppDeps['draws']['update'] = () => {
      throw new Error('killed')
    }
    await harness.restart({ deps: broken(({ draws }) => ({ draws: { ...draws, update: dies } })) })
    expect((await units.fail(drawId, 'data-lost')).status).toBe(500)
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment', 'failed'])
    harness.beacon.fault = 'none'
    await harness.restart({ deps: harness.witnesses.faulty })
    await eventually(async () => expect((await organiser.read(drawId)).status).toBe('FAILED'), { timeoutMs: 60_000 })
    expect((await organiser.read(drawId)).failed).toMatchObject({ reason: 'data-lost' })
  })
})
