import { formatPercent } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../answer.ts'
import { readPublishedCell } from '../cells/published-cell.ts'
import { writeSheetCsv } from '../sheet/write-csv.ts'
import { decodeTable } from '../table.ts'
import { applyAnswers } from './apply-answers.ts'
import { questionsUnder } from './follow-ups.ts'
import type { SettledPlanLine } from './plan-line.ts'
import { planSheet } from './plan-sheet.ts'
import { type ParsedPlanTable, parsePlanTable } from './plan-table.ts'
import { publishedLine } from './published-line.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function parse(csv: string): ParsedPlanTable {
  const table = decodeTable(bytesOf(csv))
  if (!table.ok) throw new Error(table.error.code)
  return parsePlanTable(table.value, { planYear: 2024 })
}

interface Cells {
  readonly share?: string
  readonly count?: string
  readonly times?: string
  readonly remarks?: string
}

const tableOf = ({ share = '', count = '', times = '2次/年', remarks = '' }: Cells): ParsedPlanTable =>
  parse(`序号,任务名称,抽查事项,检查对象,抽查比例,抽查户数,抽查频次,抽查时间,发起部门,配合部门,备注
1,某检查,某事项,某企业,"${share}","${count}",${times},3月-10月,市甲局,无,"${remarks}"`)

const answer = (values: Readonly<Record<string, string>>): Answers =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, by: 'p' }]))

function settled(parsed: ParsedPlanTable, values: Readonly<Record<string, string>> = {}): SettledPlanLine | undefined {
  const applied = applyAnswers(parsed, answer(values))
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  return applied.value.settled[0]
}

const asked = ({ questions }: ParsedPlanTable) => questions.map(({ id, options = [] }) => [id, options.map(({ textZh }) => textZh)])

/** The share or the number that a settled line has in the year. */
const amountOf = (line: SettledPlanLine | undefined) =>
  line?.tiers?.map(({ name, ratio }) => `${name}${formatPercent(ratio)}`).join() ??
  (line?.ratio === undefined ? line?.count : formatPercent(line.ratio.chosen))

describe('a share with a frequency of two and more', () => {
  it.each<[Cells, string, string, string | number, string | number]>([
    [{ share: '3%' }, '全年合计 3%：分 2 次，每次 1.5%', '每次 3%：2 次，全年合计 6%', '3%', '6%'],
    [{ share: '1%', times: '每季度1次' }, '全年合计 1%：分 4 次，每次 0.25%', '每次 1%：4 次，全年合计 4%', '1%', '4%'],
    [{ share: '5%', times: '3次/年' }, '全年合计 5%：分 3 次，每次 约1.666666%', '每次 5%：3 次，全年合计 15%', '5%', '15%'],
    [
      { share: 'A类2%；B类10%' },
      '全年合计 A类2%、B类10%：分 2 次，每次 A类1%、B类5%',
      '每次 A类2%、B类10%：2 次，全年合计 A类4%、B类20%',
      'A类2%,B类10%',
      'A类4%,B类20%',
    ],
    [{ count: '20户' }, '全年合计 20户：分 2 次，每次 10户', '每次 20户：2 次，全年合计 40户', 20, 40],
  ])('PLN-13 %o is asked about with the figures of both readings, and the answer decides', (cells, ofYear, each, inYear, together) => {
    const parsed = tableOf(cells)
    expect(asked(parsed)).toEqual([['line-1/basis', [ofYear, each]]])
    expect(settled(parsed)).toBeUndefined()
    expect(amountOf(settled(parsed, { 'line-1/basis': 'year' }))).toBe(inYear)
    expect(amountOf(settled(parsed, { 'line-1/basis': 'each' }))).toBe(together)
  })

  it.each<[Cells, string | number]>([
    [{ share: '全年合计3%' }, '3%'],
    [{ share: '全年抽查比例3%' }, '3%'],
    [{ share: '3%/年' }, '3%'],
    [{ share: '每次抽取3%' }, '6%'],
    [{ share: '每批次按3%的比例抽取' }, '6%'],
    [{ share: '3%/次' }, '6%'],
    [{ share: '每次50%' }, '100%'],
    [{ share: 'A类每次2%；B类每次10%' }, 'A类4%,B类20%'],
    [{ count: '全年20户' }, 20],
    [{ count: '每次20户' }, 40],
    [{ share: '3%', remarks: '分2批：3月-5月（占1/2），6月-10月（占1/2）' }, '3%'],
  ])('PLN-13 %o is not asked about: the text says which it is', (cells, amount) => {
    const parsed = tableOf(cells)
    expect(asked(parsed)).toEqual([])
    expect(amountOf(settled(parsed))).toBe(amount)
  })

  it('PLN-13 a cell of both notes by itself what the table asks', () => {
    const alone = (text: string) => readPublishedCell('比例及频次', text, 2024)
    const inTable = (text: string) =>
      parse(`序号,任务名称,抽查事项,检查对象,抽查比例及频次,抽查时间,发起部门
1,某检查,某事项,某企业,"${text}",3月-10月,市甲局`).questions.length > 0
    for (const text of ['3%;2次/年', '3%，每半年一次', 'A类2%、B类10%，每年2次', '20户，2次/年']) {
      expect(alone(text).note, text).toContain('没有写明是全年合计还是每次')
      expect(alone(text), text).not.toHaveProperty('question')
      expect(inTable(text), text).toBe(true)
    }
    for (const text of ['3%；1次/年', '全年3%；2次/年', '3%/年，2次', '2024年抽查比例3%，2次/年', '每次3%，2次/年']) {
      expect(alone(text).note ?? '', text).not.toContain('没有写明')
      expect(inTable(text), text).toBe(false)
    }
  })

  it('PLN-13 asks nothing of one draw, whose share is that of the year', () => {
    expect(asked(tableOf({ share: '3%', times: '1次/年' }))).toEqual([])
    expect(amountOf(settled(tableOf({ share: '每次抽取3%', times: '1次/年' })))).toBe('3%')
  })

  it('PLN-13 offers no draws that come to more than all objects, and says why', () => {
    expect(asked(tableOf({ share: '50%' }))).toEqual([['line-1/basis', [expect.anything(), '每次 50%：2 次，全年合计 100%']]])
    const [beyond] = tableOf({ share: '50.1%' }).questions
    expect(beyond?.options?.map(({ value }) => value)).toEqual(['year'])
    expect(beyond?.textZh).toContain('2 次合计超过全部对象，须分列为几条')
    expect(tableOf({ share: '每次50.1%' }).questions.map(({ id, code }) => [id, code])).toEqual([['line-1/ratio', 'ratio-per-period']])
  })

  it('PLN-13 is asked about where the frequency is an answer of two and more, and not of one', () => {
    const parsed = tableOf({ share: '3%', times: '' })
    expect(asked(parsed).map(([id]) => id)).toEqual(['line-1/timesPerYear'])
    const under = (times: string) => questionsUnder(parsed, answer({ 'line-1/timesPerYear': times })).map(({ id }) => id)
    expect(under('1')).toEqual(['line-1/timesPerYear'])
    expect(under('2')).toEqual(['line-1/timesPerYear', 'line-1/basis'])
    expect(amountOf(settled(parsed, { 'line-1/timesPerYear': '1' }))).toBe('3%')
    expect(settled(parsed, { 'line-1/timesPerYear': '2' })).toBeUndefined()
    expect(amountOf(settled(parsed, { 'line-1/timesPerYear': '2', 'line-1/basis': 'each' }))).toBe('6%')
  })

  it.each<[Cells, string]>([
    [{ share: '3%' }, 'year'],
    [{ share: '3%' }, 'each'],
    [{ share: 'A类2%；B类10%' }, 'each'],
    [{ count: '20户' }, 'each'],
  ])('PLN-13 %o answered with %s is the same line once it is exported and imported again', (cells, basis) => {
    const line = settled(tableOf(cells), { 'line-1/basis': basis })
    if (line === undefined) throw new Error('open')
    const csv = writeSheetCsv(planSheet({ title: '某局2024年度抽查计划', publisher: '某局', lines: [publishedLine(line)] }))
    const again = parse(csv)
    expect(again.questions).toEqual([])
    const read = settled(again)
    expect([amountOf(read), read?.timesPerYear, read?.window]).toEqual([amountOf(line), 2, { ...line.window, suppliedYear: false }])
  })
})
