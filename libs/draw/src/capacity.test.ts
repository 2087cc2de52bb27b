import { type LocalDate, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hash } from '../tests/node-hash.ts'
import { type ExpectedObjects, forecastCapacity } from './capacity.ts'
import { matchInspectors } from './match.ts'
import type { MatchInput, MatchInspector } from './match-input.ts'

const hex = (text: string): string => toHex(sha256(utf8(text)))
const day = '2026-03-20' as LocalDate

const inspector = (number: number, change: Partial<MatchInspector> = {}): MatchInspector => ({
  label: hex(`i${number}`),
  id: `i${number}`,
  salt: hex(`s${number}`),
  homeKind: 'OFFICE',
  homeUnitId: 'u-1',
  specialities: [],
  validTo: '2026-12-31' as LocalDate,
  available: true,
  load: 0,
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
  loadCap: { cap: 3, rule: 'strict' },
  lastInspector: 'ignore',
  inspectors,
  objects: [],
  ...change,
})

const staff = (count: number, change: Partial<MatchInspector> = {}): readonly MatchInspector[] =>
  Array.from({ length: count }, (_, index) => inspector(index, change))
const any = (objects: number): ExpectedObjects => ({ specialities: [], objects })
const forecast = (input: MatchInput, ...expected: readonly ExpectedObjects[]) => {
  const [found] = forecastCapacity([input], expected)
  return { staffable: found?.kinds.map(({ staffable }) => staffable), binds: found?.binds }
}

describe('the capacity forecast', () => {
  it('DRW-29 DRW-33 staffs as many as team size and caps allow, one object more is short', () => {
    // Four inspectors of three objects each are twelve places: six teams of two.
    expect(forecast(unit(staff(4)), any(6))).toEqual({ staffable: [6], binds: null })
    expect(forecast(unit(staff(4)), any(7))).toEqual({ staffable: [6], binds: 'load' })
    expect(forecast(unit(staff(4), { teamSize: 3 }), any(9))).toEqual({ staffable: [4], binds: 'load' })
    // One with much room cannot sit in a team twice.
    const uneven = [inspector(0, { load: -97 }), inspector(1, { load: 1 }), inspector(2, { load: 2 })]
    expect(forecast(unit(uneven), any(9))).toEqual({ staffable: [3], binds: 'load' })
  })

  it('DRW-29 counts the loads of the year, and heeds no cap that is only preferred or not there', () => {
    expect(forecast(unit(staff(4, { load: 2 })), any(9)).staffable).toEqual([2])
    expect(forecast(unit(staff(4, { load: 3 })), any(9)).staffable).toEqual([0])
    for (const loadCap of [null, { cap: 1, rule: 'prefer' as const }])
      expect(forecast(unit(staff(2), { loadCap }), any(1000))).toEqual({ staffable: [1000], binds: null })
  })

  it('DRW-33 names what binds first: place, qualification, speciality, status, load, side or people', () => {
    const strict = { cap: 100, rule: 'strict' as const }
    const of = (inspectors: readonly MatchInspector[], change: Partial<MatchInput> = {}, ...expected: readonly ExpectedObjects[]) =>
      forecast(unit(inspectors, { loadCap: strict, ...change }), ...(expected.length > 0 ? expected : [any(5)])).binds
    const inStation = staff(3, { homeKind: 'STATION', homeUnitId: 's-9' })
    const selection = { mode: 'SINGLE_STATION', ground: 'OTHER', offices: false, stations: ['s-1'], paired: false }
    expect(of(inStation, { selection })).toBe('place')
    expect(of(staff(3), { selection: { ...selection, stations: null } })).toBe('place')
    expect(of(staff(3, { validTo: '2026-03-19' as LocalDate }))).toBe('qualification')
    expect(of(staff(3, { validTo: null }))).toBe('qualification')
    expect(of(staff(3), {}, { specialities: ['FOOD'], objects: 5 })).toBe('speciality')
    expect(of(staff(3, { available: false }))).toBe('status')
    expect(of(staff(3), { loadCap: { cap: 2, rule: 'strict' } })).toBe('load')
    const paired = { mode: 'OFFICE_AND_STATIONS', ground: 'OTHER', offices: true, stations: null, paired: true }
    expect(of(staff(3), { selection: paired })).toBe('side')
    expect(of(staff(1))).toBe('people')
    expect(of([])).toBe('people')
    // Without caps the two offices would do, without pairing the caps would: the one that gives more is named.
    expect(of(staff(3, { validTo: null, available: false }))).toBe('people')
  })

  it('DRW-05 needs both sides of a pairing rule, however many there are of one', () => {
    const paired = { mode: 'OFFICE_AND_STATIONS', ground: 'OTHER', offices: true, stations: null, paired: true }
    const mixed = [...staff(5), inspector(9, { homeKind: 'STATION' })]
    expect(forecast(unit(mixed, { selection: paired }), any(7))).toEqual({ staffable: [3], binds: 'load' })
    expect(forecast(unit(mixed, { selection: paired, loadCap: null, teamSize: 1 }), any(7))).toEqual({ staffable: [7], binds: null })
    expect(forecast(unit(mixed, { selection: paired, teamSize: 4 }), any(7)).staffable).toEqual([3])
  })

  it('DRW-15 gives the kinds before it their teams first, and does not spend the only specialist elsewhere', () => {
    const people = [inspector(0, { specialities: ['FOOD'] }), inspector(1, { specialities: ['FOOD'] }), inspector(2), inspector(3)]
    const food = { specialities: ['FOOD'], objects: 3 }
    expect(forecast(unit(people), food, any(3))).toEqual({ staffable: [3, 3], binds: null })
    expect(forecast(unit(people), any(3), food)).toEqual({ staffable: [3, 3], binds: null })
    expect(forecast(unit(people), any(5), food)).toEqual({ staffable: [5, 1], binds: 'load' })
  })

  it('forecasts every unit by its own people', () => {
    const units = [unit(staff(4)), unit(staff(2), { unitId: 'u-2', teamSize: 1 })]
    expect(forecastCapacity(units, [any(9)]).map(({ unitId, teamSize, kinds }) => [unitId, teamSize, kinds[0]?.staffable])).toEqual([
      ['u-1', 2, 6],
      ['u-2', 1, 6],
    ])
    expect(forecastCapacity([], [any(9)])).toEqual([])
    expect(forecast(unit([]))).toEqual({ staffable: [], binds: null })
  })

  const units = fc
    .record({
      loads: fc.array(fc.nat(4), { maxLength: 6 }),
      sides: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      teamSize: fc.integer({ min: 1, max: 3 }),
      cap: fc.nat(4),
      paired: fc.boolean(),
    })
    .map(({ loads, sides, teamSize, cap, paired }) =>
      unit(
        loads.map((load, index) => inspector(index, { load, homeKind: sides[index] === true ? 'OFFICE' : 'STATION' })),
        { teamSize, loadCap: { cap, rule: 'strict' }, selection: { mode: 'X', ground: 'OTHER', offices: true, stations: null, paired } },
      ),
    )

  it('DRW-33 staffs as many of two kinds that ask for the same as of one kind of so many', () => {
    fc.assert(
      fc.property(units, fc.nat(5), fc.nat(5), (input, first, second) => {
        const [one, other] = forecast(input, any(first), any(second)).staffable ?? []
        expect([(one as number) + (other as number)]).toEqual(forecast(input, any(first + second)).staffable)
      }),
    )
  })

  it('DRW-33 is never less than what the draw’s own matching staffs', () => {
    fc.assert(
      fc.property(units, fc.nat(8), fc.string(), (input, objects, seed) => {
        const drawn = {
          stratum: 'A',
          drawn: Array.from({ length: objects }, (_, o) => ({ label: hex(`o${o}`), ticket: hex('t') })),
          cutOff: null,
        }
        const matched = matchInspectors(sha256Hash, hex(seed), [drawn], [input]).filter(({ teams }) => teams.length === 1).length
        expect(forecast(input, any(objects)).staffable?.[0]).toBeGreaterThanOrEqual(matched)
      }),
    )
  })

  it('DRW-33 is what the best plan of teams reaches', () => {
    /** All teams that a unit may send. */
    const teamsOf = ({ inspectors, teamSize, selection }: MatchInput): readonly (readonly number[])[] => {
      const size = selection.paired ? Math.max(2, teamSize) : teamSize
      const subsets = Array.from({ length: 2 ** inspectors.length }, (_, bits) =>
        inspectors.flatMap((_one, place) => ((bits >> place) & 1 ? [place] : [])),
      )
      const kinds = (team: readonly number[]): number => new Set(team.map((place) => inspectors[place]?.homeKind)).size
      return subsets.filter((team) => team.length === size && (!selection.paired || kinds(team) === 2))
    }
    const best = (teams: readonly (readonly number[])[], left: readonly number[], from: number, wanted: number): number => {
      if (wanted === 0) return 0
      let found = 0
      for (let index = from; index < teams.length && found < wanted; index++) {
        const team = teams[index] as readonly number[]
        if (team.some((place) => (left[place] as number) <= 0)) continue
        const after = left.map((room, place) => room - (team.includes(place) ? 1 : 0))
        found = Math.max(found, 1 + best(teams, after, index, wanted - 1))
      }
      return found
    }
    fc.assert(
      fc.property(units, fc.nat(4), (input, objects) => {
        const left = input.inspectors.map(({ load }) => (input.loadCap?.cap ?? 0) - load)
        expect(forecast(input, any(objects)).staffable).toEqual([best(teamsOf(input), left, 0, objects)])
      }),
    )
  }, 30_000)
})
