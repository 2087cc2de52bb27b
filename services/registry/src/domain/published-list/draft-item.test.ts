import { describe, expect, it } from 'vitest'
import { type CheckItem, checkItemProblems } from '../check-item.ts'
import { assembleItem, type ListSettings, wholeItem } from './draft-item.ts'
import type { ItemPatch } from './item-patch.ts'
import type { ListedRow } from './listed-row.ts'

const row: ListedRow = {
  lineNo: 7,
  line: 8,
  cells: [{ column: '检查对象', text: '各类影剧院' }],
  name: '影剧院卫生状况的检查',
  objectScope: '各类影剧院',
  initiator: '七台河市文化和旅游局',
  participants: ['七台河市宣传部'],
  refused: {},
  asked: new Set(),
}

const settled: ItemPatch = {
  itemClass: 'GENERAL',
  fieldClass: 'GENERAL',
  legalBasis: '《公共场所卫生管理条例》',
  checkContentFrom: 'name',
  checkMethod: '现场检查',
  kinds: ['ENTERPRISE'],
  industryPrefixes: ['R8760'],
}

const settings: ListSettings = { codePrefix: 'QT', listType: 'JOINT', superiorItems: [] }

const askedOf = (given: Partial<ListedRow>, patch: ItemPatch, more: Partial<ListSettings> = {}): Readonly<Record<string, string>> => {
  const { questions } = assembleItem({ ...row, ...given }, patch, { ...settings, ...more })
  return Object.fromEntries(questions.map(({ field, code }) => [field, code]))
}

const without = (member: keyof ItemPatch): ItemPatch => Object.fromEntries(Object.entries(settled).filter(([name]) => name !== member))

describe('an item of a published list', () => {
  it('REG-02 REG-03 asks for everything the table does not say, and guesses nothing', () => {
    expect(askedOf({}, {})).toEqual({
      legalBasis: 'legal-basis-missing',
      checkContent: 'check-content-missing',
      checkMethod: 'check-method-missing',
      applicability: 'applicability-missing',
      itemClass: 'item-class-missing',
      fieldClass: 'field-class-missing',
    })
  })

  it('REG-02 is whole once the answers are in; its body is who initiates and who takes part', () => {
    const { known, questions } = assembleItem(row, settled, settings)
    expect(questions).toEqual([])
    const byKindAlone = assembleItem(row, without('industryPrefixes'), settings).known.applicability
    expect(byKindAlone).toEqual({ kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] })
    expect(wholeItem(known)).toEqual({
      code: 'QT-07',
      name: '影剧院卫生状况的检查',
      itemClass: 'GENERAL',
      fieldClass: 'GENERAL',
      legalBasis: '《公共场所卫生管理条例》',
      checkingBody: '七台河市文化和旅游局（发起）、七台河市宣传部（配合）',
      checkContent: '影剧院卫生状况的检查',
      checkMethod: '现场检查',
      keyGrounds: [],
      specialities: [],
      applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['R8760'], tags: [] },
      listType: 'JOINT',
      parentItemCode: null,
      synthetic: false,
    })
  })

  it.each([
    ['legalBasis', 'legal-basis-missing'],
    ['checkContentFrom', 'check-content-missing'],
    ['checkMethod', 'check-method-missing'],
    ['itemClass', 'item-class-missing'],
    ['fieldClass', 'field-class-missing'],
    ['kinds', 'applicability-missing'],
  ] as const)('REG-02 REG-03 REG-28 is not whole without %s', (member, code) => {
    const { known, questions } = assembleItem(row, without(member), settings)
    expect(questions.map((question) => question.code)).toEqual([code])
    expect(wholeItem(known)).toBeUndefined()
  })

  it('REG-02 is not whole without a code, a list type or a name', () => {
    expect(wholeItem(assembleItem(row, settled, { listType: 'JOINT', superiorItems: [] }).known)).toBeUndefined()
    expect(wholeItem(assembleItem(row, settled, { codePrefix: 'QT', superiorItems: [] }).known)).toBeUndefined()
    const { name: _name, ...nameless } = row
    const { known, questions } = assembleItem(nameless, { ...settled, checkContent: '内容' }, settings)
    expect(questions.map(({ field }) => field)).toContain('name')
    expect(wholeItem(known)).toBeUndefined()
  })

  it('REG-02 is as people settled it in every part, and what they took away is not there', () => {
    const patch = { ...settled, specialities: ['食品'], synthetic: true, ratioCap: '5%', tags: ['规模:大型'] } as const
    expect(assembleItem(row, patch, settings).known).toMatchObject({
      specialities: ['食品'],
      synthetic: true,
      ratioCap: '5%',
      applicability: { tags: ['规模:大型'] },
    })
    expect(assembleItem(row, { ...patch, ratioCap: null }, settings).known).not.toHaveProperty('ratioCap')
  })

  it('REG-02 has the one who initiates for its body where nobody takes part, and none where nobody initiates', () => {
    const bodyOf = (given: Partial<ListedRow>) => assembleItem({ ...row, ...given }, settled, settings).known.checkingBody
    const { participants: _participants, ...alone } = row
    expect(assembleItem(alone, settled, settings).known.checkingBody).toBe('七台河市文化和旅游局')
    expect(bodyOf({ participants: [] })).toBe('七台河市文化和旅游局')
    const { initiator: _initiator, ...led } = row
    expect(assembleItem(led, settled, settings).known.checkingBody).toBeUndefined()
  })

  it('REG-02 REG-28 is whole without what nobody has to settle, and not without objects it applies to', () => {
    const {
      specialities: _specialities,
      synthetic: _synthetic,
      keyGrounds: _grounds,
      ...least
    } = assembleItem(row, settled, settings).known
    expect(wholeItem(least)).toEqual(wholeItem(assembleItem(row, settled, settings).known))
    const { applicability: _applicability, ...nowhere } = least
    expect(wholeItem(nowhere)).toBeUndefined()
  })

  it('REG-03 a key item asks for its ground, a general one with a ground is asked about', () => {
    expect(askedOf({}, { ...settled, itemClass: 'KEY' })).toEqual({ keyGrounds: 'key-ground-missing' })
    expect(askedOf({}, { ...settled, itemClass: 'KEY', keyGrounds: ['SAFETY'] })).toEqual({})
    expect(askedOf({}, { ...settled, keyGrounds: ['SAFETY'] })).toEqual({ keyGrounds: 'key-ground-on-general-item' })
  })

  it('REG-02 does not ask twice for what the reader of the table asks already', () => {
    const { initiator: _initiator, participants: _participants, ...bodiless } = row
    const { questions } = assembleItem(bodiless, settled, settings)
    expect(questions.map(({ code }) => code)).toEqual(['checking-body-missing'])
    expect(assembleItem({ ...bodiless, asked: new Set(['participants']) }, settled, settings).questions).toEqual([])
    expect(assembleItem({ ...bodiless, asked: new Set(['initiator']) }, settled, settings).questions).toEqual([])
    expect(askedOf({ asked: new Set(['methods']) }, without('checkMethod'))).toEqual({})
    const { name: _name, ...nameless } = row
    const nameAsked = { ...nameless, asked: new Set(['name']) }
    expect(assembleItem(nameAsked, { ...settled, checkContent: '内容' }, settings).questions).toEqual([])
    expect(assembleItem(nameAsked, settled, settings).questions).toEqual([])
    expect(assembleItem(nameAsked, without('checkMethod'), settings).questions.map(({ field }) => field)).toEqual(['checkMethod'])
  })

  it('DQ-04 names a text of the table that the register refuses, in place of calling it missing', () => {
    const refused = { itemClass: { column: '事项类别', text: '行政检查', code: 'unknown-word', reason: '“行政检查”不在允许的取值内' } }
    const { questions } = assembleItem({ ...row, refused }, without('itemClass'), settings)
    expect(questions).toMatchObject([{ code: 'item-class-refused', column: '事项类别', cell: '行政检查' }])
    expect(questions[0]?.message).toContain('“行政检查”不在允许的取值内')
  })

  it('asks which objects the scope of the table means', () => {
    const question = assembleItem(row, without('kinds'), settings).questions.find(({ field }) => field === 'applicability')
    expect(question).toMatchObject({ column: '检查对象', cell: '各类影剧院', accepts: ['kinds', 'industryPrefixes', 'tags', 'omit'] })
    expect(question?.message).toContain('各类影剧院')
  })
})

describe('the parent of an item', () => {
  const parent = (code: string, name: string) =>
    ({ ...(wholeItem(assembleItem(row, settled, settings).known) as CheckItem), code, name }) as CheckItem
  const superiorItems = [parent('HLJ-1', '影剧院卫生状况的检查'), parent('HLJ-2', '影剧院卫生制度的检查'), parent('HLJ-3', '烟草零售')]

  it('REG-07 is the one item of the superior’s list with the same name, else somebody says which', () => {
    expect(checkItemProblems(superiorItems[0] as CheckItem)).toEqual([])
    expect(assembleItem(row, settled, { ...settings, superiorItems }).known.parentItemCode).toBe('HLJ-1')
    const { known, questions } = assembleItem({ ...row, name: '影剧院卫生制度检查' }, settled, { ...settings, superiorItems })
    expect(questions).toMatchObject([{ field: 'parentItemCode', code: 'parent-item-open' }])
    expect(questions[0]?.options.map(({ value }) => value)).toEqual(['HLJ-2', 'HLJ-1', 'none'])
    expect(wholeItem(known)).toBeUndefined()
  })

  it('REG-07 may be none, and is not asked about where no superior has a list', () => {
    const other = { ...row, name: '游泳场（馆）的检查' }
    expect(assembleItem(other, { ...settled, parentItemCode: null }, { ...settings, superiorItems })).toMatchObject({
      known: { parentItemCode: null },
      questions: [],
    })
    expect(assembleItem(other, settled, settings)).toMatchObject({ known: { parentItemCode: null }, questions: [] })
  })

  it('REG-07 two items of one name are asked about', () => {
    const twins = [parent('HLJ-1', row.name ?? ''), parent('HLJ-9', row.name ?? '')]
    expect(askedOf({}, settled, { superiorItems: twins })).toEqual({ parentItemCode: 'parent-item-open' })
  })
})
