import type { Commitment, PulseOutput, Transcript } from '@dual-random/draw'
import { utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type DemoFiles, demoBundle, hashNamed } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import { checkDraw, checkRosterOrder, checkSnapshot } from './check-draw.ts'
import { checkOwnOpening, checkPublicOpenings, drawnElements, openedElement } from './check-openings.ts'

const hash = hashNamed('sha256')
const elsewhere = '0'.repeat(64)
const drawOf = (files: DemoFiles) => ({ ...readDraw(files), files })
const plain = drawOf(demoBundle({ withReveal: true }))
const full = drawOf(demoBundle({ publicOpening: 'full' }))
const { transcript, commitment, roster } = plain

describe('a roster', () => {
  it('DRW-31 has its labels ascending, each once', () => {
    const [one, two, ...others] = roster as [(typeof roster)[number], (typeof roster)[number]]
    expect(told(checkRosterOrder(roster))).toEqual([])
    expect(told(checkRosterOrder([two, one, ...others]))).toEqual(['line 2 /label: out-of-order'])
    expect(told(checkRosterOrder([one, one, two, ...others]))).toEqual(['line 2 /label: out-of-order'])
  })

  it('DRW-31 has the sizes, root and digest that registry signed', () => {
    const bytes = utf8(plain.files.roster)
    const judged = (entries = roster, file = bytes, s = commitment) => told(checkSnapshot(hash, s, entries, file))
    expect(judged()).toEqual([])
    expect(judged(roster, utf8(''))).toEqual(['/snapshot/rosterDigest: differs'])
    expect(judged(roster.slice(1))).toEqual(['/snapshot/strata: differs', '/snapshot/root: differs'])
    expect(judged(roster.map((one) => ({ ...one, excluded: false })))).toEqual(['/snapshot/strata: differs'])
    for (const name of ['root', 'rosterDigest'] as const)
      expect(judged(roster, bytes, { ...commitment, snapshot: { ...commitment.snapshot, [name]: elsewhere } })).toEqual([
        `/snapshot/${name}: differs`,
      ])
  })
})

describe('the draw again', () => {
  const hashes = { hash, sha256: hash }
  const judged = (change: Partial<Transcript>, s = commitment, of = plain) =>
    told(checkDraw(hashes, { ...of.transcript, ...change }, s, of.roster, of.transcript.commitment))
  const place = '/transcript'
  type Stratum = Transcript['strata'][number]
  const stratum = (index: number, change: (one: Stratum) => Partial<Stratum>) => ({
    strata: transcript.strata.map((one, at) => (at === index ? { ...one, ...change(one) } : one)),
  })

  it('DRW-31 gives what the transcript says', () => {
    expect(judged({})).toEqual([])
    expect(judged({}, full.commitment, full)).toEqual([])
  })

  it('DRW-31 is of this S and of its parts', () => {
    for (const [name, value] of [
      ['hash', 'sm3'],
      ['regionCode', '230400'],
      ['drawId', elsewhere],
    ] as const)
      expect(judged({ [name]: value })).toEqual([`${place}/${name}: differs`])
    expect(judged({ commitment: elsewhere })).toEqual([`${place}/commitment: differs`])
  })

  it('DRW-32 rests on the rounds of S, each with the randomness of its signature', () => {
    const [beacon] = transcript.beacons as [PulseOutput]
    const of = (change: object) => judged({ beacons: [{ ...beacon, ...change }] })
    expect(of({ round: beacon.round + 1 })).toContain(`${place}/beacons: differs`)
    expect(of({ source: 'self/other' })).toContain(`${place}/beacons: differs`)
    expect(of({ randomness: elsewhere })).toEqual([`${place}/beacons/0/randomness: differs`, `${place}/seed: differs`])
    expect(of({ signature: '00' })).toEqual([`${place}/beacons/0/randomness: differs`])
  })

  it('DRW-32 rests on the secrets that open the tips of S', () => {
    const [reveal] = transcript.reveals as [Transcript['reveals'][number]]
    expect(judged({ reveals: [] })).toContain(`${place}/reveals: differs`)
    expect(judged({ reveals: [{ ...reveal, unitId: 'other' }] })).toContain(`${place}/reveals: differs`)
    expect(judged({ reveals: [{ ...reveal, secret: elsewhere }] })).toEqual([
      `${place}/reveals/0/secret: tip-not-opened`,
      `${place}/seed: differs`,
    ])
    expect(judged({ reveals: [reveal, reveal] })).toContain(`${place}/reveals/1/secret: tip-not-opened`)
  })

  it('DRW-31 has every stratum of S, with its drawn in the order of their tickets', () => {
    expect(judged({ strata: transcript.strata.toReversed() })).toContain(`${place}/strata: differs`)
    for (const index of transcript.strata.keys()) {
      const at = `${place}/strata/${index}`
      expect(judged(stratum(index, () => ({ cutOff: elsewhere })))).toEqual([`${at}/cutOff: differs`])
      expect(judged(stratum(index, ({ drawn }) => ({ drawn: [...drawn, ...drawn.slice(0, 1)] })))).toEqual([`${at}/drawn: differs`])
      expect(judged(stratum(index, ({ drawn }) => ({ drawn: drawn.slice(0, -1) })))).toContain(`${at}/drawn: differs`)
      for (const name of ['label', 'ticket'] as const)
        expect(judged(stratum(index, ({ drawn }) => ({ drawn: drawn.map((one) => ({ ...one, [name]: elsewhere })) })))).toContain(
          `${at}/drawn/0/${name}: differs`,
        )
    }
    expect(judged({ strata: [] })).toContain(`${place}/strata/0/drawn: differs`)
  })

  it('DRW-16 has the drawn in batches of S, in the order of the check', () => {
    const [first, second] = transcript.batches as [readonly string[], readonly string[]]
    expect(judged({ batches: [first] })).toContain(`${place}/batches: differs`)
    expect(judged({ batches: [[...first, ...second.slice(0, 1)], second.slice(1)] })).toContain(`${place}/batches: differs`)
    expect(judged({ batches: [first.toReversed(), second] })).toContain(`${place}/batches/0/0: differs`)
    expect(judged({ batches: [first, second.with(0, elsewhere)] })).toEqual([`${place}/batches/1/0: differs`])
  })

  it('DRW-31 has a drawn set of them all in order, and none where labels are opened', () => {
    const { drawnSet } = transcript
    expect(judged({ drawnSet: drawnSet.slice(1) })).toEqual([`${place}/drawnSet: differs`])
    expect(judged({ drawnSet: drawnSet.toReversed() })).toContain(`${place}/drawnSet/1: out-of-order`)
    expect(judged({ drawnSet }, full.commitment, full)).toEqual([`${place}/drawnSet: differs`])
  })
})

describe('openings', () => {
  const linesOf = (files: DemoFiles) =>
    files.openings
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly id: string; readonly salt: string })

  it.each([
    ['drawn-set', plain],
    ['full', full],
  ] as const)('DRW-31 under %s are of the drawn, each once and in order', (_, of) => {
    const lines = linesOf(of.files)
    const judged = (given: typeof lines, t = of.transcript) =>
      told(checkPublicOpenings(hash, of.commitment, drawnElements(of.commitment, t), given))
    const [one, two] = lines as [(typeof lines)[number], (typeof lines)[number]]
    expect(judged(lines)).toEqual([])
    expect(judged([])).toEqual([])
    expect(judged([two, one])).toEqual(['line 2: out-of-order'])
    expect(judged([one, one])).toEqual(['line 2: out-of-order', 'line 2: not-among-the-drawn'])
    expect(judged([{ ...one, salt: two.salt }])).toEqual(['line 1: not-among-the-drawn'])
    expect(judged([one], { ...of.transcript, batches: [], drawnSet: [] })).toEqual(['line 1: not-among-the-drawn'])
  })

  it('DRW-31 show an element of the drawn set, or the label', () => {
    const [line] = linesOf(plain.files) as [{ readonly id: string; readonly salt: string }]
    expect(transcript.drawnSet).toContain(openedElement(hash, commitment, line))
    const [open] = linesOf(full.files) as [{ readonly id: string; readonly salt: string }]
    expect(full.transcript.batches.flat()).toContain(openedElement(hash, full.commitment, open))
  })

  it('DRW-34 of one object lead to its line and the signed root', () => {
    const opening = plain.files.ownOpenings()[3]
    if (opening === undefined) throw new Error('no opening')
    const judged = (change: object, s: Commitment = commitment) =>
      told(checkOwnOpening(hash, s, { ...opening, ...change }, new Map([[s.regionCode, roster]])))
    expect(judged({})).toEqual([])
    expect(judged({ drawId: elsewhere })).toContain('/drawId: differs')
    expect(judged({ regionCode: commitment.regionCode })).toEqual(['/regionCode: not-a-part'])
    expect(judged({ id: 'other' })).toContain('/label: differs')
    expect(judged({ size: opening.size + 1 })).toContain('/size: differs')
    for (const index of [opening.index + 1, roster.length]) expect(judged({ index })).toContain('/index: differs')
    expect(judged({ stratum: 'Z' })).toContain('/index: differs')
    expect(judged({ path: opening.path.slice(1) })).toEqual(['/path: differs'])
    expect(judged({}, { ...commitment, snapshot: { ...commitment.snapshot, root: elsewhere } })).toEqual(['/path: differs'])
  })
})
