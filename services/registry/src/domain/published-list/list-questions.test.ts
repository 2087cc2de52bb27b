import { describe, expect, it } from 'vitest'
import type { CheckItem } from '../check-item.ts'
import { changeTriggers } from '../check-item-list.ts'
import { mergePatch } from './item-patch.ts'
import { type CodedRow, type ListNow, listQuestions } from './list-questions.ts'

const rows = (...codes: readonly (string | undefined)[]): readonly CodedRow[] =>
  codes.map((code, index) => ({ lineNo: index + 1, line: index + 2, ...(code === undefined ? {} : { code }), coded: false }))

const item = (code: string) => ({ code, name: `事项${code}` }) as CheckItem

const asked = (coded: readonly CodedRow[], values: Readonly<Record<string, unknown>>, now: Partial<ListNow> = {}) =>
  listQuestions(coded, values, { elsewhere: new Map(), ...now }).map(({ questionId, code }) => `${questionId} ${code}`)

const answered = { 'table/codePrefix': 'QT', 'table/listType': 'JOINT' }

describe('what is asked once for the whole list', () => {
  it('asks for a prefix of codes and for the type of the list', () => {
    expect(asked(rows(undefined), {})).toEqual(['table/codePrefix code-prefix-missing', 'table/listType list-type-missing'])
    expect(asked(rows('QT-01'), answered)).toEqual([])
  })

  it('asks about the table as a whole in a text of its own, at its first line and at no cell', () => {
    expect(listQuestions(rows(undefined), { 'table/listType': 'JOINT' }, { elsewhere: new Map() })).toEqual([
      {
        questionId: 'table/codePrefix',
        line: 1,
        column: '',
        cell: '',
        field: 'codePrefix',
        code: 'code-prefix-missing',
        message: expect.stringContaining('前缀') as string,
        form: 'text',
        options: [],
        accepts: ['value'],
      },
    ])
  })

  it('DQ-04 rows without a code so far have none twice', () => {
    expect(asked(rows(undefined, undefined), answered)).toEqual([])
  })

  it('asks for no prefix where every item was given its code', () => {
    const given = rows('A', 'B').map((row) => ({ ...row, coded: true }))
    expect(asked(given, { 'table/listType': 'JOINT' })).toEqual([])
    expect(asked([...given, ...rows(undefined)], { 'table/listType': 'JOINT' })).toEqual(['table/codePrefix code-prefix-missing'])
  })

  it('REG-11 asks for the trigger once the list has a version', () => {
    expect(asked(rows('QT-01'), answered, { current: [item('QT-01')] })).toEqual(['table/trigger trigger-missing'])
    expect(asked(rows('QT-01'), { ...answered, 'table/trigger': 'AMEND' }, { current: [item('QT-01')] })).toEqual([])
  })

  it('DQ-04 asks what becomes of items that the table does not have', () => {
    const values = { ...answered, 'table/trigger': 'AMEND' }
    const now = { current: [item('QT-01'), item('QT-02')] }
    expect(asked(rows('QT-01'), values, now)).toEqual(['table/otherItems items-not-in-table'])
    expect(asked(rows('QT-01', 'QT-02'), values, now)).toEqual([])
    expect(asked(rows('QT-01'), { ...values, 'table/otherItems': 'keep' }, now)).toEqual([])
  })

  it('DQ-04 asks about missing items only once every row has its code: until then nobody knows which are missing', () => {
    const now = { current: [item('QT-01'), item('QT-02')] }
    const values = { 'table/listType': 'JOINT', 'table/trigger': 'AMEND' }
    expect(asked(rows('QT-01', undefined), values, now)).toEqual(['table/codePrefix code-prefix-missing'])
  })

  it('REG-11 offers the five triggers, the two types and what can become of an item to choose from', () => {
    const now = { elsewhere: new Map<string, string>(), current: [item('QT-01'), item('QT-02')] }
    const choices = listQuestions(rows('QT-01'), { 'table/codePrefix': 'QT' }, now).map(({ form, options, accepts, line, field }) => ({
      field,
      form,
      line,
      accepts,
      values: options.map(({ value }) => value),
    }))
    const choice = { form: 'choice', line: 1, accepts: ['value'] }
    expect(choices).toEqual([
      { ...choice, field: 'listType', values: ['JOINT', 'INTERNAL'] },
      { ...choice, field: 'trigger', values: changeTriggers },
      { ...choice, field: 'otherItems', values: ['keep', 'remove'] },
    ])
  })

  it('DQ-04 names up to five of the missing items, and says when there are more', () => {
    const messageFor = (count: number): string => {
      const current = Array.from({ length: count }, (_, index) => item(`M${index + 1}`))
      const values = { ...answered, 'table/trigger': 'AMEND' }
      return listQuestions(rows('QT-01'), values, { elsewhere: new Map(), current })
        .map(({ message }) => message)
        .join()
    }
    expect(messageFor(5)).toContain('M5“事项M5”）')
    expect(messageFor(6)).toContain('M5“事项M5”等）')
    expect(messageFor(6)).not.toContain('M6')
  })

  it('DQ-04 a code that is taken is asked about at its row, by a new code or by leaving the row out', () => {
    const about = { form: 'text', field: 'itemCode', column: '', cell: '', options: [], accepts: ['value', 'itemCode', 'omit'] }
    expect(listQuestions(rows('X', 'X'), answered, { elsewhere: new Map() })).toMatchObject([{ ...about, lineNo: 2, line: 3 }])
    expect(listQuestions(rows('X'), answered, { elsewhere: new Map([['X', 'other']]) })).toMatchObject([{ ...about, lineNo: 1, line: 2 }])
  })

  it('DQ-04 asks for another code where one is taken, in the table or on another list of the region', () => {
    expect(asked(rows('X', 'Y', 'X'), answered)).toEqual(['line-3/itemCode item-code-twice'])
    expect(asked(rows('X', 'Y'), answered, { elsewhere: new Map([['Y', '230900-internal']]) })).toEqual(['line-2/itemCode item-code-taken'])
  })
})

describe('merging what was said of an item', () => {
  it('the later member wins, and puts away what says the same in another way', () => {
    expect(mergePatch({ legalBasis: '甲', checkMethod: '现场检查' }, { legalBasis: '乙' })).toEqual({
      legalBasis: '乙',
      checkMethod: '现场检查',
    })
    expect(mergePatch({ checkContentFrom: 'name' }, { checkContent: '内容' })).toEqual({ checkContent: '内容' })
    expect(mergePatch({ checkingBody: '某局' }, { initiator: '某部' })).toEqual({ initiator: '某部' })
    expect(mergePatch({ initiator: '某部', participants: ['某局'] }, { checkingBody: '某委' })).toEqual({ checkingBody: '某委' })
    expect(mergePatch({ checkingBody: '某委' }, { participants: ['某局'] })).toEqual({ participants: ['某局'] })
    expect(mergePatch({ checkContent: '内容' }, { checkContentFrom: 'name' })).toEqual({ checkContentFrom: 'name' })
    expect(mergePatch({ initiator: '某部' }, { participants: ['某局'] })).toEqual({ initiator: '某部', participants: ['某局'] })
  })
})
