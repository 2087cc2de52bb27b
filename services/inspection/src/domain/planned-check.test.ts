import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { day, item } from '../../tests/support/records.ts'
import { type CheckOfLine, type LineObjects, plannedMismatches, type UndrawnLine } from './planned-check.ts'

const region = (code: string) => code as RegionCode
const unit = (id: string) => id as UnitId

const line: UndrawnLine = {
  regionCode: region('230300'),
  kind: 'KEY_SUPERVISION',
  taskName: '电梯重点检查',
  itemCodes: [item('T1'), item('T2')],
  objects: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: ['CARRIER:电梯'] },
  unitIds: [unit('230300-scj'), unit('230302-scj')],
  window: { start: day('2026-04-01'), end: day('2026-06-30') },
  matter: { matterId: 'ZD-01', name: '电梯使用安全' },
}
/** As planned, on all days there are. */
const check: CheckOfLine = {
  planned: { planId: 'p1', lineId: 'L03' },
  matter: { matterId: 'ZD-01', name: '电梯使用安全' },
  regionCode: region('230300'),
  unitId: unit('230300-scj'),
  window: line.window,
  itemCodes: [item('T2')],
  object: { kind: 'ENTERPRISE', industry: 'F5211', tags: ['CARRIER:电梯'] },
}
const found = (changes: Partial<CheckOfLine>, of: Partial<UndrawnLine> = {}) =>
  plannedMismatches({ ...line, ...of }, { ...check, ...changes })
const codes = (changes: Partial<CheckOfLine>, of: Partial<UndrawnLine> = {}) => found(changes, of).map(({ code }) => code)
const otherKinds = ['SPECIAL_CHECK', 'FULL_COVERAGE_PATROL', 'CAMPAIGN']
/** A check that rests on the plan alone, against a line that is no key supervision. */
const ofOther = (changes: Partial<CheckOfLine>, of: Partial<UndrawnLine> = {}) => {
  const { matter: _planned, ...otherLine } = line
  const { matter: _given, ...otherCheck } = check
  return plannedMismatches({ ...otherLine, kind: 'CAMPAIGN', ...of }, { ...otherCheck, ...changes })
}

describe('a check against the line it names', () => {
  it('PLN-11 TGT-05 is as planned where kind, matter, unit, region, days, items and object are', () => {
    expect(found({})).toEqual([])
    expect(found({ itemCodes: line.itemCodes, unitId: unit('230302-scj'), regionCode: region('230302') })).toEqual([])
  })

  it('PLN-11 is of key supervision where it names a matter, and of another kind where it names none; of the wrong kind nothing else is compared', () => {
    for (const kind of otherKinds) {
      expect(found({ unitId: unit('x') }, { kind })).toEqual([
        { code: 'planned-kind', pointer: '/opening/planned/lineId', lineId: 'L03', kind },
      ])
      expect(ofOther({}, { kind })).toEqual([])
    }
    const { matter: _matter, ...without } = check
    expect(plannedMismatches(line, { ...without, unitId: unit('x') })).toEqual([
      { code: 'planned-key-supervision', pointer: '/opening/planned/lineId', lineId: 'L03' },
    ])
  })

  it('PLN-11 PLN-19 PLN-20 of a special check, a patrol or a campaign is held against the line as one of key supervision is', () => {
    const other = {
      unitId: unit('x'),
      regionCode: region('230400'),
      window: { start: day('2026-07-01'), end: day('2026-07-02') },
      itemCodes: [item('X1')],
      object: { kind: 'PROJECT' as const, industry: '', tags: [] },
    }
    const differing = ['planned-region', 'planned-unit', 'planned-window', 'planned-item', 'planned-object']
    for (const kind of otherKinds) expect(ofOther(other, { kind }).map(({ code }) => code)).toEqual(differing)
  })

  it('PLN-20 asks for items where the line has some; a campaign about what no list has is checked as such', () => {
    expect(ofOther({ itemCodes: [] })).toEqual([{ code: 'opening-items-missing', pointer: '/itemCodes' }])
    expect(ofOther({ itemCodes: [] }, { itemCodes: [] })).toEqual([])
  })

  it('TGT-11 is of no line whose checks a draw makes', () => {
    expect(ofOther({ unitId: unit('x') }, { kind: 'SPECIAL_CHECK', madeBy: 'L01' })).toEqual([
      { code: 'planned-by-draw', pointer: '/opening/planned/lineId', lineId: 'L03', madeBy: 'L01' },
    ])
  })

  it('PLN-11 is of the line’s matter, by id and by name', () => {
    expect(found({ matter: { matterId: 'ZD-02', name: '电梯使用安全' } })).toEqual([
      { code: 'planned-matter', pointer: '/opening/planned/matterId', matterId: 'ZD-02', planned: 'ZD-01' },
    ])
    expect(found({ matter: { matterId: 'ZD-01', name: '锅炉安全' } })).toEqual([
      { code: 'planned-matter-name', pointer: '/opening/matter', matter: '锅炉安全', planned: '电梯使用安全' },
    ])
    const { matter: _matter, ...without } = line
    expect(plannedMismatches(without, check)).toMatchObject([{ code: 'planned-matter', planned: '' }])
  })

  it('PLN-11 is opened by one of the line’s units', () => {
    expect(found({ unitId: unit('230300-xfj') })).toEqual([
      { code: 'planned-unit', pointer: '/opening/planned/lineId', unitId: '230300-xfj', planned: '230300-scj、230302-scj' },
    ])
  })

  it('PLN-11 is in the plan’s region or below it, not beside or above', () => {
    expect(codes({ regionCode: region('230302') })).toEqual([])
    expect(found({ regionCode: region('230400') })).toEqual([
      { code: 'planned-region', pointer: '/opening/planned/planId', regionCode: '230400', planned: '230300' },
    ])
    expect(codes({ regionCode: region('230000') })).toEqual(['planned-region'])
    expect(codes({}, { regionCode: region('230302') })).toEqual(['planned-region'])
  })

  it('PLN-11 lies within the line’s days, the first and the last among them', () => {
    const window = (start: string, end: string) => ({ window: { start: day(start), end: day(end) } })
    expect(codes(window('2026-04-01', '2026-04-01'))).toEqual([])
    expect(codes(window('2026-06-30', '2026-06-30'))).toEqual([])
    expect(codes(window('2026-03-31', '2026-04-15'))).toEqual(['planned-window'])
    expect(found(window('2026-06-15', '2026-07-01'))).toEqual([
      {
        code: 'planned-window',
        pointer: '/window',
        start: '2026-06-15',
        end: '2026-07-01',
        plannedStart: '2026-04-01',
        plannedEnd: '2026-06-30',
      },
    ])
  })

  it('PLN-11 is of the line’s items alone, each other one named; of a line without items any goes', () => {
    expect(found({ itemCodes: [item('T1'), item('X1'), item('X2')] })).toEqual([
      { code: 'planned-item', pointer: '/itemCodes/1', itemCode: 'X1', planned: 'T1、T2' },
      { code: 'planned-item', pointer: '/itemCodes/2', itemCode: 'X2', planned: 'T1、T2' },
    ])
    expect(codes({ itemCodes: [item('X1')] }, { itemCodes: [] })).toEqual([])
  })

  it('PLN-11 is of an object within the line’s scope, found as registry finds the objects of a matter', () => {
    const of = (object: Partial<CheckOfLine['object']>, objects: Partial<LineObjects> = {}) =>
      codes({ object: { ...check.object, ...object } }, { objects: { ...line.objects, ...objects } })
    expect(found({ object: { kind: 'PRODUCT', industry: '', tags: ['CARRIER:电梯'] } })).toEqual([
      { code: 'planned-object', pointer: '/objectId', object: 'PRODUCT、CARRIER:电梯', planned: 'ENTERPRISE、CARRIER:电梯' },
    ])
    expect(of({ tags: ['CARRIER:锅炉'] })).toEqual(['planned-object'])
    expect(of({ tags: [] }, { tags: [] })).toEqual([])
    expect(of({ tags: [] }, { industryPrefixes: ['F52'] })).toEqual([])
    expect(of({ tags: [] }, { industryPrefixes: ['F5211'] })).toEqual([])
    expect(of({ tags: [] }, { industryPrefixes: ['F521'], tags: [] })).toEqual([])
    expect(of({ tags: [] }, { industryPrefixes: ['F52110'] })).toEqual(['planned-object'])
    expect(of({}, { industryPrefixes: ['H62'] })).toEqual([])
    expect(of({ tags: [], industry: '' }, { industryPrefixes: ['F'], tags: [] })).toEqual(['planned-object'])
  })

  it('PLN-11 is told everything in which it differs at once', () => {
    const other = {
      matter: { matterId: 'ZD-02', name: '锅炉安全' },
      unitId: unit('x'),
      regionCode: region('230400'),
      window: { start: day('2026-07-01'), end: day('2026-07-02') },
      itemCodes: [item('X1')],
      object: { kind: 'PROJECT' as const, industry: '', tags: [] },
    }
    expect(codes(other)).toEqual(['planned-matter', 'planned-region', 'planned-unit', 'planned-window', 'planned-item', 'planned-object'])
  })
})
