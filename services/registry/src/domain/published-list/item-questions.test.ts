import type { ItemCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { CheckItem } from '../check-item.ts'
import { type AskedAbout, missingPart, openClass, openParent } from './item-questions.ts'
import type { ListedRow } from './listed-row.ts'

const row: ListedRow = { lineNo: 1, line: 2, cells: [{ column: '检查对象', text: ' 各类影剧院 ' }], refused: {}, asked: new Set() }
const about = (changes: Partial<AskedAbout> = {}): AskedAbout => ({ row, known: {}, ...changes })

describe('a question about a part that an item lacks', () => {
  it.each([
    ['name', 'name', 'name-missing', 'text', ['value', 'name', 'omit']],
    ['legalBasis', 'legalBasis', 'legal-basis-missing', 'text', ['value', 'legalBasis', 'omit']],
    [
      'checkingBody',
      'checkingBody',
      'checking-body-missing',
      'text',
      ['value', 'checkingBody', 'initiatorUnitId', 'participantUnitIds', 'omit'],
    ],
    ['checkContent', 'checkContent', 'check-content-missing', 'text', ['value', 'checkContent', 'omit']],
    ['checkMethod', 'checkMethod', 'check-method-missing', 'text', ['value', 'checkMethod', 'omit']],
    ['key-ground-missing', 'keyGrounds', 'key-ground-missing', 'texts', ['value', 'keyGrounds', 'itemClass', 'omit']],
    ['key-ground-on-general-item', 'keyGrounds', 'key-ground-on-general-item', undefined, ['itemClass', 'keyGrounds', 'omit']],
    ['cap-on-key-item', 'ratioCap', 'cap-on-key-item', undefined, ['itemClass', 'ratioCap', 'omit']],
    ['kinds-missing', 'applicability', 'applicability-missing', undefined, ['kinds', 'industryPrefixes', 'tags', 'omit']],
  ] as const)('REG-02 REG-03 REG-28 %s is asked about as %s, and says which answers settle it', (part, field, code, form, accepts) => {
    const question = missingPart(part, about())
    expect(question).toMatchObject({ field, code, accepts, column: '', cell: '' })
    expect(question.form).toBe(form)
    expect('form' in question).toBe(form !== undefined)
  })

  it('REG-02 the content may be the item’s name; no other part offers a ready answer', () => {
    expect(missingPart('checkContent', about()).options.map(({ value }) => value)).toEqual(['item-name'])
    expect(missingPart('legalBasis', about()).options).toEqual([])
  })

  it('REG-28 shows the text that says which objects, with its column', () => {
    expect(missingPart('kinds-missing', about({ row: { ...row, objectScope: '各类影剧院' } }))).toMatchObject({
      column: '检查对象',
      cell: '各类影剧院',
    })
    expect(missingPart('kinds-missing', about({ row: { ...row, objectScope: '网吧' } }))).toMatchObject({ column: '', cell: '网吧' })
    expect(missingPart('legalBasis', about({ row: { ...row, objectScope: '各类影剧院' } }))).toMatchObject({ column: '', cell: '' })
  })

  it('DQ-04 calls refused what the table says and the register does not take', () => {
    const refused = { legalBasis: { column: '依据', text: '略', code: 'no-citation', reason: '“略”不是依据' } }
    expect(missingPart('legalBasis', about({ row: { ...row, refused } }))).toMatchObject({
      code: 'legal-basis-refused',
      column: '依据',
      cell: '略',
    })
    expect(missingPart('checkMethod', about({ row: { ...row, refused } }))).toMatchObject({ code: 'check-method-missing', cell: '' })
  })
})

describe('the classes of an item', () => {
  it('REG-03 CRD-04 are asked about one by one, each a choice of two', () => {
    const asked = openClass(about())
    expect(asked.map(({ field, code, form, accepts }) => ({ field, code, form, accepts }))).toEqual([
      { field: 'itemClass', code: 'item-class-missing', form: 'choice', accepts: ['value', 'itemClass', 'omit'] },
      { field: 'fieldClass', code: 'field-class-missing', form: 'choice', accepts: ['value', 'fieldClass', 'omit'] },
    ])
    for (const { options } of asked) expect(options.map(({ value }) => value)).toEqual(['GENERAL', 'KEY'])
  })

  it('REG-03 CRD-04 are not asked about once they are known', () => {
    expect(openClass(about({ known: { itemClass: 'KEY' } })).map(({ field }) => field)).toEqual(['fieldClass'])
    expect(openClass(about({ known: { fieldClass: 'KEY' } })).map(({ field }) => field)).toEqual(['itemClass'])
    expect(openClass(about({ known: { itemClass: 'KEY', fieldClass: 'KEY' } }))).toEqual([])
  })
})

describe('the parent of an item', () => {
  const superior = [{ code: 'HLJ-1' as ItemCode, name: '影剧院卫生检查' } as CheckItem]

  it('REG-07 is asked about with the near names and "none" to choose from', () => {
    expect(openParent(about({ known: { name: '影剧院卫生检查' } }), {}, superior)).toMatchObject([
      {
        field: 'parentItemCode',
        code: 'parent-item-open',
        form: 'text',
        options: [{ value: 'HLJ-1' }, { value: 'none' }],
        accepts: ['value', 'parentItemCode', 'omit'],
      },
    ])
    expect(openParent(about(), {}, superior)).toMatchObject([{ options: [{ value: 'none' }] }])
  })

  it('REG-07 is not asked about once it is known or said, "none" included', () => {
    expect(openParent(about({ known: { parentItemCode: 'HLJ-1' } }), {}, superior)).toEqual([])
    expect(openParent(about({ known: { parentItemCode: null } }), {}, superior)).toEqual([])
    expect(openParent(about(), { parentItemCode: null }, superior)).toEqual([])
  })
})
