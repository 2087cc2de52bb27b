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
    expect(objectsWithoutTeam([unit([], { unitId: 'u-9' }), unit(inspectors)], labels).map(({ unitIds }) => unitIds)).toEqual([
      ['u-9'],
      ['u-9'],
      ['u-9'],
    ])
  })
})
