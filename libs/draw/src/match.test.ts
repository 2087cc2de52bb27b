import { type LocalDate, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hash } from '../tests/node-hash.ts'
import type { DrawnStratum } from './draw.ts'
import { matchInspectors, objectsWithoutTeam } from './match.ts'
import type { MatchInput, MatchInspector, ObjectNeeds } from './match-input.ts'

const hex = (text: string): string => toHex(sha256(new TextEncoder().encode(text)))
const day = '2026-03-20' as LocalDate
const seed = hex('seed')

const inspector = (name: string, change: Partial<MatchInspector> = {}): MatchInspector => ({
  label: hex(name),
  id: name,
  salt: hex(`salt ${name}`),
  homeKind: 'STATION',
  homeUnitId: 's-1',
  specialities: [],
  validTo: '2026-12-31' as LocalDate,
  available: true,
  load: 0,
  ...change,
})

const needs = (object: string, change: Partial<ObjectNeeds> = {}): ObjectNeeds => ({
  label: hex(object),
  specialities: [],
  recusals: [],
  lastInspectors: [],
  ...change,
})

const unit = (inspectors: readonly MatchInspector[], change: Partial<MatchInput> = {}): MatchInput => ({
  drawId: hex('draw'),
  unitId: 'u-1',
  nonce: hex('nonce'),
  day,
  teamSize: 2,
  initiator: true,
  selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING', offices: true, stations: null, paired: false },
  loadCap: null,
  lastInspector: 'ignore',
  inspectors,
  objects: [],
  ...change,
})

const drawn = (...objects: readonly string[]): readonly DrawnStratum[] => [
  { stratum: 'A', drawn: objects.map((object) => ({ label: hex(object), ticket: hex(`t ${object}`) })), cutOff: null },
]
const objectsNamed = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `o${index}`)
const staff = (count: number): readonly MatchInspector[] => Array.from({ length: count }, (_, index) => inspector(`i${index}`))
const membersOf = (inputs: readonly MatchInput[], ...objects: readonly string[]): readonly (readonly string[])[] =>
  matchInspectors(sha256Hash, seed, drawn(...objects), inputs).map(({ teams }) => teams.flatMap(({ members }) => members))

describe('matching inspectors', () => {
  it('DRW-02 does not depend on the order of inspectors or units', () => {
    const units = [
      unit(staff(9)),
      unit(
        staff(7).map((one) => inspector(`u2 ${one.id}`)),
        { unitId: 'u-0', initiator: false },
      ),
    ]
    const turned = units.toReversed().map((one) => ({ ...one, inspectors: one.inspectors.toReversed() }))
    const objects = drawn(...objectsNamed(8))
    const found = matchInspectors(sha256Hash, seed, objects, units)
    expect(matchInspectors(sha256Hash, seed, objects, turned)).toEqual(found)
    expect(found[0]?.teams.map(({ unitId }) => unitId)).toEqual(['u-0', 'u-1'])
  })

  it('DRW-13 never assigns a recused inspector, whatever is drawn', () => {
    const names = objectsNamed(10)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(11)), { maxLength: 40 }), fc.string(), (pairs, text) => {
        const objects = names.map((object, index) =>
          needs(object, { recusals: pairs.filter(([o]) => o === index).map(([, i]) => ({ inspector: hex(`i${i}`), ground: 'RELATIVE' })) }),
        )
        const recused = new Set(pairs.map(([o, i]) => `${hex(`o${o}`)} ${hex(`i${i}`)}`))
        for (const match of matchInspectors(sha256Hash, hex(text), drawn(...names), [unit(staff(12), { objects })])) {
          for (const { members } of match.teams) for (const member of members) expect(recused.has(`${match.object} ${member}`)).toBe(false)
        }
      }),
    )
  })

  it('DRW-15 asks for every speciality and reports what ruled the others out', () => {
    const inspectors = [
      inspector('both', { specialities: ['FOOD', 'DRUG'] }),
      inspector('one', { specialities: ['FOOD'] }),
      inspector('none'),
    ]
    const objects = [needs('o', { specialities: ['FOOD', 'DRUG'] })]
    expect(membersOf([unit(inspectors, { objects, teamSize: 1 })], 'o')).toEqual([[hex('both')]])
    expect(matchInspectors(sha256Hash, seed, drawn('o'), [unit(inspectors, { objects })])[0]).toMatchObject({
      teams: [],
      leader: null,
      shortages: [{ unitId: 'u-1', needed: 2, available: 1, missingSide: null, ruledOut: [{ filter: 'speciality', count: 2 }] }],
    })
  })

  it('DRW-15 counts whom each filter ruled out, the first that holds, filters in the order of their names', () => {
    const inspectors = [
      inspector('office', { homeKind: 'OFFICE', validTo: null }),
      inspector('unqualified', { validTo: null, specialities: ['FOOD'] }),
      inspector('unskilled', { load: 9 }),
      inspector('recused', { specialities: ['FOOD'], available: false }),
      inspector('away', { specialities: ['FOOD'], available: false, load: 9 }),
      inspector('full', { specialities: ['FOOD'], load: 1 }),
      inspector('last', { specialities: ['FOOD'] }),
      inspector('last and away', { specialities: ['FOOD'], available: false }),
    ]
    const recusals = [{ inspector: hex('recused'), ground: 'RELATIVE' }]
    const objects = [needs('o', { specialities: ['FOOD'], recusals, lastInspectors: [hex('last'), hex('last and away'), hex('full')] })]
    const selection = { mode: 'SINGLE_STATION', ground: 'OTHER', offices: false, stations: null, paired: false }
    const asked = unit(inspectors, { objects, selection, loadCap: { cap: 1, rule: 'strict' }, lastInspector: 'strict' })
    expect(matchInspectors(sha256Hash, seed, drawn('o'), [asked])[0]?.shortages[0]?.ruledOut).toEqual([
      { filter: 'last-inspector', count: 1 },
      { filter: 'load', count: 1 },
      { filter: 'place', count: 1 },
      { filter: 'qualification', count: 1 },
      { filter: 'recusal', count: 1 },
      { filter: 'speciality', count: 1 },
      { filter: 'status', count: 2 },
    ])
  })

  it('DRW-15 holds a qualification through its last day and not after it', () => {
    const inspectors = [
      inspector('today', { validTo: day }),
      inspector('yesterday', { validTo: '2026-03-19' as LocalDate }),
      inspector('never', { validTo: null }),
    ]
    expect(membersOf([unit(inspectors, { teamSize: 1 })], 'o')).toEqual([[hex('today')]])
  })

  it('DRW-15 leaves out whoever is not available', () => {
    expect(membersOf([unit([inspector('away', { available: false }), inspector('here')], { teamSize: 1 })], 'o')).toEqual([[hex('here')]])
  })

  it('DRW-04 DRW-06 DRW-07 takes candidates only from where the mode admits them', () => {
    const inspectors = [
      inspector('office', { homeKind: 'OFFICE', homeUnitId: 'u-1' }),
      inspector('s1'),
      inspector('s2', { homeUnitId: 's-2' }),
    ]
    const candidates = (offices: boolean, stations: readonly string[] | null): ReadonlySet<string> => {
      const selection = { mode: 'X', ground: 'OTHER', offices, stations, paired: false }
      return new Set(membersOf([unit(inspectors, { teamSize: 1, selection })], ...objectsNamed(60)).flat())
    }
    expect(candidates(true, null)).toEqual(new Set([hex('office'), hex('s1'), hex('s2')]))
    expect(candidates(false, ['s-1', 's-2'])).toEqual(new Set([hex('s1'), hex('s2')]))
    expect(candidates(false, ['s-2'])).toEqual(new Set([hex('s2')]))
    expect(candidates(true, ['s-2'])).toEqual(new Set([hex('office'), hex('s2')]))
    expect(candidates(false, null)).toEqual(new Set([hex('s1'), hex('s2')]))
  })

  it('DRW-05 takes a member from each side where pairing is asked, and reports a missing side', () => {
    const office = [inspector('a', { homeKind: 'OFFICE' }), inspector('b', { homeKind: 'OFFICE' }), inspector('c', { homeKind: 'OFFICE' })]
    const paired = { mode: 'OFFICE_AND_STATIONS', ground: 'GEOGRAPHY', offices: true, stations: null, paired: true }
    const names = objectsNamed(40)
    for (const members of membersOf([unit([...office, inspector('s')], { selection: paired })], ...names))
      expect(members).toContain(hex('s'))
    const unpaired = membersOf([unit([...office, inspector('s')])], ...names)
    expect(unpaired.some((members) => !members.includes(hex('s')))).toBe(true)
    expect(matchInspectors(sha256Hash, seed, drawn('o'), [unit(office, { selection: paired })])[0]?.shortages).toMatchObject([
      { available: 3, missingSide: 'STATION' },
    ])
    const stations = ['s', 't', 'u'].map((name) => inspector(name))
    expect(matchInspectors(sha256Hash, seed, drawn('o'), [unit(stations, { selection: paired })])[0]?.shortages).toMatchObject([
      { available: 3, missingSide: 'OFFICE' },
    ])
    expect(membersOf([unit([...office, inspector('s')], { selection: paired, teamSize: 1 })], 'o')[0]).toHaveLength(2)
  })

  it('DRW-29 gives every team exactly its size of distinct inspectors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.string(), (teamSize, text) => {
        for (const { teams } of matchInspectors(sha256Hash, hex(text), drawn(...objectsNamed(6)), [unit(staff(8), { teamSize })])) {
          expect(new Set(teams[0]?.members).size).toBe(teamSize)
        }
      }),
    )
  })

  it('never passes a strict load cap, counting this draw, and then reports a shortage', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 3, maxLength: 8 }), fc.nat(5), fc.string(), (loads, cap, text) => {
        const inspectors = loads.map((load, index) => inspector(`i${index}`, { load }))
        const matches = matchInspectors(sha256Hash, hex(text), drawn(...objectsNamed(10)), [
          unit(inspectors, { loadCap: { cap, rule: 'strict' } }),
        ])
        const total = new Map(inspectors.map(({ label, load }) => [label, load]))
        for (const { teams, shortages } of matches) {
          expect(teams.length + shortages.length).toBe(1)
          for (const member of teams.flatMap(({ members }) => members)) total.set(member, (total.get(member) ?? 0) + 1)
        }
        for (const [label, load] of total)
          expect(load).toBeLessThanOrEqual(Math.max(cap, inspectors.find((one) => one.label === label)?.load ?? 0))
      }),
    )
  })

  it('goes above a preferred cap only when nobody is left under it', () => {
    const inspectors = [inspector('full', { load: 3 }), inspector('free')]
    const options = { teamSize: 1, loadCap: { cap: 3, rule: 'prefer' as const } }
    expect(membersOf([unit(inspectors, options)], 'o0', 'o1', 'o2')).toEqual([[hex('free')], [hex('free')], [hex('free')]])
    expect(membersOf([unit([inspector('full', { load: 3 })], options)], 'o')).toEqual([[hex('full')]])
  })

  it('sends the last inspector again only as the rule allows', () => {
    const inspectors = [inspector('last'), inspector('other')]
    const objects = objectsNamed(20).map((object) => needs(object, { lastInspectors: [hex('last')] }))
    const sent = (lastInspector: MatchInput['lastInspector'], who = inspectors): ReadonlySet<string> =>
      new Set(membersOf([unit(who, { teamSize: 1, objects, lastInspector })], ...objectsNamed(20)).flat())
    expect(sent('ignore')).toEqual(new Set([hex('last'), hex('other')]))
    expect(sent('prefer')).toEqual(new Set([hex('other')]))
    expect(sent('strict')).toEqual(new Set([hex('other')]))
    expect(sent('prefer', [inspector('last')])).toEqual(new Set([hex('last')]))
    expect(sent('strict', [inspector('last')])).toEqual(new Set())
  })

  it('DRW-23 makes a drawn inspector of the initiating unit the leader', () => {
    const first = unit(staff(6), { unitId: 'u-2', initiator: true })
    const second = unit(
      staff(6).map(({ id }) => inspector(`x${id}`)),
      { unitId: 'u-1', initiator: false },
    )
    const leaders = matchInspectors(sha256Hash, seed, drawn(...objectsNamed(12)), [first, second]).map(({ leader, teams }) => {
      const own = teams.find(({ unitId }) => unitId === 'u-2')?.members ?? []
      expect(own).toContain(leader)
      return leader
    })
    expect(new Set(leaders).size).toBeGreaterThan(2)
    const none = matchInspectors(sha256Hash, seed, drawn('o'), [{ ...first, inspectors: [] }, second])[0]
    expect(none).toMatchObject({ leader: null, teams: [{ unitId: 'u-1' }], shortages: [{ unitId: 'u-2' }] })
  })

  it('DRW-23 nobody leads where a unit sends nobody', () => {
    const [match] = matchInspectors(sha256Hash, seed, drawn('o'), [unit(staff(2), { teamSize: 0 })])
    expect(match).toMatchObject({ leader: null, teams: [{ unitId: 'u-1', members: [] }], shortages: [] })
  })

  it('DRW-33 tells before the commitment which objects could not get a team', () => {
    const inspectors = [inspector('a', { specialities: ['FOOD'] }), inspector('b')]
    const objects = [
      needs('food', { specialities: ['FOOD'] }),
      needs('recused', { recusals: [{ inspector: hex('a'), ground: 'RELATIVE' }] }),
    ]
    const labels = ['plain', 'food', 'recused'].map(hex)
    expect(objectsWithoutTeam([unit(inspectors, { objects })], labels)).toEqual([
      { object: hex('food'), unitIds: ['u-1'] },
      { object: hex('recused'), unitIds: ['u-1'] },
    ])
    const [nobody, others] = [unit([], { unitId: 'u-9' }), unit([], { unitId: 'u-10' })]
    expect(objectsWithoutTeam([nobody, others], labels.slice(0, 1))).toEqual([{ object: labels[0], unitIds: ['u-10', 'u-9'] }])
    expect(objectsWithoutTeam([nobody, unit(inspectors)], labels).map(({ unitIds }) => unitIds)).toEqual([['u-9'], ['u-9'], ['u-9']])
  })
})

describe('a forecast before the commitment', () => {
  it('DRW-33 counts the loads of the year against a strict cap', () => {
    const loaded = (load: number) => unit([inspector('a', { load }), inspector('b')], { loadCap: { cap: 1, rule: 'strict' } })
    const label = hex('plain')
    expect(objectsWithoutTeam([loaded(0)], [label])).toEqual([])
    expect(objectsWithoutTeam([loaded(1)], [label])).toEqual([{ object: label, unitIds: ['u-1'] }])
  })
})

describe('matching anew', () => {
  const label = hex('o0')
  const keeping = (kept: readonly string[], change: Partial<ObjectNeeds> = {}) =>
    needs('o0', { kept: kept.map(hex), leader: null, ...change })
  const rematch = (objects: readonly ObjectNeeds[], change: Partial<MatchInput> = {}) =>
    unit(staff(6), { rematch: true, objects, ...change })

  it('DRW-14 fills the place of who left, and nobody else’s', () => {
    const recusals = [{ inspector: hex('i1'), ground: 'RECUSAL' }]
    const [match] = matchInspectors(sha256Hash, seed, drawn('o0'), [rematch([keeping(['i0'], { recusals })])])
    const members = match?.teams[0]?.members ?? []
    expect(members).toHaveLength(2)
    expect(members[0]).toBe(hex('i0'))
    expect(members).not.toContain(hex('i1'))
  })

  it('DRW-13 DRW-14 keeps nobody whom a filter rules out by now, be it the leader, and finds another', () => {
    const able = (name: string) => inspector(name, { specialities: ['FOOD'], homeKind: 'OFFICE' })
    const [first, others] = [able('i0'), ['i1', 'i2', 'i3'].map(able)]
    const asked = { leader: first.label, specialities: ['FOOD'] }
    const under = (change: Partial<MatchInspector>, more: Partial<ObjectNeeds> = {}) =>
      rematch([keeping(['i0'], { ...asked, ...more })], { inspectors: [{ ...first, ...change }, ...others] })
    const ruledOut = [
      under({ validTo: null }),
      under({ available: false }),
      under({ specialities: [] }),
      under({}, { recusals: [{ inspector: first.label, ground: 'KINSHIP' }] }),
    ]
    for (const one of ruledOut) {
      const [match] = matchInspectors(sha256Hash, seed, drawn('o0'), [one])
      expect(match?.teams[0]?.members).toHaveLength(2)
      expect(match?.teams[0]?.members).not.toContain(first.label)
      expect(match?.teams[0]?.members).toContain(match?.leader)
    }
    // Place is for who is to be found: who is in the team stays, wherever the unit looks now.
    const elsewhere = under({ homeKind: 'STATION', homeUnitId: 's-9' })
    const offices = { ...elsewhere, selection: { ...elsewhere.selection, offices: true, stations: [] } }
    expect(matchInspectors(sha256Hash, seed, drawn('o0'), [offices])[0]?.teams[0]?.members).toContain(first.label)
  })

  it('DRW-14 leaves units and objects alone that the re-match does not name', () => {
    const other = unit([inspector('x1'), inspector('x2')], { unitId: 'u-2', initiator: false, rematch: true })
    const matches = matchInspectors(sha256Hash, seed, drawn('o0', 'o1'), [rematch([keeping(['i0'])]), other])
    expect(matches.map(({ teams, shortages }) => [teams.length, shortages.length])).toEqual([
      [1, 0],
      [0, 0],
    ])
    expect(objectsWithoutTeam([rematch([], { inspectors: [] })], [label])).toEqual([])
  })

  it('DRW-23 nobody leads by ticket where no unit is the initiator, and the teams are the same', () => {
    const units = [
      unit(staff(6), { unitId: 'u-2', initiator: true }),
      unit([inspector('x1'), inspector('x2')], { unitId: 'u-1', initiator: false }),
    ]
    const led = matchInspectors(sha256Hash, seed, drawn(...objectsNamed(4)), units)
    const unled = matchInspectors(
      sha256Hash,
      seed,
      drawn(...objectsNamed(4)),
      units.map((one) => ({ ...one, initiator: false })),
    )
    expect(led.every(({ leader }) => leader !== null)).toBe(true)
    expect(unled).toEqual(led.map((match) => ({ ...match, leader: null })))
  })

  it('DRW-23 the leader who stays leads; else the smallest ticket of the whole team', () => {
    const led = (leader: string | null) => matchInspectors(sha256Hash, seed, drawn('o0'), [rematch([keeping(['i0'], { leader })])])[0]
    expect(led(hex('i0'))?.leader).toBe(hex('i0'))
    const free = led(null)
    const leaders = new Set<string | null | undefined>()
    for (let number = 0; number < 40; number += 1) {
      const found = matchInspectors(sha256Hash, hex(`seed ${number}`), drawn('o0'), [rematch([keeping(['i0'])])])[0]
      expect(found?.teams[0]?.members).toContain(found?.leader)
      leaders.add(found?.leader)
    }
    expect(free?.teams[0]?.members).toContain(free?.leader)
    expect(leaders.size).toBeGreaterThan(1)
    expect(leaders).toContain(hex('i0'))
  })

  it('DRW-15 says how many are missing, not how many a whole team has', () => {
    const alone = rematch([keeping(['i0'])], { inspectors: [inspector('i0')], teamSize: 3 })
    const [match] = matchInspectors(sha256Hash, seed, drawn('o0'), [alone])
    expect(match?.shortages).toMatchObject([{ needed: 2, available: 0, ruledOut: [] }])
    expect(objectsWithoutTeam([alone], [label])).toEqual([{ object: label, unitIds: ['u-1'] }])
    expect(objectsWithoutTeam([{ ...alone, teamSize: 1 }], [label])).toEqual([])
  })

  it('DRW-05 counts who stays for the sides of a pair', () => {
    const office = { homeKind: 'OFFICE' } as const
    const paired = { mode: 'OFFICE_AND_STATIONS', ground: 'STAFFING', offices: true, stations: null, paired: true }
    const inspectors = [inspector('i0', office), inspector('i1', office), inspector('i2'), inspector('i3', office)]
    const pairedUnit = rematch([keeping(['i0'])], { inspectors, selection: paired })
    for (let number = 0; number < 20; number += 1) {
      const [match] = matchInspectors(sha256Hash, hex(`pair ${number}`), drawn('o0'), [pairedUnit])
      expect(match?.teams[0]?.members).toEqual([hex('i0'), hex('i2')])
    }
    expect(objectsWithoutTeam([pairedUnit], [label])).toEqual([])
    const oneSided = { ...pairedUnit, inspectors: inspectors.filter(({ homeKind }) => homeKind === 'OFFICE') }
    expect(objectsWithoutTeam([oneSided], [label])).toEqual([{ object: label, unitIds: ['u-1'] }])
  })

  it('DRW-30 who stays gets no load for staying', () => {
    const loadCap = { cap: 1, rule: 'strict' } as const
    const one = rematch([keeping(['i0']), { ...keeping(['i0']), label: hex('o1') }], {
      loadCap,
      inspectors: [inspector('i0', { load: 1 }), inspector('i1'), inspector('i2')],
    })
    const matches = matchInspectors(sha256Hash, seed, drawn('o0', 'o1'), [one])
    expect(matches.map(({ teams }) => teams[0]?.members.length)).toEqual([2, 2])
    expect(new Set(matches.map(({ teams }) => teams[0]?.members[1])).size).toBe(2)
  })
})
