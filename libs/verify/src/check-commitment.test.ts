import { quicknet } from '@dual-random/beacon/verify'
import type { Commitment, CommittedBeacon, DrawSubject } from '@dual-random/draw'
import { addMs } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { demoBundle, hashNamed } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import { checkCommitment } from './check-commitment.ts'

const hash = hashNamed('sha256')
const { commitment: self } = readDraw(demoBundle())
const { commitment: regional } = readDraw(demoBundle({ demo: false, witnessed: true }))
const judged = (change: Partial<Commitment>, of = self, isDemo = of === self) => told(checkCommitment(hash, { ...of, ...change }, isDemo))
const snapshot = (change: Partial<Commitment['snapshot']>) => judged({ snapshot: { ...self.snapshot, ...change } })
const [beacon] = self.beacons as [CommittedBeacon]
const [one, two, three] = regional.beacons as [CommittedBeacon, CommittedBeacon, CommittedBeacon]
const elsewhere = '0'.repeat(64)

describe('what a commitment says of itself', () => {
  it('DRW-31 holds of honest ones', () => {
    expect(judged({})).toEqual([])
    expect(judged({}, regional)).toEqual([])
  })

  it('DRW-31 has the drawId of its parts, and a snapshot of this draw', () => {
    expect(judged({ attempt: 2 })).toEqual(['/drawId: differs'])
    expect(judged({ batch: 2 })).toEqual(['/drawId: differs'])
    for (const [name, value] of [
      ['hash', 'sm3'],
      ['regionCode', '230400'],
      ['drawId', elsewhere],
    ] as const)
      expect(snapshot({ [name]: value })).toEqual([`/snapshot/${name}: differs`])
    expect(snapshot({ labelsOf: elsewhere })).toEqual(['/snapshot/labelsOf: differs'])
    expect(snapshot({ asOf: self.committedAt })).toEqual(['/snapshot/asOf: snapshot-not-before-commitment'])
    expect(snapshot({ asOf: addMs(self.committedAt, -1) })).toEqual([])
  })

  it('DRW-25 names clues in their order, one at least', () => {
    const { commitment } = readDraw(demoBundle({ onClues: true }))
    const clues = (clueIds: readonly string[]) => judged({ subject: { ...commitment.subject, clueIds } as DrawSubject }, commitment, true)
    expect(clues(['clue-1', 'clue-2'])).toEqual([])
    expect(clues([])).toEqual(['/subject/clueIds: no-clue'])
    expect(clues(['clue-2', 'clue-1'])).toEqual(['/subject/clueIds/1: out-of-order'])
  })

  it('DRW-32 waits as long as reveal window and two margins', () => {
    const { revealWindowSeconds, marginSeconds } = self
    const least = revealWindowSeconds + 2 * marginSeconds
    const waits = (delaySeconds: number) => judged({ delaySeconds }).filter((fault) => fault.startsWith('/delay'))
    expect([waits(least), waits(least - 1)]).toEqual([[], ['/delaySeconds: delay-too-short']])
    expect(judged({ revealWindowSeconds: self.delaySeconds - 2 * marginSeconds + 1 })).toEqual(['/delaySeconds: delay-too-short'])
  })

  it('DRW-31 has units in their order, each once', () => {
    const [input] = self.matchInputs as [Commitment['matchInputs'][number]]
    const tip = { unitId: 'b', tip: elsewhere }
    expect(judged({ matchInputs: [{ ...input, unitId: 'a' }, input] })).toEqual([])
    expect(judged({ matchInputs: [input, { ...input, unitId: 'a' }] })).toEqual(['/matchInputs/1: out-of-order'])
    expect(judged({ tips: [tip, tip] })).toEqual(['/tips/1: out-of-order'])
    expect(judged({ tips: [{ ...tip, unitId: 'a' }, tip] })).toEqual([])
  })
})

describe('the numbers of a commitment', () => {
  const { strata, batchSizes } = self
  const total = strata.reduce((sum, { n }) => sum + n, 0)
  const changed = (index: number, change: Partial<Commitment['strata'][number]>) => ({
    strata: strata.map((stratum, at) => (at === index ? { ...stratum, ...change } : stratum)),
  })

  it('DRW-20 counts every exclusion under a ground, grounds in order', () => {
    const { counts, privateFileDigest } = self.snapshot.exclusions
    const excluded = counts.reduce((sum, { count }) => sum + count, 0)
    const grounds = (given: typeof counts) => snapshot({ exclusions: { counts: given, privateFileDigest } })
    const place = '/snapshot/exclusions/counts'
    expect(grounds([{ ground: 'A', count: excluded }])).toEqual([])
    expect(grounds([{ ground: 'A', count: excluded - 1 }])).toEqual([`${place}: differs`])
    const [first, second] = [
      { ground: 'A', count: 1 },
      { ground: 'B', count: excluded - 1 },
    ]
    expect(grounds([first, second])).toEqual([])
    expect(grounds([second, first])).toEqual([`${place}/1: out-of-order`])
  })

  it('DRW-21 has the strata of the snapshot, each with the number of its rule', () => {
    expect(judged({ strata: strata.slice(1), batchSizes: [total - (strata[0]?.n ?? 0)] })).toEqual(['/strata: differs'])
    for (const index of strata.keys()) {
      const stratum = strata[index] as Commitment['strata'][number]
      expect(judged(changed(index, { mapped: stratum.mapped + 100 }))).toContain('/strata: differs')
      expect(judged({ ...changed(index, { n: stratum.n + 1 }), batchSizes: [total + 1] })).toEqual([`/strata/${index}/n: differs`])
      const raw = { numerator: stratum.raw.numerator, denominator: stratum.raw.denominator + 1 }
      expect(judged(changed(index, { raw }))).toEqual([`/strata/${index}/raw: differs`])
    }
    const beyond = {
      kind: 'ratio',
      ratio: { numerator: 2 ** 53 - 1, denominator: 1 },
      batchShare: { numerator: 1, denominator: 1 },
      base: 'mapped',
      rounding: 'up',
    } as const
    expect(judged(changed(0, { rule: beyond }))).toEqual(['/strata/0/raw: number-too-large', '/strata/0/n: differs'])
  })

  it('DRW-16 cuts all of them into batches', () => {
    expect(judged({ batchSizes: [total] })).toEqual([])
    expect(judged({ batchSizes: [...batchSizes, 1] })).toEqual(['/batchSizes: differs'])
  })
})

describe('the numbers of a redraw', () => {
  const subject = {
    kind: 'redraw',
    parentDrawId: elsewhere,
    purpose: 'escalation',
    labels: [],
    after: [{ drawId: elsewhere, transcript: elsewhere }],
    approval: { approvedAt: self.committedAt, unitId: 'u', reasons: [{ reason: 'findings', count: 1 }] },
  } as const
  const counted = (counts: readonly number[]): Partial<Commitment> => ({
    subject,
    strata: self.strata.map((stratum, index) => {
      const count = counts[index] ?? 0
      return { ...stratum, rule: { kind: 'count', count }, raw: { numerator: count, denominator: 1 }, n: count }
    }),
    snapshot: { ...self.snapshot, labelsOf: elsewhere },
  })
  const ofRedraw = (change: Partial<Commitment>) => judged(change).filter((fault) => !fault.startsWith('/drawId'))

  it('DRW-30 are counts, more than none, in one batch', () => {
    expect(ofRedraw({ ...counted([1]), batchSizes: [1] })).toEqual([])
    expect(ofRedraw({ ...counted([0]), batchSizes: [0] })).toEqual(['/strata: nothing-to-draw'])
    expect(ofRedraw({ ...counted([2]), batchSizes: [1, 1] })).toEqual(['/batchSizes: differs'])
    expect(ofRedraw({ subject, snapshot: { ...self.snapshot, labelsOf: elsewhere }, batchSizes: [7] })).toContain(
      '/strata/0/rule/kind: differs',
    )
  })

  it('DRW-30 stand beside the parent’s labels and a subject in order', () => {
    expect(ofRedraw({ ...counted([1]), batchSizes: [1], snapshot: self.snapshot })).toEqual(['/snapshot/labelsOf: differs'])
    expect(ofRedraw({ ...counted([1]), batchSizes: [1], subject: { ...subject, after: [] } })).toEqual([
      '/subject/after: parent-not-among-them',
    ])
  })
})

describe('the beacons of a commitment', () => {
  const beacons = (list: Commitment['beacons'], of = regional, isDemo = false) =>
    judged({ beacons: list }, of, isDemo).filter((fault) => fault.startsWith('/beacons'))

  it('DRW-32 are one at least, in the order of their sources', () => {
    expect(beacons([])).toContain('/beacons: no-beacon')
    expect(beacons([two, one])).toContain('/beacons/1: out-of-order')
  })

  it('DRW-32 have the first round that is due when the delay is over', () => {
    const due = self.committedAt
    const genesis = Date.parse(due) / 1000 + self.delaySeconds
    const round = (genesisTime: number, number: number, periodSeconds = 30) =>
      beacons([{ ...beacon, genesisTime, periodSeconds, round: number }], self, true)
    const wrong = ['/beacons/0/round: differs']
    for (const [genesisTime, number] of [
      [genesis, 1],
      [genesis + 1, 1],
      [genesis + 1000, 1],
      [genesis - 1, 2],
      [genesis - 30, 2],
      [genesis - 31, 3],
    ] as const)
      expect([number - 1, number, number + 1].map((tried) => round(genesisTime, tried))).toEqual([wrong, [], wrong])
    // A commitment between two seconds waits for the round after it.
    const late = { committedAt: addMs(due, 1), beacons: [{ ...beacon, genesisTime: genesis, periodSeconds: 30, round: 2 }] }
    expect(judged(late)).toEqual([])
  })

  it('DRW-32 are no self beacon outside demonstrations', () => {
    expect(judged({}, self, false)).toEqual(['/beacons/0/kind: self-beacon-outside-demonstration'])
    expect(judged({}, regional, true)).toEqual([])
  })

  it('DRW-32 are of other regions, two at least where there are no others, each with a key of its own', () => {
    const own = { ...one, source: `region/${regional.regionCode}` }
    expect(beacons([own, two])).toContain('/beacons/0/source: beacon-of-no-other-region')
    expect(beacons([{ ...one, source: 'region/nowhere' }, two])).toContain('/beacons/0/source: beacon-of-no-other-region')
    expect(beacons([one, { ...two, publicKey: one.publicKey }, three])).toEqual(['/beacons/1/publicKey: beacon-key-twice'])
    expect(beacons([one])).toEqual(['/beacons: too-few-regions'])
  })

  it('DRW-32 are of three other regions where no unit outside the organiser gives a tip, two where one does', () => {
    const without = (of: readonly CommittedBeacon[], assurance: Commitment['assurance'], tips: Commitment['tips'] = []) =>
      judged({ beacons: of, tips, assurance })
    expect(without([one, two, three], 'federated')).toEqual([])
    expect(without([one, two], 'public')).toEqual(['/beacons: too-few-regions'])
    const own = { unitId: regional.organiserUnitId, tip: 'a'.repeat(64) }
    expect(without([one, two], 'public', [own])).toEqual(['/beacons: too-few-regions'])
    expect(without([one, two], 'federated', [{ ...own, unitId: 'superior' }])).toEqual([])
  })

  it('DRW-32 may be one region’s beside another kind’s, even with the same key', () => {
    const drand = {
      ...quicknet,
      kind: 'drand',
      round:
        Math.ceil((Date.parse(regional.committedAt) / 1000 + regional.delaySeconds - quicknet.genesisTime) / quicknet.periodSeconds) + 1,
    } as const
    const { source, kind, scheme, publicKey, genesisTime, periodSeconds, round } = drand
    const quick: CommittedBeacon = { source, kind, scheme, publicKey, genesisTime, periodSeconds, round }
    expect(beacons([quick, one])).toEqual([])
    expect(beacons([quick])).toEqual([])
    expect(beacons([quick, { ...one, publicKey: quick.publicKey }])).toEqual([])
    for (const [name, value] of [
      ['source', 'drand/other'],
      ['publicKey', one.publicKey],
      ['genesisTime', quick.genesisTime - quick.periodSeconds],
      ['periodSeconds', quick.periodSeconds + 1],
    ] as const)
      expect(beacons([{ ...quick, [name]: value }, one])).toContain(`/beacons/0/${name}: differs`)
  })

  it('DRW-32 have the assurance that they give', () => {
    expect(judged({ assurance: 'public' })).toEqual(['/assurance: differs'])
  })
})
