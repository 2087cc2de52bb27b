import type { Instant, Json, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { addingDistricts, approvedJointList, includingProvince, policyWith } from '../../tests/policies.ts'
import type { CheckItem } from './check-item.ts'
import type { ItemProposal, ProposalStatus } from './item-proposal.ts'
import { type ListPublishing, ruleProblems, type SuperiorItem } from './list-rules.ts'

const province = '230000' as RegionCode
const city = '230300' as RegionCode
const county = '230302' as RegionCode

const publishing = (rules: Readonly<Record<string, Json>>, members: Partial<ListPublishing>): ListPublishing => ({
  listId: 'list-1',
  regionCode: city,
  department: '市场监管',
  businessLine: '市场监管',
  items: [],
  current: [],
  superior: [],
  siblings: [],
  editions: new Map(),
  proposals: [],
  policy: policyWith(rules),
  ...members,
})

const found = (rules: Readonly<Record<string, Json>>, members: Partial<ListPublishing>): readonly string[] =>
  ruleProblems(publishing(rules, members)).map(({ code, itemCode }) => `${itemCode} ${code}`)

const superior = (item: CheckItem, members: Partial<SuperiorItem> = {}): SuperiorItem => ({
  item,
  level: 'PROVINCE',
  department: '市场监管',
  businessLine: '市场监管',
  ...members,
})

const proposal = (
  purpose: 'LOCAL_INCLUSION' | 'JOINT_ITEM' | 'KEY_ITEM',
  item: CheckItem,
  status: ProposalStatus = 'APPROVED',
): ItemProposal => ({
  proposalId: 'p1',
  purpose,
  listId: 'list-1',
  item,
  regionCode: city,
  unitId: '230300-scj' as UnitId,
  addresseeUnitId: '230000-scj' as UnitId,
  addresseeRegionCode: province,
  approvingDepartment: null,
  reason: '地方立法',
  status,
  steps: [{ status: 'SUBMITTED', at: '2026-01-01T00:00:00.000Z' as Instant, by: 'li', unitId: '230300-scj' as UnitId, note: null }],
})

const key = (code: string) => checkItem(code, { itemClass: 'KEY', keyGrounds: ['SAFETY'] })
const capped = (code: string, members: Partial<CheckItem> = {}) => checkItem(code, { ratioCap: '5%', ...members })

describe('upper limits', () => {
  it('REG-06 no general item without one where policy asks for it, any where it does not', () => {
    const rules = { 'item.generalCapRequired': true }
    expect(found(rules, { items: [checkItem('A'), capped('B')] })).toEqual(['A ratio-cap-missing'])
    expect(found({ 'item.generalCapRequired': false }, { items: [checkItem('A')] })).toEqual([])
    expect(found({}, { items: [checkItem('A')] })).toEqual([])
  })

  it('REG-05 a key item needs none, even where general items do', () => {
    expect(found({ 'item.generalCapRequired': true }, { items: [key('K')] })).toEqual([])
  })
})

describe('key items', () => {
  const rules = { 'item.keyControlled': true }

  it('REG-04 a new mark waits for an approval of its own; a mark that stands needs no second one', () => {
    expect(found(rules, { items: [key('K')] })).toEqual(['K key-mark-not-approved'])
    expect(found(rules, { items: [key('K')], proposals: [proposal('KEY_ITEM', key('K'), 'SUBMITTED')] })).toEqual([
      'K key-mark-not-approved',
    ])
    expect(found(rules, { items: [key('K')], proposals: [proposal('KEY_ITEM', key('K'))] })).toEqual([])
    expect(found(rules, { items: [key('K')], current: [key('K')] })).toEqual([])
    expect(found(rules, { items: [key('K')], current: [checkItem('K')] })).toEqual(['K key-mark-not-approved'])
  })

  it('REG-04 an approval for another list backs nothing, and without control none is needed', () => {
    const elsewhere = { ...proposal('KEY_ITEM', key('K')), listId: 'list-2' } as ItemProposal
    expect(found(rules, { items: [key('K')], proposals: [elsewhere] })).toEqual(['K key-mark-not-approved'])
    expect(found({}, { items: [key('K')] })).toEqual([])
  })

  it('REG-04 only a mark as key is controlled, and only an approval of the mark backs it, also once it was included', () => {
    expect(found(rules, { items: [checkItem('G')] })).toEqual([])
    const otherwise = proposal('LOCAL_INCLUSION', key('K'))
    expect(found(rules, { items: [key('K')], proposals: [otherwise] })).toContain('K key-mark-not-approved')
    expect(found(rules, { items: [key('K')], proposals: [proposal('KEY_ITEM', key('K'), 'INCLUDED')] })).toEqual([])
    expect(found(rules, { items: [key('K')], proposals: [proposal('KEY_ITEM', key('K'), 'WITHDRAWN')] })).toEqual([
      'K key-mark-not-approved',
    ])
  })
})

describe('district lists', () => {
  const rules = { 'item.localPower': addingDistricts['item.localPower'] }
  const inherited = [superior(checkItem('S1')), superior(checkItem('S2'))]

  it('REG-08 Appendix F 11: deleting an inherited item is refused, adding one passes', () => {
    const all = [checkItem('S1'), checkItem('D2', { parentItemCode: 'S2' })]
    expect(found(rules, { regionCode: county, items: all, superior: inherited })).toEqual([])
    expect(found(rules, { regionCode: county, items: [...all, checkItem('D9')], superior: inherited })).toEqual([])
    expect(found(rules, { regionCode: county, items: all.slice(0, 1), superior: inherited })).toEqual(['S2 inherited-item-missing'])
  })

  it('REG-08 inherits what is internal: a joint item of the superior’s may be left out', () => {
    const joint = superior(checkItem('J1', { listType: 'JOINT' }))
    expect(found(rules, { regionCode: county, items: [checkItem('S1')], superior: [...inherited.slice(0, 1), joint] })).toEqual([])
  })

  it('REG-08 leaves items of other business lines to their own lists', () => {
    const other = superior(checkItem('X1'), { businessLine: '特种设备' })
    expect(found(rules, { regionCode: county, items: [checkItem('S1')], superior: [...inherited.slice(0, 1), other] })).toEqual([])
  })
})

describe('lists under a province that includes local items', () => {
  const provincial = [superior(checkItem('P1'))]

  it('REG-09 Appendix F 11: an addition of a city is refused without inclusion by the province', () => {
    const items = [checkItem('P1'), checkItem('C1', { parentItemCode: 'P1' }), checkItem('C9')]
    expect(found(includingProvince, { items, superior: provincial })).toEqual(['C9 item-exceeds-provincial-list'])
    expect(found(includingProvince, { regionCode: province, items: [checkItem('C9')] })).toEqual([])
  })

  it('REG-09 what a county adds is measured by the internal items of the province, neither by the city’s nor by joint ones', () => {
    const lists = [...provincial, superior(checkItem('C1'), { level: 'CITY' }), superior(checkItem('J1', { listType: 'JOINT' }))]
    const items = [checkItem('P1'), checkItem('C1'), checkItem('K1', { parentItemCode: 'J1' })]
    expect(found(includingProvince, { regionCode: county, items, superior: lists })).toEqual([
      'C1 item-exceeds-provincial-list',
      'K1 item-exceeds-provincial-list',
    ])
    const joint = { items: [checkItem('J1', { listType: 'JOINT' })], superior: lists }
    expect(found(includingProvince, joint)).toEqual([])
  })

  it.each(['PROVINCE_PUBLISHES', 'PROVINCE_ADDS_LOCAL_REGULATION'])('REG-07 under %s a list below the province is free', (power) => {
    expect(found({ 'item.localPower': power }, { items: [checkItem('C9')], superior: provincial })).toEqual([])
  })

  it('REG-09 while the province’s list is not in the register, only policy lets a city’s stand alone', () => {
    const alone = { items: [checkItem('C1')] }
    expect(found(includingProvince, alone)).toEqual(['C1 item-exceeds-provincial-list'])
    expect(found({ ...includingProvince, 'item.superiorListMissing': 'REFUSED' }, alone)).toEqual(['C1 item-exceeds-provincial-list'])
    const accepting = { ...includingProvince, 'item.superiorListMissing': 'ACCEPTED' }
    expect(found(accepting, alone)).toEqual([])
    expect(found(accepting, { ...alone, superior: provincial })).toEqual(['C1 item-exceeds-provincial-list'])
  })

  it('REG-09 an included local item is usable in the place of its regulation only', () => {
    const local = (regionScope?: readonly RegionCode[]) => checkItem('L1', regionScope === undefined ? {} : { regionScope })
    const backed = (item: CheckItem) => ({ regionCode: province, items: [item], proposals: [proposal('LOCAL_INCLUSION', local())] })
    expect(found(includingProvince, backed(local([city])))).toEqual([])
    expect(found(includingProvince, backed(local([county])))).toEqual([])
    expect(found(includingProvince, backed(local()))).toEqual(['L1 scope-not-as-approved'])
    expect(found(includingProvince, backed(local(['230400' as RegionCode])))).toEqual(['L1 scope-not-as-approved'])
    expect(found(includingProvince, backed(local([city, '230400' as RegionCode])))).toEqual(['L1 scope-not-as-approved'])
    const ofOtherList = { ...proposal('LOCAL_INCLUSION', local()), listId: 'list-2' } as ItemProposal
    expect(found(includingProvince, { ...backed(local()), proposals: [ofOtherList] })).toEqual([])
  })

  it('REG-09 no scope reaches beyond the region of its list', () => {
    const items = [checkItem('A', { regionScope: [county] }), checkItem('B', { regionScope: ['230400' as RegionCode] })]
    expect(found({}, { items })).toEqual(['B scope-outside-region'])
  })
})

describe('the provincial list over the national one', () => {
  const rule = { department: '市场监管', baseEdition: '总局清单', basisKinds: ['LOCAL_REGULATION'] }
  const rules = { 'item.provincialList': rule }
  const national = [checkItem('N1'), checkItem('N2')]
  const on = (items: readonly CheckItem[], members: Partial<ListPublishing> = {}) => ({
    regionCode: province,
    items,
    editions: new Map([['总局清单', national]]),
    ...members,
  })
  const own = (legalBasisKind?: CheckItem['legalBasisKind']) => checkItem('P9', legalBasisKind === undefined ? {} : { legalBasisKind })

  it('REG-07 has every item of the national list, by its code or as parent', () => {
    expect(found(rules, on([checkItem('N1'), checkItem('P2', { parentItemCode: 'N2' })]))).toEqual([])
    expect(found(rules, on([checkItem('N1')]))).toEqual(['N2 national-item-missing'])
    expect(found(rules, on([], { current: national }))).toEqual(['N1 national-item-missing', 'N2 national-item-missing'])
  })

  it('REG-07 adds what rests on a local regulation, and nothing that says no basis or another', () => {
    expect(found(rules, on([...national, own('LOCAL_REGULATION')]))).toEqual([])
    expect(found(rules, on([...national, own('LAW')]))).toEqual(['P9 basis-kind-not-allowed'])
    expect(found(rules, on([...national, own()]))).toEqual(['P9 basis-kind-not-allowed'])
    const wider = { 'item.provincialList': { ...rule, basisKinds: ['LOCAL_REGULATION', 'LAW'] } }
    expect(found(wider, on([...national, own('LAW')]))).toEqual([])
  })

  it('REG-07 is held against the national list alone: neither another edition nor another list of the province stands in for it', () => {
    const others = { editions: new Map([['别的清单', national]]), siblings: national }
    expect(found(rules, on([checkItem('N1')], others))).toEqual(['N1 national-list-missing'])
    expect(found({ ...rules, 'item.superiorListMissing': 'REFUSED' }, on([own()], others))).toEqual(['P9 national-list-missing'])
    expect(found({ ...rules, 'item.superiorListMissing': 'ACCEPTED' }, on([own()], others))).toEqual([])
  })

  it('REG-07 is held against the internal items of a list that has joint ones too, and against those alone', () => {
    const joint = checkItem('J1', { listType: 'JOINT' })
    expect(found(rules, on([...national, joint]))).toEqual([])
    expect(found(rules, on([checkItem('N1'), joint]))).toEqual(['N2 national-item-missing'])
    expect(found(rules, on([joint, own()], { editions: new Map() }))).toEqual(['P9 national-list-missing'])
  })

  it('REG-07 leaves alone the national list itself, joint lists, other departments and lists below, and every list where policy asks nothing', () => {
    const joint = checkItem('J1', { listType: 'JOINT' })
    expect(found(rules, on([checkItem('N1')], { edition: '总局清单' }))).toEqual([])
    expect(found(rules, on([joint]))).toEqual([])
    expect(found(rules, on([checkItem('N1')], { editions: new Map([['总局清单', [checkItem('N1'), joint]]]) }))).toEqual([])
    expect(found(rules, on([own()], { department: '消防救援' }))).toEqual([])
    expect(found(rules, on([own()], { regionCode: city }))).toEqual([])
    expect(found({ 'item.localPower': 'PROVINCE_PUBLISHES' }, on([own()]))).toEqual([])
  })
})

describe('division additions', () => {
  const rules = { 'item.divisionAdditions': addingDistricts['item.divisionAdditions'] }
  const base = [checkItem('N1')]
  const on = (items: readonly CheckItem[], members: Partial<ListPublishing> = {}) => ({
    regionCode: province,
    items,
    siblings: base,
    ...members,
  })

  it('REG-10 what is added to the national list names its division and rests on one of three bases', () => {
    const own = checkItem('M1', { division: '食品经营处', legalBasisKind: 'LOCAL_REGULATION' })
    expect(found(rules, on([own]))).toEqual([])
    expect(found(rules, on([checkItem('M1', { division: '食品经营处', legalBasisKind: 'LAW' })]))).toEqual(['M1 basis-kind-not-allowed'])
    expect(found(rules, on([checkItem('M1', { legalBasisKind: 'HANDED_OVER' })]))).toEqual(['M1 division-missing'])
  })

  it('REG-10 an item of the national list is no addition, nor is the national list itself', () => {
    expect(found(rules, on([checkItem('M1', { parentItemCode: 'N1' }), checkItem('N1')]))).toEqual([])
    const edition = addingDistricts['item.divisionAdditions'].baseEdition
    expect(found(rules, on(base, { siblings: [], edition }))).toEqual([])
    expect(found(rules, on([checkItem('M1')], { regionCode: county }))).toEqual([])
  })
})

describe('division additions below the province', () => {
  const rules = { 'item.divisionAdditions': { ...addingDistricts['item.divisionAdditions'], level: 'CITY' } }

  it('REG-10 an item that stands on any item of the superior’s list or of the base is no addition, nor is a joint item', () => {
    const lists = { superior: [superior(checkItem('P1')), superior(checkItem('P2'))], siblings: [checkItem('N1')] }
    const standing = [checkItem('P1'), checkItem('C1', { parentItemCode: 'P2' }), checkItem('C2', { parentItemCode: 'N1' })]
    expect(found(rules, { ...lists, items: [...standing, checkItem('J1', { listType: 'JOINT' })] })).toEqual([])
    expect(found(rules, { ...lists, items: [checkItem('C9')] })).toEqual(['C9 division-missing', 'C9 basis-kind-not-allowed'])
  })
})

describe('the joint list', () => {
  const joint = (code: string, members: Partial<CheckItem> = {}) => capped(code, { listType: 'JOINT', ...members })

  it('REG-17 is kept by the province alone where policy says so; a city repeats what stands on it', () => {
    const kept = [superior(joint('J1'))]
    const items = [joint('J1'), joint('C1', { parentItemCode: 'J1' }), joint('C9')]
    expect(found(includingProvince, { items, superior: kept })).toEqual(['C9 joint-list-kept-elsewhere'])
    expect(found(includingProvince, { items: [joint('J9')], regionCode: province })).toEqual([])
    expect(found(includingProvince, { items: [joint('J9')], regionCode: province, department: '消防救援' })).toEqual([
      'J9 joint-list-kept-elsewhere',
    ])
  })

  it('REG-17 below its keeper a joint item stands on the keeper’s joint list, not on another level’s nor on an internal item', () => {
    const rules = { 'item.jointList': approvedJointList['item.jointList'] }
    const lists = [superior(joint('J1'), { level: 'CITY' }), superior(joint('P1')), superior(capped('I1'), { level: 'CITY' })]
    const items = [joint('J1'), joint('P1'), joint('K1', { parentItemCode: 'I1' })]
    expect(found(rules, { regionCode: county, items, superior: lists })).toEqual([
      'P1 joint-list-kept-elsewhere',
      'K1 joint-list-kept-elsewhere',
    ])
  })

  it('REG-17 above its keeper, and where none is named, a joint list is free', () => {
    const rules = { 'item.jointList': approvedJointList['item.jointList'] }
    expect(found(rules, { regionCode: province, items: [joint('J9')] })).toEqual([])
    expect(found({}, { items: [joint('J9')] })).toEqual([])
  })

  it('REG-17 another department of the keeper’s level repeats its joint items, not its internal ones', () => {
    const fire = { regionCode: province, department: '消防救援', siblings: [joint('J1'), capped('I1')] }
    expect(found(includingProvince, { ...fire, items: [joint('J1'), joint('F1', { parentItemCode: 'J1' })] })).toEqual([])
    expect(found(includingProvince, { ...fire, items: [joint('I1')] })).toEqual(['I1 joint-list-kept-elsewhere'])
  })

  it('REG-17 holds only what the government approved, word for word, where policy asks for its approval', () => {
    const approved = [proposal('JOINT_ITEM', joint('J1'))]
    expect(found(approvedJointList, { items: [joint('J1')] })).toEqual(['J1 joint-item-not-approved'])
    expect(found(approvedJointList, { items: [joint('J1')], proposals: [proposal('JOINT_ITEM', joint('J1'), 'COLLATED')] })).toEqual([
      'J1 joint-item-not-approved',
    ])
    expect(found(approvedJointList, { items: [joint('J1')], proposals: approved })).toEqual([])
    expect(found(approvedJointList, { items: [joint('J1', { name: '改名' })], proposals: approved })).toEqual([
      'J1 joint-item-not-approved',
    ])
    expect(found(approvedJointList, { items: [joint('J0')], current: [joint('J0')] })).toEqual([])
  })
})

describe('department lists', () => {
  it('REG-18 stand on the list of the provincial competent department, not on another department’s', () => {
    const lists = [superior(capped('P1'), { department: '消防救援' }), superior(capped('Q1'))]
    const own = { department: '消防救援', superior: lists }
    expect(found(approvedJointList, { ...own, items: [capped('P1'), capped('C1', { parentItemCode: 'P1' })] })).toEqual([])
    expect(found(approvedJointList, { ...own, items: [capped('C2', { parentItemCode: 'Q1' })] })).toEqual(['C2 item-not-derived'])
    expect(found(approvedJointList, { ...own, superior: [], items: [capped('P1')] })).toEqual(['P1 item-not-derived'])
    const ofCity = superior(capped('M1'), { department: '消防救援', level: 'CITY' })
    expect(found(approvedJointList, { ...own, regionCode: county, superior: [...lists, ofCity], items: [capped('M1')] })).toEqual([
      'M1 item-not-derived',
    ])
  })
})

describe('parents', () => {
  it('REG-07 a parent stands on a superior’s list or on another list of the region', () => {
    const items = [
      checkItem('A', { parentItemCode: 'P1' }),
      checkItem('B', { parentItemCode: 'S1' }),
      checkItem('C', { parentItemCode: 'X' }),
    ]
    const lists = { superior: [superior(checkItem('P1'))], siblings: [checkItem('S1')] }
    expect(found({}, { items, ...lists })).toEqual(['C parent-item-unknown'])
    expect(found({}, { items, siblings: lists.siblings })).toEqual([])
  })
})
