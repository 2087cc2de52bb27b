import type { Commitment } from '@dual-random/draw'
import { addMs } from '@dual-random/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Attacked, deadlineBefore, startAttacked } from '../support/attacked.ts'
import { type Insider, insiderOf } from '../support/insider.ts'
import { done, refusal } from '../support/steps.ts'

const all = ['w1', 'w2', 'w3', 'w4'] as const

/** What the region's own party may try past drawing, with drawing's log key in its hand, in front of four witnesses (docs/draw-protocol.md §21). */
describe('an insider with the log key', () => {
  let attacked: Attacked
  let insider: Insider
  beforeEach(async () => {
    attacked = await startAttacked()
    insider = insiderOf(attacked.harness)
  })
  afterEach(() => attacked.harness.dispose())

  /** S for a draw that is frozen and not committed, made by the rules but where the insider wants it otherwise. */
  const forged = async (like: Commitment, drawId: string, change: (s: Commitment) => Partial<Commitment>): Promise<Commitment> => {
    const { planId = '', lineId = '', batch, attempt } = await attacked.organiser.read(drawId)
    const subject = { kind: 'plan-line', planId, lineId } as const
    const s = { ...like, drawId, subject, batch, attempt, ...attacked.harness.registry.snapshotOf(drawId) }
    return { ...s, ...change(s) }
  }
  const shownToAll = async (...given: Parameters<Insider['show']> extends [string, ...infer Rest] ? Rest : never) =>
    Promise.all(all.map((witnessId) => insider.show(witnessId, ...given)))
  const textOf = async (witnessId: string, path: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${attacked.harness.witnesses.service(witnessId).httpPort}${path}`)).text()

  it('attack: a past round. No witness cosigns an S whose round is out, or nearer than the margin', async () => {
    const { harness, organiser } = attacked
    const { drawId: earlier, roundAt } = await attacked.committed()
    harness.moveTo(roundAt)
    done(await organiser.run(earlier))
    const like = await insider.commitmentOf(earlier)
    const drawId = await attacked.frozen()
    const log = await insider.log()
    const on = (round: (known: number) => number): Promise<Commitment> =>
      forged(like, drawId, ({ beacons }) => ({
        beacons: beacons.map((beacon) => ('round' in beacon ? { ...beacon, round: round(beacon.round) } : beacon)),
      }))
    // The round that is out is the one of now; one margin is twenty rounds of 30 s.
    for (const ahead of [-100, 0, 19]) {
      const s = await on((known) => known + ahead)
      expect(await shownToAll(insider.commit(log, s), s)).toEqual(all.map(() => 'witness-round-too-near'))
    }
    const inTime = await on((known) => known + 20)
    expect(await insider.show('w4', insider.commit(log, inTime), inTime)).toBe('cosigned')
  })

  it('attack: a commitment after the round. A witness that is shown S after its deadline does not cosign it, whatever its entry says', async () => {
    const { harness } = attacked
    const { drawId: earlier } = await attacked.committed()
    const like = await insider.commitmentOf(earlier)
    done(await attacked.organiser.cancel(earlier, { reason: '换一次' }))
    const drawId = await attacked.frozen()
    const s = await forged(like, drawId, () => ({}))
    const dated = insider.commit(await insider.log(), s)
    harness.moveTo('2026-03-02T01:20:00.001Z')
    expect(await shownToAll(dated, s)).toEqual(all.map(() => 'witness-round-too-near'))
  })

  it('attack: a draw declared failed before its time. No witness cosigns a failure within 7 days of the last round, though the superior signed it', async () => {
    const { harness } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.beacon.fault = 'down'
    const failed = insider.fail(await insider.log(), drawId)
    const s = await insider.commitmentOf(drawId)
    for (const at of [roundAt, addMs(roundAt, 7 * 86_400_000 - 1)]) {
      harness.moveTo(at)
      expect(await shownToAll(failed, s)).toEqual(all.map(() => 'witness-failed-too-early'))
    }
    harness.moveTo(addMs(roundAt, 7 * 86_400_000))
    expect(await insider.show('w4', failed, s)).toBe('cosigned')
  })

  it('attack: a second commitment for one attempt. No witness cosigns another S, though drawing’s key signed it', async () => {
    const { drawId } = await attacked.committed()
    const second: Commitment = { ...(await insider.commitmentOf(drawId)), publicOpening: 'full' }
    expect(await shownToAll(insider.commit(await insider.log(), second), second)).toEqual(all.map(() => 'witness-second-entry'))
  })

  it('attack: shopping among attempts. A void that comes when the result is out opens no other attempt without the superior', async () => {
    const { harness } = attacked
    const { drawId, roundAt } = await attacked.committed()
    const held = await insider.log()
    const like = await insider.commitmentOf(drawId)
    const { planId = '', lineId = '' } = await attacked.organiser.read(drawId)
    const second = attacked.idOf({ planId, lineId }, 2)
    const snapshot = { ...like.snapshot, drawId: second }
    const s: Commitment = {
      ...like,
      attempt: 2,
      drawId: second,
      snapshot,
      beacons: like.beacons.map((beacon) => ('round' in beacon ? { ...beacon, round: beacon.round + 100 } : beacon)),
    }
    const again = (log: typeof held): typeof held => insider.commit(insider.freeze(log, snapshot), s)
    const voided = insider.void(held, drawId)
    // One witness is shown the void in time, as an honest organiser would.
    harness.moveTo(deadlineBefore(roundAt))
    expect(await insider.show('w4', voided, like)).toBe('cosigned')
    harness.moveTo(roundAt)
    for (const log of [held, voided])
      expect(await Promise.all(['w1', 'w2', 'w3'].map((witnessId) => insider.show(witnessId, again(log), s, like)))).toEqual(
        Array.from({ length: 3 }, () => 'witness-not-approved'),
      )
    expect(await insider.show('w4', again(voided), s, like)).toBe('cosigned')
    expect(await insider.show('w1', again(insider.approve(voided, second)), s, like)).toBe('cosigned')
  })

  it('attack: a removed candidate. No witness cosigns an S over another snapshot than the one that registry entered', async () => {
    const { drawId: earlier } = await attacked.committed()
    const like = await insider.commitmentOf(earlier)
    done(await attacked.organiser.cancel(earlier, { reason: '换一次' }))
    const drawId = await attacked.frozen()
    const smaller = await forged(like, drawId, ({ snapshot }) => ({ snapshot: { ...snapshot, root: '0'.repeat(64) } }))
    expect(await shownToAll(insider.commit(await insider.log(), smaller), smaller)).toEqual(all.map(() => 'witness-wrong-commitment'))
  })

  it('attack: a fork of the region log shown to two witness groups. Neither S has a quorum, and the comparison makes it a public incident', async () => {
    const { harness, organiser } = attacked
    const drawId = await attacked.frozen()
    const frozen = await insider.log()
    harness.witnesses.beforeCosign = async (kind, witnessId) => {
      if (kind === 'commitment' && (witnessId === 'w3' || witnessId === 'w4')) throw new Error('not shown')
    }
    const { commitment } = done(await organiser.commit(drawId))
    harness.witnesses.beforeCosign = undefined
    const s = await insider.commitmentOf(drawId)
    const other: Commitment = { ...s, publicOpening: 'full' }
    const fork = insider.commit(frozen, other)
    expect(await Promise.all([insider.show('w3', fork, other), insider.show('w4', fork, other)])).toEqual(['cosigned', 'cosigned'])
    // Those who were shown drawing's log take no other, and publish it at once.
    expect(await insider.show('w1', fork, other)).toBe('witness-fork')
    await harness.witnesses.service('w2').compareNow()
    await harness.witnesses.service('w3').compareNow()
    for (const witnessId of ['w1', 'w3'] as const) {
      const [incident = ''] = (await textOf(witnessId, '/v1/incidents/230300')).split('\n')
      const { type, evidence } = JSON.parse(incident) as {
        readonly type: string
        readonly evidence: Record<'ours' | 'theirs', { readonly checkpoint: { readonly checkpoint: { readonly head: string } } }>
      }
      expect(type).toBe('fork')
      const heads = [evidence.ours, evidence.theirs].map(({ checkpoint }) => checkpoint.checkpoint.head)
      expect(heads).toContain(fork.at(-1)?.head)
      expect(new Set(heads).size).toBe(2)
    }
    // No draw comes of either.
    harness.moveTo(commitment?.roundAt ?? '')
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'witnesses-unavailable'])
    expect(await attacked.kinds(drawId)).toEqual(['snapshot', 'commitment'])
  })
})
