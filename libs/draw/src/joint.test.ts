import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeHash, sha256Hash } from '../tests/node-hash.ts'
import {
  buildCommitment,
  buildSnapshot,
  type CommitmentInput,
  commitmentDigest,
  commitmentText,
  type DrawPart,
  deriveDrawId,
  drawObjects,
  hexDigest,
  type Joint,
  jointRoster,
  jointStrata,
  labelBlinder,
  type MatchInput,
  matchInspectors,
  objectsWithoutTeam,
  partsOf,
  type RosterEntry,
  replayDraw,
  roundOf,
  runDraw,
  type StratumRule,
} from './index.ts'

const hash = sha256Hash
const subject = { kind: 'plan-line', planId: 'plan-1', lineId: 'line-1' } as const
const drawId = deriveDrawId(hash, { regionCode: '230300', subject, batch: 1, attempt: 1 })
const hex = (text: string): string => hexDigest(hash, new TextEncoder().encode(text))
const signature = { keyId: 'registry', signature: '0'.repeat(128) }

/** A city's registry: a K of its own, and so many objects by stratum, of which every fifth is excluded. */
function cityOf(regionCode: string, sizes: Readonly<Record<string, number>>, ofDraw: string = drawId, keyOf: string = regionCode) {
  const key = hash.digest(new TextEncoder().encode(`K ${keyOf}`))
  const blind = labelBlinder(hash, key, 'object', ofDraw)
  const roster = Object.entries(sizes).flatMap(([stratum, size]) =>
    Array.from(
      { length: size },
      (_, index): RosterEntry => ({ label: blind(`${stratum}-${index}`).label, stratum, excluded: index % 5 === 4 }),
    ),
  )
  const snapshot = buildSnapshot(hash, {
    regionCode,
    drawId: ofDraw,
    asOf: '2026-03-02T01:00:00.000Z' as never,
    creditLoadDigest: hex('credit'),
    registrationLoadDigest: hex('registration'),
    entries: roster,
    exclusionCounts: [],
    privateObjects: '',
    privateExclusions: '',
    key,
  })
  if (!snapshot.ok) throw new Error(snapshot.error.code)
  const part: DrawPart = { snapshot: snapshot.value, snapshotSignature: signature, witnesses: { count: 4, quorum: 3 } }
  return { regionCode, roster, part }
}
type City = ReturnType<typeof cityOf>

const tenth: StratumRule = {
  kind: 'ratio',
  ratio: { numerator: 1, denominator: 10 },
  batchShare: { numerator: 1, denominator: 1 },
  base: 'mapped',
  rounding: 'up',
}
const [first, second, third] = [cityOf('230300', { A: 11, B: 4 }), cityOf('230400', { A: 12 }), cityOf('230600', { A: 3, C: 5 })]
const names = ['A', 'B', 'C', ...['230300', '230400', '230600'].flatMap((code) => ['A', 'B', 'C'].map((stratum) => `${code}/${stratum}`))]

const input = (own: City, joint: Joint | undefined): CommitmentInput => ({
  regionCode: own.regionCode,
  subject,
  batch: 1,
  attempt: 1,
  organiserUnitId: 'bureau',
  committedAt: '2026-03-02T01:05:00.000Z' as never,
  delaySeconds: 1200,
  marginSeconds: 600,
  revealWindowSeconds: 0,
  ...own.part,
  ...(joint === undefined ? {} : { joint }),
  policyDigest: hex('policy'),
  subjectDigest: hex('line'),
  rules: Object.fromEntries(names.map((name) => [name, tenth])),
  batchSizes: (total) => [total],
  matchInputs: [],
  beacons: [
    {
      source: 'self/230300',
      kind: 'self',
      scheme: 'bls-unchained-g1-rfc9380',
      publicKey: '0'.repeat(192),
      genesisTime: 0,
      periodSeconds: 30,
      round: 1,
    },
  ],
  tips: [],
  publicOpening: 'drawn-set',
})
function commit(merged: boolean, others: readonly City[] = [third, second]) {
  const built = buildCommitment(hash, input(first, { merged, parts: others.map(({ part }) => part) }))
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  return built.value
}
const refusal = (of: CommitmentInput): unknown => {
  const built = buildCommitment(hash, of)
  return built.ok ? 'built' : built.error
}

describe('one S of several cities', () => {
  it('DRW-26 puts the cities in the order of their codes, the organiser’s in S itself', () => {
    const s = commit(false)
    expect(partsOf(s).map(({ snapshot }) => snapshot.regionCode)).toEqual(['230300', '230400', '230600'])
    expect(s.joint?.parts.map(({ snapshot }) => snapshot.regionCode)).toEqual(['230400', '230600'])
    expect(s).toEqual(commit(false, [second, third]))
  })

  it('DRW-26 gives every city strata of its own, each rounded by itself', () => {
    expect(commit(false).strata.map(({ stratum, mapped, eligible, n }) => [stratum, mapped, eligible, n])).toEqual([
      ['230300/A', 11, 9, 2],
      ['230300/B', 4, 4, 1],
      ['230400/A', 12, 10, 2],
      ['230600/A', 3, 3, 1],
      ['230600/C', 5, 4, 1],
    ])
  })

  it('DRW-26 adds up what merges before it rounds', () => {
    expect(commit(true).strata.map(({ stratum, mapped, eligible, raw, n }) => [stratum, mapped, eligible, raw, n])).toEqual([
      ['A', 26, 22, { numerator: 13, denominator: 5 }, 3],
      ['B', 4, 4, { numerator: 2, denominator: 5 }, 1],
      ['C', 5, 4, { numerator: 1, denominator: 2 }, 1],
    ])
  })

  it('leaves the S of one city as it was, byte for byte', () => {
    const s = buildCommitment(hash, input(first, undefined))
    expect(s.ok && Object.keys(s.value)).not.toContain('joint')
    expect(s.ok && s.value.strata.map(({ stratum }) => stratum)).toEqual(['A', 'B'])
  })

  it('DRW-26 refuses no other city, one twice, the organiser’s, another draw’s, another hash, a redraw', () => {
    const withParts = (...parts: readonly DrawPart[]) => input(first, { merged: false, parts })
    expect(refusal(withParts())).toEqual({ code: 'no-other-part' })
    expect(refusal(withParts(second.part, second.part))).toEqual({ code: 'part-twice', regionCode: '230400' })
    expect(refusal(withParts(first.part))).toEqual({ code: 'part-twice', regionCode: '230300' })
    const other = hex('another draw')
    expect(refusal(withParts(cityOf('230400', { A: 3 }, other).part))).toEqual({ code: 'other-draw', expected: drawId, found: other })
    const inSm3 = { ...second.part, snapshot: { ...second.part.snapshot, hash: 'sm3' as const } }
    expect(refusal(withParts(inSm3))).toEqual({ code: 'other-hash', expected: 'sha256', found: 'sm3' })
    const approval = { approvedAt: '2026-03-02T01:00:00.000Z' as never, unitId: 'superior', reasons: [] }
    const redraw = { kind: 'redraw', parentDrawId: drawId, purpose: 'escalation', labels: [], after: [], approval } as const
    const redrawId = deriveDrawId(hash, { regionCode: '230300', subject: redraw, batch: 1, attempt: 1 })
    const relabelled = ({ part }: City): DrawPart => ({ ...part, snapshot: { ...part.snapshot, drawId: redrawId, labelsOf: drawId } })
    const asked = { ...input(first, { merged: false, parts: [relabelled(second)] }), subject: redraw, ...relabelled(first) }
    expect(refusal(asked)).toEqual({ code: 'joint-redraw' })
    expect(refusal({ ...input(first, { merged: false, parts: [second.part] }), rules: {} })).toEqual({
      code: 'no-rule-for-stratum',
      stratum: '230300/A',
    })
  })
})

describe('the draw of several cities', () => {
  const rosters = new Map([first, second, third].map(({ regionCode, roster }) => [regionCode, roster]))
  const others = new Map([...rosters].filter(([regionCode]) => regionCode !== '230300'))

  it('DRW-26 DRW-31 draws over all rosters, and refuses one that is missing or is not the signed one', () => {
    for (const merged of [false, true]) {
      const s = commit(merged)
      const drawn = runDraw(hash, { commitment: s, roster: first.roster, others, beacons: outputs(s), reveals: [] })
      expect(drawn.ok && drawn.value.strata.map(({ drawn: members }) => members.length)).toEqual(s.strata.map(({ n }) => n))
    }
    const stored = { commitment: commit(true), algorithm: 'dual-random/draw/v1', seed: hex('Z') }
    expect(replayDraw(hash, stored, first.roster, new Map([...others].slice(1)))).toMatchObject({
      ok: false,
      error: { code: 'other-roster' },
    })
    expect(replayDraw(hash, stored, first.roster, new Map([...others, ['230400', third.roster]]))).toMatchObject({
      ok: false,
      error: { code: 'other-roster', expected: second.part.snapshot.rosterDigest },
    })
    expect(replayDraw(hash, { ...stored, commitment: { ...stored.commitment, hash: 'sm3' } }, first.roster, others)).toMatchObject({
      ok: false,
      error: { code: 'other-hash' },
    })
  })

  it('DRW-26 refuses one label in two cities, and a roster that is not given', () => {
    const parts = [first.part, second.part]
    const twice = new Map([...rosters, ['230400', [...second.roster, first.roster[0] as RosterEntry]]])
    expect(jointRoster(parts, { merged: false }, twice)).toEqual({
      ok: false,
      error: { code: 'equal-labels', label: first.roster[0]?.label },
    })
    expect(jointRoster(parts, { merged: false }, new Map([['230300', first.roster]]))).toEqual({
      ok: false,
      error: { code: 'roster-missing', regionCode: '230400' },
    })
  })

  it('DRW-26 draws nothing where a label stands in two cities, or where a roster is not given though nobody is in it', () => {
    const replay = (other: City, given: ReadonlyMap<string, readonly RosterEntry[]>) =>
      replayDraw(hash, { commitment: commit(false, [other]), algorithm: 'dual-random/draw/v1', seed: hex('Z') }, first.roster, given)
    const sameKey = cityOf('230400', { B: 1 }, drawId, '230300')
    expect(replay(sameKey, new Map([['230400', sameKey.roster]]))).toEqual({
      ok: false,
      error: { code: 'equal-labels', label: sameKey.roster[0]?.label },
    })
    const empty = cityOf('230400', {})
    expect(replay(empty, new Map())).toEqual({ ok: false, error: { code: 'roster-missing', regionCode: '230400' } })
    expect(replay(empty, new Map([['230400', []]])).ok).toBe(true)
  })

  it('DRW-26 with the same Z the merged draw restricted to one city is the sample of that city', () => {
    const sizes = fc.record({ A: fc.nat(12), B: fc.nat(12) })
    fc.assert(
      fc.property(
        fc.array(sizes, { minLength: 2, maxLength: 4 }),
        fc.string().map(hex),
        fc.constantFrom('sha256' as const, 'sm3' as const),
        fc.tuple(fc.nat(20), fc.nat(20)),
        (all, seed, hashName, [a, b]) => {
          const cities = all.map((one, index) => cityOf(`23${index}300`, one))
          const joint = { merged: true }
          const parts = cities.map(({ part }) => part)
          const roster = jointRoster(parts, joint, new Map(cities.map((city) => [city.regionCode, city.roster])))
          if (!roster.ok) throw new Error(roster.error.code)
          const strata = [
            { stratum: 'A', n: a },
            { stratum: 'B', n: b },
          ]
          const own = nodeHash(hashName)
          const merged = drawObjects(own, seed, roster.value, strata, [])
          for (const city of cities) {
            const labels = new Set(city.roster.map(({ label }) => label))
            const alone = drawObjects(own, seed, city.roster, strata, [])
            for (const [index, { drawn }] of merged.strata.entries()) {
              const ofCity = drawn.filter(({ label }) => labels.has(label))
              expect(alone.strata[index]?.drawn.slice(0, ofCity.length)).toEqual(ofCity)
            }
          }
          expect(jointStrata(parts, joint).reduce((sum, { mapped }) => sum + mapped, 0)).toBe(roster.value.length)
        },
      ),
      { numRuns: 40 },
    )
  })

  function outputs(s: ReturnType<typeof commit>) {
    expect(commitmentDigest(hash, s)).toBe(hexDigest(hash, new TextEncoder().encode(commitmentText(s))))
    return s.beacons.map((named) => ({ source: named.source, round: roundOf(named), randomness: hex('randomness'), signature: '' }))
  }
})

describe('matching in a draw of several cities', () => {
  const unit = (unitId: string, own: string, of: readonly string[], initiator: boolean): MatchInput => ({
    drawId,
    unitId,
    nonce: hex(unitId),
    day: '2026-06-30' as never,
    teamSize: 1,
    initiator,
    cities: { own, of },
    selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING', offices: true, stations: null, paired: false },
    loadCap: null,
    lastInspector: 'ignore',
    inspectors: [0, 1].map((index) => ({
      label: hex(`${unitId} ${index}`),
      id: `${unitId}-${index}`,
      salt: hex('salt'),
      homeKind: 'OFFICE',
      homeUnitId: unitId,
      specialities: [],
      validTo: '2027-01-01' as never,
      available: true,
      load: 0,
    })),
    objects: [],
  })
  const [here, there] = [hex('object here'), hex('object there')]
  const regionOf = (label: string): string => (label === here ? '230300' : '230400')
  const drawn = [{ stratum: 'A', drawn: [here, there].map((label) => ({ label, ticket: label })), cutOff: null }]

  it('DRW-26 a unit checks objects of its cities, of another’s by delegation alone', () => {
    const inputs = [
      unit('bureau-a', '230300', ['230300'], true),
      unit('bureau-b', '230400', ['230400'], true),
      unit('bureau-c', '230300', ['230300', '230400'], false),
    ]
    const teams = matchInspectors(hash, hex('Z'), drawn, inputs, regionOf).map(({ object, teams: of }) => [
      object,
      of.map(({ unitId }) => unitId),
    ])
    expect(teams).toEqual([
      [here, ['bureau-a', 'bureau-c']],
      [there, ['bureau-b', 'bureau-c']],
    ])
    // Whose roster a label stands in must be known.
    expect(matchInspectors(hash, hex('Z'), drawn, inputs).map(({ teams: of }) => of)).toEqual([[], []])
  })

  it('DRW-26 a unit is not short of a team for what it does not check', () => {
    const inputs = [{ ...unit('bureau-a', '230300', ['230300'], true), teamSize: 3 }, unit('bureau-b', '230400', ['230400'], true)]
    expect(objectsWithoutTeam(inputs, [here, there], regionOf)).toEqual([{ object: here, unitIds: ['bureau-a'] }])
  })
})
