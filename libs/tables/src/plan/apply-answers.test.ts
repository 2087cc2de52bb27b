import { readdirSync, readFileSync } from 'node:fs'
import { ratioOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../answer.ts'
import type { AnswerForm, Question } from '../question.ts'
import { decodeTable } from '../table.ts'
import { applyAnswers } from './apply-answers.ts'
import { questionsUnder } from './follow-ups.ts'
import { type ParsedPlanTable, parsePlanTable } from './plan-table.ts'

const folder = new URL('../../tests-data/plans/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.csv'))

function parse(text: string, planYear: number): ParsedPlanTable {
  const table = decodeTable(new TextEncoder().encode(text))
  if (!table.ok) throw new Error(table.error.code)
  return parsePlanTable(table.value, { planYear })
}

function load(file: string, planYear: number): ParsedPlanTable {
  const table = decodeTable(readFileSync(new URL(file, folder)))
  if (!table.ok) throw new Error(file)
  return parsePlanTable(table.value, { planYear })
}

const by = 'clerk'
const plain: Record<AnswerForm, Answer['value']> = {
  choice: 'ignore',
  share: '5%',
  tiers: ['重点=100%', '其他=5%'],
  integer: '1',
  window: '2024-03-01/2024-11-30',
  date: '2024-12-31',
  text: '某某',
  texts: ['某事项'],
  unit: '市某局',
  units: ['市某局'],
}
const answerTo = (question: Question): Answer => ({ value: question.options?.[0]?.value ?? plain[question.form], by })
const answerAll = ({ questions }: ParsedPlanTable) => Object.fromEntries(questions.map((question) => [question.id, answerTo(question)]))

function settle(parsed: ParsedPlanTable, answers: Record<string, Answer>) {
  const applied = applyAnswers(parsed, answers)
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  return applied.value
}

const errorsOf = (parsed: ParsedPlanTable, answers: Record<string, Answer>) => {
  const applied = applyAnswers(parsed, answers)
  return applied.ok ? [] : applied.error.map(({ id, code }) => ({ id, code }))
}

describe('applyAnswers', () => {
  it.each(files)('PLN-13 settles every line of %s once all is answered', (file) => {
    const parsed = load(file, Number(/\d{4}/.exec(file)?.[0] ?? 2024))
    const { settled, remaining } = settle(parsed, answerAll(parsed))
    expect(remaining).toEqual([])
    expect(settled).toHaveLength(parsed.lines.length)
    for (const line of settled) {
      expect([line.ratio, line.count, line.tiers].some((share) => share !== undefined)).toBe(true)
      expect(line.ratio !== undefined && line.count !== undefined).toBe(false)
    }
  })

  const changzhi = load('changzhi-2024-joint.csv', 2024)

  it('settles the lines that are answered and keeps the questions of the others', () => {
    const { settled, remaining } = settle(changzhi, { 'line-2/ratio': { value: '8%', by: '市医保局 张' } })
    expect(remaining.map((question) => question.id)).toEqual(['line-1/tiers', 'line-1/basis', 'line-3/ratio'])
    expect(settled).toMatchObject([
      {
        lineNo: 2,
        ratio: { min: ratioOf(1, 5), chosen: ratioOf(8, 100) },
        timesPerYear: 1,
        window: { start: '2024-03-01', end: '2024-12-31', suppliedYear: true },
        initiator: '市医保局',
        participants: ['市审批服务管理局'],
        answered: { ratio: { raw: expect.stringContaining('抽查比例之和≥20%') as string, answer: '8%', by: '市医保局 张' } },
      },
    ])
  })

  it('takes one ratio for all grades or one for each', () => {
    const first = (value: Answer['value']) =>
      settle(changzhi, { 'line-1/tiers': { value, by }, 'line-1/basis': { value: 'year', by } }).settled[0]
    expect(first('一律')).toMatchObject({ ratio: { chosen: ratioOf(3, 100) } })
    expect(first('一律')).not.toHaveProperty('tiers')
    expect(first(['低风险=3%', '高风险=10%'])).toMatchObject({
      ratio: { chosen: ratioOf(3, 100) },
      tiers: [
        { name: '低风险', ratio: ratioOf(3, 100) },
        { name: '高风险', ratio: ratioOf(1, 10) },
      ],
    })
  })

  it('takes a number of objects for an answer about the ratio', () => {
    const [line] = settle(changzhi, { 'line-2/ratio': { value: '12户', by } }).settled
    expect(line).toMatchObject({ count: 12 })
    expect(line).not.toHaveProperty('ratio')
  })

  it('drops ratio or count as chosen, and with it the questions about the other', () => {
    const yibin = load('yibin-2023-commerce-joint.csv', 2023)
    const answers = answerAll(yibin)
    const choose = (value: string) => settle(yibin, { ...answers, 'line-1/amount': { value, by } }).settled[0]
    expect(choose('ratio')).toMatchObject({ ratio: { chosen: ratioOf(1, 5) } })
    expect(choose('ratio')).not.toHaveProperty('count')
    expect(choose('count')).toMatchObject({ count: 3 })
    expect(choose('count')).not.toHaveProperty('ratio')
    expect(choose('count')).toMatchObject({
      window: { start: '2022-09-01', end: '2022-10-31', suppliedYear: false },
      deadline: '2022-11-30',
    })

    const shanggao = load('shanggao-2023-scjg.csv', 2023)
    const { 'line-1/count': _count, ...others } = answerAll(shanggao)
    expect(settle(shanggao, others).remaining).toEqual([])
    const byCount = settle(shanggao, { ...others, 'line-1/amount': { value: 'count', by } }).remaining
    expect(byCount.map((question) => question.id)).toEqual(['line-1/count'])
  })

  it('uses the estimated number as the count when told that it is one', () => {
    const gangcheng = load('gangcheng-2021-agriculture.csv', 2021)
    const { settled, remaining } = settle(gangcheng, { 'table/estimate': { value: 'count', by } })
    expect(remaining).toEqual([])
    expect(settled.map((line) => line.count)).toEqual([46, 46, 46])
    expect(settle(gangcheng, { 'table/estimate': { value: 'base', by } }).remaining).toHaveLength(3)
  })

  it('lets an answer for the table fill only what a line leaves open', () => {
    const jianghan = load('jianghan-2025-environment.csv', 2025)
    const { settled } = settle(jianghan, answerAll(jianghan))
    expect(settled.map((line) => line.timesPerYear)).toEqual([4, 1, 1, 1, 1, 1])
    expect(settled[0]?.answered).not.toHaveProperty('timesPerYear')
    expect(settled[1]?.answered).toMatchObject({ timesPerYear: { answer: '1', by } })
  })

  it('keeps a number given for the ratio even when the ratio was chosen over the number of the table', () => {
    const parsed = parse('序号,抽查事项,抽查对象,抽查比例,抽查户数\n1,某事项,某企业,按上级文件规定执行,3', 2026)
    const answers = { ...answerAll(parsed), 'line-1/amount': { value: 'ratio', by }, 'line-1/ratio': { value: '12户', by } }
    expect(settle(parsed, answers).settled[0]).toMatchObject({ count: 12 })
  })

  it('takes 一律 only where the table has a ratio to keep', () => {
    const jianghan = load('jianghan-2025-environment.csv', 2025)
    expect(errorsOf(jianghan, { 'line-1/ratio': { value: '一律', by } })).toMatchObject([{ id: 'line-1/ratio', code: 'wrong-form' }])
    expect(errorsOf(jianghan, { 'line-1/ratio': { value: ['重点源=100%', '一般源=10%'], by } })).toEqual([])
  })

  it('always settles a line once all its questions are answered, whatever stands in the cells', () => {
    const cells = [
      '',
      '无',
      '某事项',
      '甲局',
      '甲局、乙局',
      '甲局或乙局',
      '市、县级农业部门',
      '5%',
      '≥5%',
      '每月5%',
      'A类3%;B类5%',
      '3',
      '3户(以实际为准)',
      '不低于5%，最多30户',
    ]
    const more = [
      '0',
      '=1',
      '至少2次',
      '1次/年',
      '3月-6月',
      '年底',
      '2020年3月',
      '待定',
      '分别递加低风险、高风险比例',
      '与其他部门联合',
      '现场检查',
      '甲;乙',
    ]
    const headings = [
      '序号',
      '任务名称',
      '抽查类别',
      '抽查事项',
      '抽查内容',
      '抽查对象',
      '抽查比例',
      '抽查比例及频次',
      '抽查比例或数量',
      '抽查户数',
    ]
    const others = [
      '预估抽查对象数',
      '抽查频次',
      '抽查周期',
      '抽查时间',
      '抽取日期自',
      '抽取日期至',
      '完成时限',
      '发起部门',
      '配合部门',
      '抽查方式',
    ]
    const table = fc
      .tuple(fc.uniqueArray(fc.constantFrom(...headings, ...others, '信用风险分类要求', '抽取类型', '备注'), { minLength: 3 }), fc.nat(3))
      .chain(([header, rows]) => {
        const row = fc.array(fc.constantFrom(...cells, ...more), { minLength: header.length, maxLength: header.length })
        return fc.array(row, { minLength: rows, maxLength: rows }).map((body) => [header, ...body].map((line) => line.join(',')).join('\n'))
      })
    fc.assert(
      fc.property(table, fc.nat(2), (text, pick) => {
        const parsed = parse(text, 2026)
        const answersTo = (questions: readonly Question[]) =>
          Object.fromEntries(
            questions.map((question) => [
              question.id,
              { value: question.options?.[pick % question.options.length]?.value ?? plain[question.form], by },
            ]),
          )
        // An answer may raise a question.
        const { settled, dropped, remaining } = settle(parsed, answersTo(questionsUnder(parsed, answersTo(parsed.questions))))
        expect(remaining).toEqual([])
        const left = new Set(dropped.map(({ lineNo }) => lineNo))
        expect(settled).toHaveLength(parsed.lines.length - left.size)
        expect(settled.filter((line) => (line.ratio ?? line.tiers ?? line.count) === undefined)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('refuses answers to no question, in the wrong form, outside the options or the stated range, or without an author', () => {
    expect(errorsOf(changzhi, { 'line-9/ratio': { value: '5%', by } })).toEqual([{ id: 'line-9/ratio', code: 'no-such-question' }])
    expect(errorsOf(changzhi, { 'line-2/ratio': { value: '很多', by } })).toEqual([{ id: 'line-2/ratio', code: 'wrong-form' }])
    expect(errorsOf(changzhi, { 'line-2/ratio': { value: '5%', by: ' ' } })).toEqual([{ id: 'line-2/ratio', code: 'no-author' }])
    const linyi = load('linyi-2024-urban.csv', 2024)
    expect(errorsOf(linyi, { 'line-1/ratio': { value: '45%', by } })).toEqual([])
    expect(errorsOf(linyi, { 'line-1/ratio': { value: '44.99%', by } })).toEqual([{ id: 'line-1/ratio', code: 'outside-stated-range' }])
    const forestry = load('wangcang-2022-forestry.csv', 2022)
    expect(errorsOf(forestry, { 'line-1/ratio': { value: '20.01%', by } })).toEqual([{ id: 'line-1/ratio', code: 'outside-stated-range' }])
    const gangcheng = load('gangcheng-2021-agriculture.csv', 2021)
    expect(errorsOf(gangcheng, { 'table/estimate': { value: '46', by } })).toEqual([{ id: 'table/estimate', code: 'not-an-option' }])
  })
})
