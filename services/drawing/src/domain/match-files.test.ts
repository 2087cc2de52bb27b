import { matchInputText } from '@dual-random/draw'
import type { LocalDate, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { hex, line, terms } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import { type Candidate, matchInputOf, parseMatchInput, type UnitInput } from './match-files.ts'
import type { LineUnit } from './plan-line.ts'

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
      },
      { label: hex('d'), specialities: [], recusals: [{ inspector: hex('9'), ground: 'OTHER' }] },
      { label: hex('c'), specialities: ['食品'], recusals: [] },
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
    ])
  })
})

describe('parseMatchInput', () => {
  it('DRW-31 reads a file back as it was written', () => {
    const other = { ...unit, unitId: '230300-gaj' as UnitId }
    const needs = [{ label: hex('f'), specialities: ['食品'], recusals: [] }]
    const made = valueOf(matchInputOf(input({ unit: other, candidates: [candidate('1', { unitId: other.unitId })], needs })))
    expect(made.initiator).toBe(false)
    expect(parseMatchInput(matchInputText(made))).toEqual(made)
  })

  it('throws on a file that is not one', () => {
    expect(() => parseMatchInput('{}')).toThrow('broken')
    expect(() => parseMatchInput('{"type":"other"}\n')).toThrow('not a match input')
  })
})
