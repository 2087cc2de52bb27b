import { matchInputText } from '@dual-random/draw'
import type { LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { hex, line, terms } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import { type Candidate, matchInputOf, parseMatchInput, type UnitInput } from './match-files.ts'
import type { LineUnit } from './plan-line.ts'
import type { RemainingTeam } from './redraw.ts'

const unit = line.units[0] as LineUnit

const candidate = (name: string, change: Partial<Candidate> = {}): Candidate => ({
  label: hex(name),
  inspectorId: `id-${name}`,
  salt: hex('0'),
  unitId: unit.unitId,
  homeUnitId: unit.unitId,
  homeKind: 'OFFICE',
  specialities: ['食品', '特种设备'],
  validTo: '2026-12-31' as LocalDate,
  hasRecusalScope: true,
  ...change,
})

const input = (change: Partial<UnitInput> = {}): UnitInput => ({
  drawId: hex('a'),
  nonce: hex('e'),
  line,
  terms,
  unit,
  candidates: [candidate('1'), candidate('2')],
  needs: [],
  loads: new Map(),
  ...change,
})

describe('matchInputOf', () => {
  it('DRW-29 DRW-15 fixes team size, day, load cap and loads as of the snapshot', () => {
    const made = valueOf(matchInputOf(input({ loads: new Map([['id-2', 4]]) })))
    expect(made).toMatchObject({ day: '2026-06-30', teamSize: 2, initiator: true, loadCap: { cap: 20, rule: 'prefer' } })
    expect(made.inspectors.map(({ load }) => load)).toEqual([0, 4])
    expect(made.inspectors[0]?.specialities).toEqual(['特种设备', '食品'].sort())
  })

  it('DRW-29 takes the team size of the policy where the line has none, and stops where neither has', () => {
    const without = { ...unit, teamSize: 0 }
    expect(valueOf(matchInputOf(input({ unit: without }))).teamSize).toBe(2)
    const { minTeamSize: _size, ...open } = terms
    expect(matchInputOf(input({ unit: without, terms: open }))).toEqual({
      ok: false,
      error: { code: 'team-size-unset', unitId: unit.unitId },
    })
  })

  it('DRW-29 prefers the team size of the line to that of the policy', () => {
    const larger = { ...unit, teamSize: 3 }
    expect(valueOf(matchInputOf(input({ unit: larger }))).teamSize).toBe(3)
    expect(valueOf(matchInputOf(input()))).not.toHaveProperty('rematch')
  })

  it('DRW-08 selects by a mode that the terms define, and names the modes there are for any other', () => {
    const patrol = { offices: false, stations: { atLeast: 1, atMost: 1 }, pairable: false }
    const station = '230300-scj-s1' as UnitId
    const patrolled = { ...unit, mode: 'PATROL', stationUnitIds: [station] }
    const further = { ...terms, furtherModes: { PATROL: patrol } }
    const candidates = [candidate('1'), candidate('2', { homeKind: 'STATION', homeUnitId: station })]
    expect(valueOf(matchInputOf(input({ unit: patrolled, terms: further, candidates }))).selection).toEqual({
      mode: 'PATROL',
      ground: 'STAFFING',
      offices: false,
      stations: [station],
      paired: false,
    })
    expect(matchInputOf(input({ unit: patrolled, terms: further, candidates: [candidate('1')] }))).toMatchObject({
      error: { code: 'no-eligible-inspector' },
    })
    expect(matchInputOf(input({ unit: patrolled, candidates }))).toMatchObject({
      error: { code: 'unknown-mode', mode: 'PATROL', allowed: ['BUREAU_WIDE', 'OFFICE_AND_STATIONS', 'MULTI_STATION', 'SINGLE_STATION'] },
    })
  })

  it('DRW-33 counts whoever has the load for it: the cap of the policy may rule out everyone', () => {
    const capped = { ...terms, loadCap: { cap: 1, rule: 'strict' } as const }
    const loads = (count: number) => new Map(['id-1', 'id-2'].map((id) => [id, count]))
    expect(matchInputOf(input({ terms: capped, loads: loads(1) }))).toMatchObject({ error: { code: 'no-eligible-inspector' } })
    expect(matchInputOf(input({ terms: capped, loads: loads(0) }))).toMatchObject({ ok: true })
  })

  it('DRW-10 takes the inspectors of the delegate, and keeps the initiator’s lead with them', () => {
    const delegate = '230302-scj' as UnitId
    const delegated = { ...unit, delegatedTo: delegate }
    const others = [candidate('1'), candidate('3', { unitId: delegate }), candidate('4', { unitId: delegate })]
    const made = valueOf(matchInputOf(input({ unit: delegated, candidates: others })))
    expect(made).toMatchObject({ unitId: delegate, initiator: true })
    expect(made.inspectors.map(({ id }) => id)).toEqual(['id-3', 'id-4'])
    expect(matchInputOf(input({ unit: delegated }))).toEqual({ ok: false, error: { code: 'no-eligible-inspector', unitId: delegate } })
    const second = { ...delegated, unitId: '230300-gaj' as UnitId }
    expect(valueOf(matchInputOf(input({ unit: second, candidates: others }))).initiator).toBe(false)
  })

  it('DRW-26 says of which city the unit is, where several draw, and lets that city’s initiator lead there', () => {
    expect(valueOf(matchInputOf(input()))).not.toHaveProperty('cities')
    const initiators = [unit.unitId, '230400-xfj' as UnitId]
    const made = initiators.map((initiatorUnitId) => valueOf(matchInputOf(input({ city: { regionCode: '230400', initiatorUnitId } }))))
    expect(made.map(({ cities, initiator }) => ({ cities, initiator }))).toEqual([
      { cities: { own: '230400', of: ['230400'] }, initiator: true },
      { cities: { own: '230400', of: ['230400'] }, initiator: false },
    ])
  })

  it('DRW-23 lets nobody lead by ticket where the initiator of a joint check designates the leader', () => {
    const other = { ...unit, unitId: '230300-gaj' as UnitId }
    const jointLine = { ...line, units: [unit, other] }
    const designated = { ...terms, leaderBy: 'INITIATOR' as const }
    const leads = (change: Partial<UnitInput>) => valueOf(matchInputOf(input(change))).initiator
    const ofOther = { unit: other, candidates: [candidate('1', { unitId: other.unitId })] }
    expect([leads({ line: jointLine, terms: designated }), leads({ line: jointLine, terms: designated, ...ofOther })]).toEqual([
      false,
      false,
    ])
    expect([leads({ line: jointLine }), leads({ line: jointLine, ...ofOther })]).toEqual([true, false])
    expect(leads({ terms: designated })).toBe(true)
  })

  it('DRW-23 DRW-26 looks at the units of one city, where several draw: a city with one unit is led by its smallest ticket', () => {
    const theirs = { ...unit, unitId: '230400-scj' as UnitId }
    const second = { ...unit, unitId: '230400-xfj' as UnitId }
    const joint = {
      merged: false,
      cities: [{ regionCode: '230400' as RegionCode, initiatorUnitId: theirs.unitId, unitIds: [theirs.unitId, second.unitId] }],
    }
    const joined = { ...line, units: [unit, theirs, second], joint }
    const designated = { ...terms, leaderBy: 'INITIATOR' as const }
    const leads = (of: LineUnit) => {
      const city = { regionCode: of.unitId.slice(0, 6), initiatorUnitId: of === unit ? unit.unitId : theirs.unitId }
      return valueOf(
        matchInputOf(input({ line: joined, terms: designated, unit: of, candidates: [candidate('1', { unitId: of.unitId })], city })),
      ).initiator
    }
    expect([unit, theirs, second].map(leads)).toEqual([true, false, false])
  })

  it('DRW-02 DRW-09 leaves the choice to the mode and its recorded ground', () => {
    expect(valueOf(matchInputOf(input())).selection).toEqual({
      mode: 'BUREAU_WIDE',
      ground: 'STAFFING',
      offices: true,
      stations: null,
      paired: false,
    })
    const single = { ...unit, mode: 'SINGLE_STATION' as const, stationUnitIds: [] }
    expect(matchInputOf(input({ unit: single }))).toMatchObject({ ok: false, error: { code: 'too-few-stations' } })
  })

  it('DRW-08 refuses a mode that the draw has no definition of, or one that redefines a statutory mode', () => {
    const patrol = { ...unit, mode: 'PATROL' }
    expect(matchInputOf(input({ unit: patrol }))).toMatchObject({ ok: false, error: { code: 'unknown-mode' } })
    const furtherModes = { BUREAU_WIDE: { offices: true, stations: null, pairable: false } }
    expect(matchInputOf(input({ terms: { ...terms, furtherModes } }))).toMatchObject({ ok: false })
  })

  it('DRW-33 refuses when nobody could be matched', () => {
    const late = candidate('1', { validTo: '2026-06-29' as LocalDate })
    expect(matchInputOf(input({ candidates: [late] }))).toEqual({
      ok: false,
      error: { code: 'no-eligible-inspector', unitId: unit.unitId },
    })
    expect(matchInputOf(input({ candidates: [{ ...late, validTo: '2026-06-30' as LocalDate }] }))).toMatchObject({ ok: true })
    expect(matchInputOf(input({ candidates: [candidate('1', { unitId: 'other' })] }))).toMatchObject({ ok: false })
  })

  it('REG-33 DRW-13 counts nobody without a recusal entry where the policy asks for one', () => {
    const silent = candidate('1', { hasRecusalScope: false })
    expect(matchInputOf(input({ candidates: [silent] }))).toMatchObject({ ok: false, error: { code: 'no-eligible-inspector' } })
    expect(matchInputOf(input({ candidates: [silent], terms: { ...terms, recusalScopeRequired: false } }))).toMatchObject({ ok: true })
  })

  it('DRW-13 records the recusals of the unit’s own inspectors with their ground', () => {
    const needs = [
      {
        label: hex('f'),
        specialities: ['食品'],
        recusals: [
          { inspector: hex('2'), ground: 'KINSHIP' },
          { inspector: hex('1'), ground: 'INTEREST' },
          { inspector: hex('9'), ground: 'OTHER' },
        ],
        lastInspectors: [],
      },
      { label: hex('d'), specialities: [], recusals: [{ inspector: hex('9'), ground: 'OTHER' }], lastInspectors: [] },
      { label: hex('c'), specialities: ['食品'], recusals: [], lastInspectors: [] },
      { label: hex('b'), specialities: [], recusals: [{ inspector: hex('1'), ground: 'OTHER' }], lastInspectors: [] },
    ]
    expect(valueOf(matchInputOf(input({ needs }))).objects).toEqual([
      {
        label: hex('f'),
        specialities: ['食品'],
        recusals: [
          { inspector: hex('1'), ground: 'INTEREST' },
          { inspector: hex('2'), ground: 'KINSHIP' },
        ],
        lastInspectors: [],
      },
      { label: hex('c'), specialities: ['食品'], recusals: [], lastInspectors: [] },
      { label: hex('b'), specialities: [], recusals: [{ inspector: hex('1'), ground: 'OTHER' }], lastInspectors: [] },
    ])
  })

  it('POL-01 records who of the unit checked an object last, ascending, though it asks for nothing else, where policy asks about them', () => {
    const asks = (label: string, ...lastInspectors: readonly string[]) => ({ label, specialities: [], recusals: [], lastInspectors })
    const needs = [asks(hex('f'), hex('2'), hex('9'), hex('1')), asks(hex('d'), hex('9')), asks(hex('c'))]
    const under = (lastInspector: typeof terms.lastInspector) => valueOf(matchInputOf(input({ needs, terms: { ...terms, lastInspector } })))
    for (const rule of ['prefer', 'strict'] as const) {
      expect(under(rule).lastInspector).toBe(rule)
      expect(under(rule).objects).toEqual([asks(hex('f'), hex('1'), hex('2'))])
    }
    expect(under('ignore').objects).toEqual([])
  })
})

describe('the file of a re-match', () => {
  const team = (change: Partial<RemainingTeam> = {}): RemainingTeam => ({
    label: hex('f'),
    unitId: unit.unitId,
    kept: [hex('1')],
    leader: hex('1'),
    leaving: [{ inspector: hex('2'), ground: 'RECUSAL' }],
    ...change,
  })
  const needs = [{ label: hex('f'), specialities: ['食品'], recusals: [{ inspector: hex('3'), ground: 'KINSHIP' }], lastInspectors: [] }]
  const made = (remaining: readonly RemainingTeam[], change: Partial<Parameters<typeof input>[0]> = {}) =>
    valueOf(matchInputOf(input({ needs, remaining, candidates: ['1', '2', '3'].map((name) => candidate(name)), ...change })))

  it('DRW-14 says who stays, and bars who leaves beside whoever was recused before', () => {
    expect(made([team()])).toMatchObject({
      rematch: true,
      objects: [
        {
          label: hex('f'),
          specialities: ['食品'],
          kept: [hex('1')],
          leader: hex('1'),
          recusals: [
            { inspector: hex('2'), ground: 'RECUSAL' },
            { inspector: hex('3'), ground: 'KINSHIP' },
          ],
        },
      ],
    })
    const known = team({ leaving: [{ inspector: hex('3'), ground: 'RECUSAL' }] })
    expect(made([known]).objects[0]?.recusals).toEqual([{ inspector: hex('3'), ground: 'KINSHIP' }])
  })

  it('DRW-13 keeps the order of the recusals, and a ground that one had before', () => {
    const recusals = ['3', '1'].map((name) => ({ inspector: hex(name), ground: 'KINSHIP' }))
    const asked = [{ label: hex('f'), specialities: ['食品', '特种设备'], recusals, lastInspectors: [] }]
    const leaving = ['4', '3', '2'].map((name) => ({ inspector: hex(name), ground: 'LEAVE' }))
    const candidates = ['1', '2', '3', '4', '5'].map((name) => candidate(name))
    const [own] = made([team({ kept: [hex('5')], leader: null, leaving })], { needs: asked, candidates }).objects
    expect(own?.recusals).toEqual([
      { inspector: hex('1'), ground: 'KINSHIP' },
      { inspector: hex('2'), ground: 'LEAVE' },
      { inspector: hex('3'), ground: 'KINSHIP' },
      { inspector: hex('4'), ground: 'LEAVE' },
    ])
    expect(own?.specialities).toEqual(['特种设备', '食品'])
    expect(own?.leader).toBe(null)
  })

  it('DRW-14 has a line for an object that asks for nothing, and none for one that is not matched anew', () => {
    expect(made([team({ label: hex('a') })]).objects).toMatchObject([{ label: hex('a'), specialities: [], lastInspectors: [] }])
  })

  it('POL-01 names who checked the object last, as the file of a draw does', () => {
    const known = [{ label: hex('f'), specialities: [], recusals: [], lastInspectors: [hex('3'), hex('9')] }]
    expect(made([team()], { needs: known }).objects[0]?.lastInspectors).toEqual([hex('3')])
    expect(made([team()], { needs: known, terms: { ...terms, lastInspector: 'ignore' } }).objects[0]?.lastInspectors).toEqual([])
  })

  it('DRW-14 keeps nobody who has left the pool of the unit since', () => {
    expect(made([team({ kept: [hex('1'), hex('9')], leader: hex('9') })]).objects).toMatchObject([{ kept: [hex('1')], leader: null }])
  })

  it('DRW-13 keeps nobody who is recused by now', () => {
    const both = team({ kept: [hex('1'), hex('3')], leader: hex('3'), leaving: [] })
    expect(made([both]).objects).toMatchObject([{ kept: [hex('1')], leader: null, recusals: [{ inspector: hex('3'), ground: 'KINSHIP' }] }])
    const recusals = ['2', '3'].map((name) => ({ inspector: hex(name), ground: 'KINSHIP' }))
    const asked = [{ label: hex('f'), specialities: [], recusals, lastInspectors: [] }]
    expect(made([both], { needs: asked }).objects).toMatchObject([{ kept: [hex('1')], leader: null }])
  })
})

describe('parseMatchInput', () => {
  it('DRW-31 reads a file back as it was written', () => {
    const other = { ...unit, unitId: '230300-gaj' as UnitId }
    const needs = [{ label: hex('f'), specialities: ['食品'], recusals: [], lastInspectors: [] }]
    const made = valueOf(matchInputOf(input({ unit: other, candidates: [candidate('1', { unitId: other.unitId })], needs })))
    expect(made.initiator).toBe(false)
    expect(parseMatchInput(matchInputText(made))).toEqual(made)
  })

  it('throws on a file that is not one', () => {
    expect(() => parseMatchInput('{}')).toThrow('broken')
    expect(() => parseMatchInput('{"type":"other"}\n')).toThrow('not a match input')
  })
})
