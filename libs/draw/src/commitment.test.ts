import { describe, expect, it } from 'vitest'
import { commitmentInput } from '../tests/bundle.ts'
import { sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { buildCommitment, type CommitmentInput, type CommittedBeacon, commitmentDigest, roundOf } from './commitment.ts'
import { type DrawSubject, deriveDrawId } from './identity.ts'
import { evenBatches } from './quota.ts'

const good = { ...commitmentInput(bundleVectors[0]), batchSizes: (total: number) => evenBatches(total, 2) }
const build = (change: Partial<CommitmentInput>) => buildCommitment(sha256Hash, { ...good, ...change })
const beacon = good.beacons[0] as CommittedBeacon

const forSubject = (subject: DrawSubject): Partial<CommitmentInput> => {
  const drawId = deriveDrawId(sha256Hash, { ...good, subject })
  return { subject, snapshot: { ...good.snapshot, drawId } }
}

describe('the commitment', () => {
  it('DRW-31 does not depend on the order of its lists', () => {
    const beacons = [beacon, { ...beacon, source: 'region/230900', kind: 'region' as const }]
    const tips = [...good.tips, { unitId: 'a-unit', tip: good.policyDigest }]
    const one = build({ beacons, tips })
    const two = build({ beacons: beacons.toReversed(), tips: tips.toReversed(), matchInputs: good.matchInputs.toReversed() })
    expect(one.ok && two.ok && commitmentDigest(sha256Hash, one.value) === commitmentDigest(sha256Hash, two.value)).toBe(true)
  })

  it('DRW-31 lets nothing of the input slip in that the format does not name', () => {
    const plain = build({})
    const extra = buildCommitment(sha256Hash, { ...good, unknown: 1 } as CommitmentInput)
    expect(extra).toEqual(plain)
  })

  it('DRW-31 refuses a snapshot of another draw, batch or attempt', () => {
    expect(build({ attempt: 2 })).toMatchObject({ ok: false, error: { code: 'other-draw' } })
    expect(build({ batch: 2 })).toMatchObject({ ok: false, error: { code: 'other-draw' } })
    expect(build({ regionCode: '230400' })).toMatchObject({ ok: false, error: { code: 'other-draw' } })
    expect(build({ snapshot: { ...good.snapshot, hash: 'sm3' } })).toMatchObject({ ok: false, error: { code: 'other-hash' } })
  })

  it('DRW-21 refuses a stratum without a rule', () => {
    const { A, B } = good.rules
    expect(build({ rules: { A, B } as CommitmentInput['rules'] })).toEqual({
      ok: false,
      error: { code: 'no-rule-for-stratum', stratum: '丙' },
    })
  })

  it('DRW-21 refuses a rule whose exact number has no place in the file, and names the stratum', () => {
    const largest = Number.MAX_SAFE_INTEGER
    const share = (denominator: number) => ({
      kind: 'ratio' as const,
      ratio: { numerator: 1, denominator: largest },
      batchShare: { numerator: 1, denominator },
      base: 'mapped' as const,
      rounding: 'up' as const,
    })
    expect(build({ rules: { ...good.rules, B: share(largest) } })).toEqual({ ok: false, error: { code: 'number-too-large', stratum: 'B' } })
    expect(build({ rules: { ...good.rules, B: share(1) } }).ok).toBe(true)
  })

  it('DRW-21 commits a plan line whose rules draw nobody: the sandbox may hold all', () => {
    const rules = Object.fromEntries(good.snapshot.strata.map(({ stratum }) => [stratum, { kind: 'count' as const, count: 0 }]))
    expect(build({ rules })).toMatchObject({ ok: true, value: { batchSizes: [0, 0] } })
  })

  it('DRW-16 refuses batches that do not add up to the number drawn', () => {
    expect(build({ batchSizes: () => [4, 4] })).toEqual({ ok: false, error: { code: 'batch-sizes', total: 7, sum: 8 } })
  })

  it('DRW-32 refuses a draw without a beacon, and a delay shorter than reveal window and two margins', () => {
    expect(build({ beacons: [] })).toMatchObject({ ok: false, error: { code: 'no-beacon' } })
    expect(build({ delaySeconds: 1799 })).toEqual({ ok: false, error: { code: 'delay-too-short', atLeastSeconds: 1800 } })
    expect(build({ delaySeconds: 1800 }).ok).toBe(true)
  })

  it('DRW-32 names the assurance: one self source makes a demonstration of it, a secret of the organiser itself adds nothing', () => {
    const drand = { ...beacon, kind: 'drand' as const }
    const assurance = (change: Partial<CommitmentInput>) => {
      const built = build(change)
      return built.ok && built.value.assurance
    }
    expect(assurance({ beacons: [drand], tips: [] })).toBe('public')
    expect(assurance({ beacons: [drand] })).toBe('federated')
    const tip = 'ab'.repeat(32)
    const [own, outside] = [
      { unitId: 'u-1', tip },
      { unitId: 'u-2', tip },
    ]
    expect(assurance({ beacons: [drand], organiserUnitId: 'u-1', tips: [own] })).toBe('public')
    expect(assurance({ beacons: [drand], organiserUnitId: 'u-1', tips: [own, outside] })).toBe('federated')
    expect(assurance({ beacons: [drand, { ...beacon, source: 'self/x' }] })).toBe('self')
    const regions = ['230400', '230500', '230900'].map((code) => ({ ...beacon, kind: 'region' as const, source: `region/${code}` }))
    expect(assurance({ beacons: regions.slice(1), tips: [] })).toBe('public')
    expect(assurance({ beacons: regions, tips: [] })).toBe('federated')
    expect(assurance({ beacons: [...regions.slice(1), drand], tips: [] })).toBe('public')
    expect(assurance({ beacons: [...regions, { ...beacon, source: 'self/x' }], tips: [] })).toBe('self')
    const numbers = { source: 'numbers/x', kind: 'public-numbers' as const, definition: tip, notBefore: good.committedAt }
    expect(assurance({ beacons: [numbers], tips: [] })).toBe('public')
    expect(assurance({ beacons: [numbers, ...regions.slice(1)], tips: [] })).toBe('public')
    expect(assurance({ beacons: [numbers] })).toBe('federated')
    expect(assurance({ beacons: [numbers, beacon], tips: [] })).toBe('self')
  })

  it('DRW-32 names public numbers by definition and earliest instant, which have no round, and a beacon by all that tells its round', () => {
    const numbers = { source: 'numbers/x', kind: 'public-numbers' as const, definition: 'ab'.repeat(32), notBefore: good.committedAt }
    const built = build({ beacons: [{ ...beacon, more: 1 } as CommittedBeacon, { ...numbers, more: 1 } as typeof numbers] })
    if (!built.ok) throw new Error(built.error.code)
    expect(built.value.beacons).toStrictEqual([numbers, beacon])
    expect(built.value.beacons.map(roundOf)).toEqual([0, beacon.round])
    expect(beacon.round).toBeGreaterThan(0)
  })

  it('DRW-25 types a draw on clues as such and names them; without a clue it is refused', () => {
    const clues = build(forSubject({ kind: 'clue-task', taskId: 'task-1', clueIds: ['clue-2', 'clue-1'] }))
    expect(clues.ok && clues.value.subject).toEqual({ kind: 'clue-task', taskId: 'task-1', clueIds: ['clue-1', 'clue-2'] })
    expect(build(forSubject({ kind: 'clue-task', taskId: 'task-1', clueIds: [] }))).toMatchObject({ ok: false, error: { code: 'no-clue' } })
  })
})
