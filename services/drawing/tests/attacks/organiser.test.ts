import { ed25519Key } from '@dual-random/beacon'
import type { CommittedBeacon } from '@dual-random/draw'
import { addMs, type Instant } from '@dual-random/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppDeps } from '../../src/app/ports.ts'
import { type Attacked, deadlineBefore, lastVoidBefore, startAttacked } from '../support/attacked.ts'
import { BeaconPeer } from '../support/beacon-peer.ts'
import { bureau, logSeed, regionCode } from '../support/harness.ts'
import { insiderOf } from '../support/insider.ts'
import { outsideUnits, superiorUnit } from '../support/outside-units.ts'
import { done, refusal } from '../support/steps.ts'

/** What an organiser may try by drawing's own commands, and by standing between its parts (docs/draw-protocol.md §21). */
describe('an organiser that wants another result', () => {
  let attacked: Attacked
  beforeEach(async () => {
    attacked = await startAttacked()
  })
  afterEach(() => attacked.harness.dispose())

  it('attack: a commitment after the round. An S that was held back enters no log later than a margin before its round', async () => {
    const { harness, organiser } = attacked
    const drawId = await attacked.frozen()
    const heldBack = (real: AppDeps): AppDeps => {
      const deps = harness.witnesses.faulty(real)
      const append: AppDeps['logs']['append'] = (region, request) => {
        if (request.kind === 'commitment') throw new Error('held back')
        return deps.logs.append(region, request)
      }
      return { ...deps, logs: { ...deps.logs, append } }
    }
    await harness.restart({ deps: heldBack })
    expect((await organiser.commit(drawId)).status).toBe(500)
    await harness.restart({ deps: harness.witnesses.faulty })
    // S was made at 01:10 for the round of 01:30.
    harness.moveTo('2026-03-02T01:20:00.001Z')
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'commit-too-late'])
    harness.moveTo('2026-03-02T01:30:00.001Z')
    const { commitment } = done(await organiser.commit(drawId))
    expect(commitment).toMatchObject({ committedAt: '2026-03-02T01:30:00.000Z', roundAt: '2026-03-02T01:50:00.000Z' })
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment'])
  })

  it('attack: a commitment after the round. An S that too few witnesses held in time is void by rule, whatever the beacon says', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const { drawId } = done(await organiser.freeze(line))
    // Drawing asks for a quorum first; it is lost between that answer and the entry.
    harness.witnesses.beforeCosign = async (kind) => {
      if (kind === 'commitment') throw new Error('cut off')
    }
    const { commitment } = done(await organiser.commit(drawId))
    harness.witnesses.beforeCosign = undefined
    harness.moveTo(commitment?.roundAt ?? '')
    const run = done(await organiser.run(drawId))
    expect([run.status, run.voided]).toEqual(['VOID', { reason: 'not-witnessed' }])
    expect(await attacked.voidInLog(drawId)).toMatchObject({ reason: 'not-witnessed' })
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment', 'void'])
    // Nobody but the witnesses knows when it ended, so that the superior answers for another one.
    expect(refusal(await organiser.freeze(line, { attempt: 2 }))).toEqual([409, 'attempt-not-approved'])
    expect((await outsideUnits(harness).approve(attacked.idOf(line, 2))).status).toBe(201)
    const next = done(await organiser.freeze(line, { attempt: 2 }))
    const { commitment: second } = done(await organiser.commit(next.drawId))
    harness.moveTo(second?.roundAt ?? '')
    expect(done(await organiser.run(next.drawId)).status).toBe('MATCHED')
  })

  it('attack: a chosen round. No command takes a round, and S names the first one after its delay', async () => {
    const { harness, organiser } = attacked
    const drawId = await attacked.frozen()
    for (const wish of [{ round: 7 }, { beacons: [{ source: 'self/230300', round: 7 }] }, { committedAt: '2026-03-02T05:00:00.000Z' }])
      expect(refusal(await organiser.commit(drawId, wish))).toEqual([400, 'invalid-request'])
    done(await organiser.commit(drawId))
    const { committedAt, delaySeconds, beacons } = await insiderOf(harness).commitmentOf(drawId)
    const from = Date.parse(committedAt) / 1000 + delaySeconds
    const [{ genesisTime, periodSeconds, round }] = beacons as readonly [CommittedBeacon]
    const timeOf = (number: number): number => genesisTime + (number - 1) * periodSeconds
    expect([timeOf(round) >= from, timeOf(round - 1) < from]).toEqual([true, true])
  })

  it('attack: a changed roster after the freeze. Drawing takes no roster but the one that registry signed', async () => {
    const { harness, organiser } = attacked
    const drawId = await attacked.frozen()
    harness.registry.tamper = (roster) => roster.map((entry, index) => (index === 0 ? { ...entry, excluded: true } : entry))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'roster-differs'])
    harness.registry.tamper = (roster) => roster.map((entry, index) => (index === 0 ? { ...entry, stratum: 'B' } : entry))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'roster-differs'])
    harness.registry.tamper = (roster) => roster
    // A pool that changes after the freeze changes nothing: the roster is as of the freeze.
    harness.registry.objects = harness.registry.objects.slice(5)
    done(await organiser.commit(drawId))
    const roster = await harness.text(`/v1/public/draws/${drawId}/roster`, [])
    expect(roster.trimEnd().split('\n')).toHaveLength(10)
  })

  it('attack: a removed candidate. A roster from which one was left out, or into which one was put, is not the signed one', async () => {
    const { harness, organiser } = attacked
    const drawId = await attacked.frozen()
    harness.registry.tamper = (roster) => roster.slice(1)
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'roster-differs'])
    harness.registry.tamper = (roster) => [...roster, { label: 'f'.repeat(64), stratum: 'A', excluded: false }]
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'roster-differs'])
    expect(await attacked.kinds(drawId)).toEqual(['snapshot'])
  })

  it('attack: a second commitment for one attempt. Every further command answers with the S that stands, also after another freeze', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const { drawId } = done(await organiser.freeze(line))
    const first = done(await organiser.commit(drawId))
    harness.registry.objects = harness.registry.objects.slice(3)
    harness.moveTo(deadlineBefore(first.commitment?.roundAt as never))
    expect(done(await organiser.freeze(line)).commitment).toEqual(first.commitment)
    expect(done(await organiser.commit(drawId)).commitment).toEqual(first.commitment)
    expect(refusal(await organiser.freeze(line, { attempt: 2 }))).toEqual([409, 'attempt-gap'])
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment'])
  })

  it('attack: shopping among attempts. A draw that nobody ended in time is not drawn again, whether or not its result is out', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const { drawId } = done(await organiser.freeze(line))
    const roundAt = done(await organiser.commit(drawId)).commitment?.roundAt ?? ''
    for (const at of [lastVoidBefore(roundAt as Instant, 1), roundAt]) {
      harness.moveTo(at)
      expect(refusal(await organiser.cancel(drawId, { reason: '不满意' }))).toEqual([409, 'void-too-late'])
      expect(refusal(await organiser.freeze(line, { attempt: 2 }))).toEqual([409, 'attempt-gap'])
    }
    // The superior's approval is no way around it.
    expect((await outsideUnits(harness).approve(attacked.idOf(line, 2))).status).toBe(201)
    expect(refusal(await organiser.freeze(line, { attempt: 2 }))).toEqual([409, 'attempt-gap'])
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('attack: another beacon than S names. Drawing takes none in its place, nor a round that the named one did not sign', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.moveTo(roundAt)
    harness.beacon.fault = 'forged'
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'beacon-unavailable'])
    harness.beacon.fault = 'none'
    const other = new BeaconPeer(harness.now, 'self/of-the-organiser')
    const configured = (entry: Readonly<Record<string, unknown>>) => ({ DR_BEACONS: JSON.stringify([entry]) })
    try {
      const entry = await other.start()
      await harness.restart({ deps: harness.witnesses.faulty }, configured(entry))
      expect(refusal(await organiser.run(drawId))).toEqual([503, 'beacon-not-configured'])
      // Another key under the name that S gives.
      await harness.restart({ deps: harness.witnesses.faulty }, configured({ ...entry, source: 'self/230300' }))
      expect(refusal(await organiser.run(drawId))).toEqual([503, 'beacon-configured-otherwise'])
    } finally {
      await other.close()
    }
    await harness.restart({ deps: harness.witnesses.faulty })
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('attack: a draw declared failed before its time. No one gives up a draw whose round is late, neither its organiser ever nor the superior within 7 days', async () => {
    const { harness, organiser } = attacked
    const units = outsideUnits(harness)
    const { drawId, roundAt } = await attacked.committed()
    harness.beacon.fault = 'down'
    const from = addMs(roundAt, 7 * 86_400_000)
    for (const at of [roundAt, addMs(from, -1)]) {
      harness.moveTo(at)
      expect(await units.refused(units.fail(drawId, 'beacon-lost'))).toEqual([409, 'failed-too-early'])
    }
    harness.moveTo(from)
    const own = { keyId: `drawing-${regionCode}`, sign: ed25519Key(logSeed).sign }
    for (const unitId of [superiorUnit, bureau])
      expect(await units.refused(units.fail(drawId, 'beacon-lost', { unitId }, own))).toEqual([409, 'entry-unknown-key'])
    harness.beacon.fault = 'none'
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment', 'transcript', 'match'])
  })

  it('attack: a void after the round. A draw is voided until a margin and a quarter before its round, not after', async () => {
    const { harness, organiser } = attacked
    const early = await attacked.committed()
    harness.moveTo(lastVoidBefore(early.roundAt))
    expect(done(await organiser.cancel(early.drawId, { reason: '信标停用' })).status).toBe('VOID')
    expect(done(await organiser.cancel(early.drawId, { reason: '另一理由' })).voided).toEqual({ reason: '信标停用' })
    const late = await attacked.committed()
    for (const at of [lastVoidBefore(late.roundAt, 1), deadlineBefore(late.roundAt), late.roundAt]) {
      harness.moveTo(at)
      const answer = await organiser.cancel(late.drawId, { reason: '不满意' })
      expect(refusal(answer)).toEqual([409, 'void-too-late'])
      expect(JSON.stringify(answer.body)).toContain(lastVoidBefore(late.roundAt))
    }
    expect(done(await organiser.run(late.drawId)).status).toBe('MATCHED')
    expect(refusal(await organiser.cancel(late.drawId, { reason: '不满意' }))).toEqual([409, 'draw-already-drawn'])
    expect(await attacked.kinds(late.drawId)).toEqual(['snapshot', 'commitment', 'transcript', 'match'])
  })

  it('attack: a void after the round. One that the witnesses saw only after the margin stands in the log and changes nothing', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.witnesses.beforeCosign = async (kind) => {
      if (kind === 'void') throw new Error('cut off')
    }
    expect(refusal(await organiser.cancel(drawId, { reason: '想换一次' }))).toEqual([503, 'witnesses-unavailable'])
    harness.witnesses.beforeCosign = undefined
    harness.moveTo(roundAt)
    expect(refusal(await organiser.cancel(drawId, { reason: '想换一次' }))).toEqual([409, 'void-too-late'])
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment', 'void', 'transcript', 'match'])
    // Anyone can read that it was tried.
    expect(await attacked.voidInLog(drawId)).toMatchObject({ reason: '想换一次' })
  })

  it('attack: a cancelled and twinned plan line. A twin over the same pool is not frozen while the draw is open, and changes nothing of it', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    const twin = attacked.line({ lineDigest: '2'.repeat(64) })
    const answer = await organiser.freeze(twin)
    expect(refusal(answer)).toEqual([409, 'earlier-draw-pending'])
    expect(JSON.stringify(answer.body)).toContain(drawId)
    // A planner that goes past planning's refusal takes the line away; what is committed is drawn.
    harness.planning.lines.clear()
    harness.planning.publish(twin)
    expect(refusal(await organiser.freeze(twin))).toEqual([409, 'earlier-draw-pending'])
    harness.moveTo(roundAt)
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })
})
