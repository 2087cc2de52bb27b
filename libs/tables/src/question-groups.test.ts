import { describe, expect, it } from 'vitest'
import { realPlan, realPlans } from '../tests/support/real-plans.ts'
import type { Question } from './question.ts'
import { groupQuestions, membersOf } from './question-groups.ts'

const asked = (lineNo: number, members: Partial<Question> = {}): Question => ({
  id: `line-${lineNo}/${members.field ?? 'ratio'}`,
  lineNo,
  line: lineNo + 2,
  column: '抽查比例',
  raw: '不低于5%',
  field: 'ratio',
  code: 'ratio-open',
  textZh: '按多少抽？',
  form: 'share',
  ...members,
})

const grouped = (questions: readonly Question[]) =>
  groupQuestions(
    questions,
    ({ id }) => id,
    ({ raw, textZh, form, options, bounds }) => ({ cell: raw, said: [textZh, form, options, bounds] }),
  )
const idsOf = (...questions: readonly Question[]) => grouped(questions).map(({ id }) => id)

describe('questions that several lines ask alike', () => {
  it('PLN-13 are one, which names every line and row, and whose id stands for each of them', () => {
    const [group, ...others] = grouped([asked(2), asked(4), asked(5), asked(6)])
    expect(others).toEqual([])
    expect(group).toMatchObject({ id: 'lines-2,4-6/ratio', lineNos: [2, 4, 5, 6], rows: [4, 6, 7, 8] })
    expect(membersOf('lines-2,4-6/ratio')).toEqual(['line-2/ratio', 'line-4/ratio', 'line-5/ratio', 'line-6/ratio'])
    expect(membersOf('line-2/ratio')).toEqual(['line-2/ratio'])
    expect(membersOf('table/ratio')).toEqual(['table/ratio'])
  })

  it('PLN-13 stay apart where column, text, words or what is offered differ', () => {
    const apart = (members: Partial<Question>) => expect(idsOf(asked(1), asked(2, members))).toEqual(['line-1/ratio', 'line-2/ratio'])
    apart({ column: '抽查比例(%)' })
    apart({ raw: '不低于6%' })
    apart({ code: 'ratio-elsewhere' })
    apart({ textZh: '今年按多少抽？' })
    apart({ options: [{ value: '5%', textZh: '5%' }] })
    expect(idsOf(asked(1), asked(2, { raw: ' 不低于5%\n' }))).toEqual(['lines-1,2/ratio'])
  })

  it('PLN-13 are one of blanks too, but for names, which each line has of its own', () => {
    expect(idsOf(asked(1, { raw: '' }), asked(2, { raw: '' }))).toEqual(['lines-1,2/ratio'])
    for (const field of ['taskName', 'itemNames', 'objectScope']) {
      expect(idsOf(asked(1, { field, raw: '' }), asked(2, { field, raw: '' }))).toEqual([`line-1/${field}`, `line-2/${field}`])
    }
  })

  it.each(realPlans)('PLN-13 of %s lose no line: every question of a line is in one group', (file) => {
    const { questions } = realPlan(file).parsed
    const members = grouped(questions).flatMap(({ id }) => membersOf(id))
    expect(members.toSorted()).toEqual(questions.map(({ id }) => id).toSorted())
  })
})
