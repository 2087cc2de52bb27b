import { describe, expect, it } from 'vitest'
import { decodeTable } from '../table.ts'
import { applyAnswers } from './apply-answers.ts'
import type { PlanOptions } from './plan-context.ts'
import { parsePlanTable } from './plan-table.ts'
import { publishedLine } from './published-line.ts'

const heading = '序号,任务名称,抽查事项,抽查对象,抽查比例,抽查频次,抽查时间,发起部门,配合部门,抽查方式'
const good = '1,某任务,某事项,某类企业,5%,1次/年,3月-6月,市甲局,市乙局,现场检查'

function parse(text: string, options: Partial<PlanOptions> = {}) {
  const table = decodeTable(new TextEncoder().encode(text))
  if (!table.ok) throw new Error(table.error.code)
  return parsePlanTable(table.value, { planYear: 2026, ...options })
}

const asked = (rows: string, options: Partial<PlanOptions> = {}) =>
  parse(`${heading}\n${rows}`, options).questions.map(({ id, code }) => `${id} ${code}`)

describe('parsePlanTable', () => {
  it('asks nothing about a line that says everything', () => {
    const parsed = parse(`${heading}\n${good}`, { isListedItem: () => true, resolveUnit: (name) => name })
    expect(parsed.questions).toEqual([])
    expect(parsed.lines).toHaveLength(1)
  })

  it('PLN-13 takes the marks of objects that an export wrote, and asks about any other text in their column', () => {
    const withMarks = (marks: string) => parse(`${heading},对象条件\n${good},${marks}`)
    const settled = withMarks('类型：企业；行业代码：H61')
    expect(settled.questions).toEqual([])
    expect(settled.lines[0]?.known.objectMarks).toEqual({ kinds: ['企业'], industries: ['H61'], tags: [], regions: [] })
    expect(withMarks('').lines[0]?.known).not.toHaveProperty('objectMarks')
    const unread = withMarks('规模以上')
    expect(unread.questions).toMatchObject([
      { id: 'line-1/objectMarks', code: 'object-marks-not-understood', options: [{ value: 'without' }] },
    ])
    expect(unread.questions[0]?.textZh).toContain('“规模以上”')
  })

  it('PLN-13 takes marks alone for the objects, and asks where a line has neither marks nor words', () => {
    const wordless = (marks: string) => parse(`${heading.replace('抽查对象', '对象条件')}\n${good.replace('某类企业', marks)}`)
    const settled = wordless('事项的全部对象')
    expect(settled.questions).toEqual([])
    expect(settled.lines[0]?.known).toMatchObject({ objectMarks: { kinds: [], tags: [] } })
    const applied = applyAnswers(settled, {})
    expect(applied.ok && applied.value.settled.map(publishedLine)).toMatchObject([{ objectMarks: { kinds: [] }, taskName: '某任务' }])
    expect(applied.ok && applied.value.settled[0]).not.toHaveProperty('objectScope')
    const missing = ({ questions }: ReturnType<typeof wordless>) => questions.map(({ id, code }) => `${id} ${code}`)
    expect(missing(wordless(''))).toEqual(['line-1/objectScope missing-object-scope'])
    const both = missing(wordless('规模以上'))
    expect(both).toEqual(['line-1/objectScope missing-object-scope', 'line-1/objectMarks object-marks-not-understood'])
    expect(parse(`${heading},对象条件\n${good.replace('某类企业', '')},类型：企业`).questions).toEqual([])
  })

  it('PLN-13 asks about a bracket behind a share, a time without an end, and numbers of a grade, each by its words', () => {
    const told = (rows: string, columns = heading) =>
      parse(`${columns}\n${rows}`).questions.map(({ id, code, textZh, options = [] }) => [
        id,
        code,
        textZh,
        options.map(({ value }) => value),
      ])
    expect(told(good.replace('5%', '5%（含联合抽查）'))).toEqual([
      ['line-1/ratio', 'ratio-with-proviso', '“5%（含联合抽查）”括号里的“含联合抽查”怎样算：今年按多少抽？', ['5%']],
    ])
    const tiers = told(good.replace('5%', 'A类1%、B类3%（原则上）')).map(([id, code]) => [id, code])
    expect(tiers).toEqual([['line-1/ratio', 'ratio-with-proviso']])
    expect(told(good.replace('3月-6月', '5月起'))).toEqual([
      ['line-1/window', 'window-without-end', '“5月起”只有开始时间：到什么时间止？', ['2026-05-01/2026-12-31']],
    ])
    expect(told(good.replace('3月-6月', '2025年5月起'))).toEqual([
      ['line-1/window', 'window-without-end', '“2025年5月起”只有开始时间：到什么时间止？', []],
    ])
    expect(told(`${good},"低风险7家、高风险2家"`, `${heading},预估抽查对象风险等级`)).toEqual([
      ['line-1/tiers', 'grades-with-numbers', '“低风险7家、高风险2家”看不出是名录库里的户数还是要抽的户数：各级各按多少抽？', ['一律']],
    ])
  })

  it('takes a name that is a unit’s own whatever words are in it', () => {
    const odd = good.replace('市甲局', '市甲局乙局').replace('市乙局', '市配合中心、市丙局')
    const codes = (known: boolean) => asked(odd, known ? { resolveUnit: (name) => name } : {})
    expect(codes(true)).toEqual([])
    expect(codes(false)).toEqual(['line-1/initiator initiator-not-understood', 'line-1/participants participants-not-understood'])
  })

  it('asks about an item that the list does not have, and not about one it has', () => {
    expect(asked(good, { isListedItem: (name) => name === '某事项' })).toEqual([])
    expect(asked(good, { isListedItem: (name) => name === '别的事项' })).toEqual(['line-1/itemNames item-not-listed'])
  })

  it('takes the name the resolver gives and asks about units it does not know', () => {
    const known = parse(`${heading}\n${good}`, { resolveUnit: (name) => name.replace('市', '鸡西市') })
    expect(known.lines[0]?.known).toMatchObject({ initiator: '鸡西市甲局', participants: ['鸡西市乙局'] })
    expect(asked(good, { resolveUnit: (name) => (name === '市甲局' ? name : undefined) })).toEqual(['line-1/participants unknown-unit'])
    expect(asked(good, { resolveUnit: () => undefined })).toEqual(['line-1/initiator unknown-unit', 'line-1/participants unknown-unit'])
  })

  it('asks about blanks, and takes 无 for no participants', () => {
    expect(asked('1,,,,,,,,,')).toEqual(['row-2/row row-not-understood'])
    expect(asked('1,某任务,,,,,,,,')).toEqual([
      'line-1/itemNames missing-item',
      'line-1/objectScope missing-object-scope',
      'line-1/ratio missing-ratio',
      'line-1/window missing-window',
      'line-1/timesPerYear missing-times',
      'line-1/initiator missing-initiator',
      'line-1/participants missing-participants',
    ])
    expect(asked(good.replace('市乙局', '无'))).toEqual([])
    expect(asked(good.replace('市乙局', ''))).toEqual(['line-1/participants missing-participants'])
  })

  it('PLN-13 reads the title below 附件1, and asks about a year of it that is not the plan’s', () => {
    const titled = (...titles: string[]) => parse([...titles.map((title) => `${title},,,,,,,,,`), heading, good].join('\n')).questions
    expect(titled('附件1', '某市2025年度抽查计划').map(({ id, raw }) => [id, raw])).toEqual([['table/planYear', '某市2025年度抽查计划']])
    expect(titled('附件1', '某市2026年度抽查计划')).toEqual([])
    expect(titled('附表：', '某市2025年度抽查计划')).toHaveLength(1)
  })

  it('PLN-13 tells what stands below the table, and takes 同上 for the cell above', () => {
    const below = '备注：时间由各部门在4月至11月安排。,,,,,,,,,'
    const { lines, notes, footerRows } = parse(
      [heading, good, good.replace('5%', '同上').replace('1,某任务,某事项', '2,某任务,另一事项'), below].join('\n'),
    )
    expect(lines.map(({ known }) => known.ratio?.chosen)).toEqual([
      { numerator: 1, denominator: 20 },
      { numerator: 1, denominator: 20 },
    ])
    expect(footerRows).toEqual([4])
    expect(notes.map(({ line, code }) => [line, code])).toEqual([
      [3, 'same-as-above'],
      [3, 'same-task-name'],
      [4, 'below-table'],
    ])
    expect(notes.at(-1)?.textZh).toContain('时间由各部门在4月至11月安排')
  })

  it('PLN-02 keeps windows in the plan year: the year itself passes, the one before or after is asked about', () => {
    expect(asked(good.replace('3月-6月', '2026年3月'))).toEqual([])
    expect(asked(good.replace('3月-6月', '2025年12月'))).toEqual(['line-1/window window-before-plan-year'])
    expect(asked(good.replace('3月-6月', '2027年1月'))).toEqual(['line-1/window window-after-plan-year'])
    expect(asked(good.replace('3月-6月', '10月-次年3月'))).toEqual([])
    expect(asked(good.replace('3月-6月', '2026年3月-2027年12月'))).toEqual([])
    expect(asked(good.replace('3月-6月', '2026年3月-2028年1月'))).toEqual(['line-1/window window-after-plan-year'])
  })

  it('asks when title and plan year differ', () => {
    const text = `某市2025年度抽查计划,,,,,,,,,\n${heading}\n${good}`
    expect(parse(text).questions.map((question) => question.id)).toEqual(['table/planYear'])
    expect(parse(text, { planYear: 2025 }).questions).toEqual([])
  })

  it('carries a merged cell down only where it is certain', () => {
    const single = `${good}\n2,另一任务,另一事项,另一类企业,5%,1次/年,3月-6月,,市丙局,现场检查`
    expect(asked(single)).toEqual(['line-2/initiator missing-initiator'])
    const block = `${good}\n2,另一任务,另一事项,另一类企业,5%,1次/年,3月-6月,,,`
    expect(asked(block)).toEqual([])
    const broken = `${good}\n2,另一任务,另一事项,另一类企业,5%,1次/年,3月-6月,,,现场检查`
    expect(asked(broken)).toEqual(['line-2/initiator missing-initiator', 'line-2/participants missing-participants'])
  })

  it('asks who takes part when a remark speaks of others without names, and what a ratio by the month means', () => {
    const remark = (text: string) =>
      parse(`${heading},备注\n${good.replace('市乙局', '无')},${text}`).questions.map(({ id, code }) => `${id} ${code}`)
    expect(remark('与其它部门联合开展抽查')).toEqual(['line-1/participants participants-unnamed'])
    expect(remark('联合开展')).toEqual([])
    expect(asked(good.replace('5%', '每月5%'))).toEqual(['line-1/ratio ratio-per-period'])
  })

  it('asks once about the frequency when no column has it and the ratio is not understood', () => {
    const parsed = parse('序号,抽查事项,抽查对象,抽查比例,抽查时间,发起部门\n1,某事项,某企业,三成左右,3月-6月,市甲局')
    expect(parsed.questions.map(({ id }) => id)).toEqual(['table/timesPerYear', 'line-1/ratio'])
  })

  it('takes an item for its name without the number before it', () => {
    expect(parse(`${heading}\n${good.replace('某事项', '3.某事项')}`).lines[0]?.known.itemNames).toEqual(['某事项'])
    expect(parse(`${heading}\n${good.replace('某事项', '3.5米以上的某事项')}`).lines[0]?.known.itemNames).toEqual(['3.5米以上的某事项'])
  })

  it('makes one line of rows that differ in the item, several of rows that differ in the ratio', () => {
    const second = ',,另一事项,某类企业,5%,1次/年,3月-6月,市甲局,市乙局,现场检查'
    expect(parse(`${heading}\n${good}\n${second}`).lines.map((line) => line.known.itemNames)).toEqual([['某事项', '另一事项']])
    const lines = parse(`${heading}\n${good}\n${second.replace('5%', '6%')}`).lines
    expect(lines.map(({ lineNo, taskNo, known }) => [lineNo, taskNo, known.taskName])).toEqual([
      [1, '1', '某任务'],
      [2, '1', '某任务'],
    ])
  })

  it('asks about unknown columns that say something and about two columns of one meaning', () => {
    const wide = `${heading},天气,检查方式\n${good},晴,书面检查`
    expect(parse(wide).questions.map(({ id, code }) => `${id} ${code}`)).toEqual([
      'table/column-10 doubled-column',
      'table/column-11 unknown-column',
      'table/column-12 doubled-column',
    ])
    expect(parse(`${heading},天气,检查方式\n${good},,现场检查`).questions).toEqual([])
  })

  it('leaves out rows of the wrong width and says which', () => {
    const parsed = parse(`${heading}\n${good}\n2,短,行`)
    expect(parsed.lines).toHaveLength(1)
    expect(parsed.problems).toMatchObject([{ line: 3, code: 'short-row' }])
  })

  it('says no-header of a file without one and no-rows of one without lines', () => {
    expect(parse('甲,乙\n1,2').problems).toMatchObject([{ code: 'no-header' }])
    expect(parse(heading).problems).toMatchObject([{ code: 'no-rows', line: 1 }])
  })

  it('asks whether shortened names were completed rightly, unless a resolver knows them', () => {
    const shortened = good.replace('市乙局', '市场监管、税务部门')
    expect(asked(shortened)).toEqual(['table/elidedNames elided-names'])
    expect(asked(shortened, { resolveUnit: (name) => name })).toEqual([])
  })

  it('PLN-13 knows shares by kind where each is exactly one of the year, and asks where any is open', () => {
    const shares = (text: string) => {
      const { lines, questions } = parse(`${heading}\n${good.replace('5%', text)}`)
      return [lines[0]?.known.tiers?.map(({ name }) => name), lines[0]?.known.ratio?.chosen, questions.map(({ code }) => code)]
    }
    expect(shares('A级1%、B级3%、C级10%、D级20%')).toEqual([['A级', 'B级', 'C级', 'D级'], undefined, []])
    expect(shares('高风险企业50%；5%')).toEqual([['高风险企业'], { numerator: 1, denominator: 20 }, []])
    expect(shares('高风险企业50%；不低于5%')).toEqual([undefined, undefined, ['ratio-by-kind']])
    expect(shares('高风险企业不低于50%；低风险企业5%')).toEqual([undefined, undefined, ['ratio-by-kind']])
    expect(shares('重点源每月10%；一般源5%')).toEqual([undefined, undefined, ['ratio-by-kind']])
    expect(shares('高风险企业50%；高风险企业5%')).toEqual([undefined, undefined, ['ratio-by-kind']])
  })

  it('PLN-13 keeps the remarks of every row of a line', () => {
    const rows = [`${good},甲`, ',,另一事项,某类企业,5%,1次/年,3月-6月,市甲局,市乙局,现场检查,乙']
    expect(parse(`${heading},备注\n${rows.join('\n')}`).lines.map(({ known }) => known.remarks)).toEqual(['甲；乙'])
  })
})
