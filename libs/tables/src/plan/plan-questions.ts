import { noneAnswer } from '../answer.ts'
import { elidedNames } from '../elided-names.ts'
import { lineQuestion, type Question, type QuestionOption, tableQuestion } from '../question.ts'
import type { TableRow } from '../record-reader.ts'
import { cleanName, cleanPassage, squash, withYearFigures } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import { hasColumn, type PlanContext, type PlanRow } from './plan-context.ts'
import type { ParsedPlanLine } from './plan-line.ts'
import { exactCount } from './read-share.ts'
import { itemFields, nameFieldOf } from './read-texts.ts'
import { isUndrawnNotice } from './undrawn-sheet.ts'

interface PlanTableFacts {
  readonly context: PlanContext
  readonly headerLine: number
  readonly titles: readonly TableRow[]
  readonly rows: readonly PlanRow[]
  readonly lines: readonly ParsedPlanLine[]
  readonly footers: readonly TableRow[]
}

type TableAsk = (field: string, code: string, textZh: string, form: Question['form'], options?: readonly QuestionOption[]) => Question

interface MissingColumn {
  readonly field: string
  readonly code: string
  readonly form: Question['form']
  readonly textZh: string
  readonly candidates: readonly PlanField[]
}

const missingName: MissingColumn = {
  field: 'taskName',
  code: 'no-task-name-column',
  form: 'text',
  textZh: '表中没有任务名称',
  candidates: ['content', 'object'],
}
const missingItem: MissingColumn = {
  field: 'itemNames',
  code: 'no-item-column',
  form: 'texts',
  textZh: '表中没有抽查事项',
  candidates: itemFields,
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values.filter((value) => value !== ''))]

/** 附件1, which stands above many titles. */
const enclosure = /^附[件表](?:[\d一二三四五六七八九十-]{1,4})?[:：]?$/

function titleOf({ context, titles }: PlanTableFacts): string {
  const texts = titles.flatMap((row) => row.cells.find((cell) => squash(cell) !== '') ?? [])
  return cleanName(context.options.title ?? texts.find((text) => !enclosure.test(squash(text))) ?? texts[0] ?? '')
}

/** The units that may have made the plan: the one that reports, the one the title begins with, the one every row names as its office. */
function initiatorOptions(facts: PlanTableFacts): readonly QuestionOption[] {
  const reporting = facts.titles.flatMap((row) => /填报单位[:：](.+)/.exec(row.cells.map(cleanName).join(''))?.[1] ?? [])
  const inTitle = /^(.{2,30}?(?:局|委员会|委|大队|支队|办公室|厅|院|所))(?:\d{4}|关于)/.exec(titleOf(facts))?.[1] ?? ''
  const offices = distinct(facts.rows.map((row) => cleanName(row.cells.office?.raw ?? '')))
  const office = offices.length === 1 && /(?:局|委|委员会)$/.test(offices[0] ?? '') ? offices : []
  return distinct([...reporting, inTitle, ...office]).map((value) => ({ value, textZh: value }))
}

/** The columns that can stand in for a missing one: those with a text in every row. */
function columnOptions({ context, rows }: PlanTableFacts, fields: readonly PlanField[]): readonly QuestionOption[] {
  return fields.flatMap((field) => {
    const name = context.columns.get(field)
    const full = rows.every((row) => row.cells[field] !== undefined)
    return name === undefined || !full ? [] : [{ value: field, textZh: `用“${name}”列` }]
  })
}

function askYear(facts: PlanTableFacts, ask: TableAsk): readonly Question[] {
  const { planYear } = facts.context.options
  const years = distinct([...withYearFigures(titleOf(facts)).matchAll(/(20\d\d)年?/g)].map((match) => match[1] ?? ''))
  if (years.length === 0 || years.includes(String(planYear))) return []
  const options = [{ value: String(planYear), textZh: `就是 ${planYear} 年的计划` }]
  const textZh = `标题写的是 ${years.join('、')} 年，导入时给的计划年度是 ${planYear} 年：确认，或改了年度重新导入`
  return [ask('planYear', 'plan-year-differs', textZh, 'choice', options)]
}

/** 内部联合 is of the offices of one department. */
const withinOne = /(?:部门)?(?:内部|系统内|本系统|本部门|局内)联合/g
const ofOne = /本部门|内部|系统内/

function askPlanType(facts: PlanTableFacts, ask: TableAsk): readonly Question[] {
  const { planType } = facts.context.options
  const title = squash(titleOf(facts))
  const saysJoint = title.replace(withinOne, '').includes('联合')
  const differs = (planType === 'INTERNAL' && saysJoint) || (planType === 'JOINT' && !saysJoint && ofOne.test(title))
  if (planType === undefined || !differs) return []
  const [given, said] = planType === 'JOINT' ? ['部门联合', '本部门'] : ['本部门', '部门联合']
  const textZh = `标题像是${said}抽查计划，导入时给的是${given}抽查计划：确认，或改了计划类型重新导入`
  return [ask('planType', 'plan-type-differs', textZh, 'choice', [{ value: planType, textZh: `就是${given}抽查计划` }])]
}

/** Which column stands in for a missing one; where none is full, each line is asked. */
function askColumn(facts: PlanTableFacts, ask: TableAsk, missing: MissingColumn): readonly Question[] {
  const { field, code, form, textZh } = missing
  const options = columnOptions(facts, missing.candidates)
  if (options.length > 0) return [ask(field, code, `${textZh}：用哪一列？`, 'choice', options)]
  return facts.lines.map(({ lineNo, rows }) =>
    lineQuestion(lineNo, { line: rows[0] ?? facts.headerLine, column: '', raw: '' }, { field, code, textZh: `${textZh}：是什么？`, form }),
  )
}

function askMissingNames(facts: PlanTableFacts, ask: TableAsk): readonly Question[] {
  const { context } = facts
  const nameless = nameFieldOf(context) === undefined
  const itemless = !hasColumn(context, 'item') && context.options.isListedItem === undefined
  return [
    ...(nameless ? askColumn(facts, ask, missingName) : []),
    ...(itemless ? askColumn(facts, ask, missingItem) : []),
    ...(hasColumn(context, 'object', 'objectMarks')
      ? []
      : [ask('objectScope', 'no-object-column', '表中没有检查对象：查哪些对象？', 'text')]),
  ]
}

function askMissingAmounts(facts: PlanTableFacts, ask: TableAsk): readonly Question[] {
  const { context, lines } = facts
  const { planYear } = context.options
  const wholeYear = [{ value: `${planYear}-01-01/${planYear}-12-31`, textZh: '全年' }]
  const share = hasColumn(context, 'share', 'shareAndTimes', 'shareOrCount', 'count')
  const times = hasColumn(context, 'times', 'period', 'shareAndTimes') || lines.every((line) => line.readings.times !== undefined)
  const window = hasColumn(context, 'window', 'windowStart', 'windowEnd', 'deadline')
  return [
    ...(share ? [] : [ask('ratio', 'no-ratio-column', '表中没有抽查比例，也没有数量：按多少抽？', 'share')]),
    ...(times
      ? []
      : [ask('timesPerYear', 'no-times-column', '表中没有频次：一年几次？', 'integer', [{ value: '1', textZh: '一年 1 次' }])]),
    ...(window ? [] : [ask('window', 'no-window-column', '表中没有时间：什么时间检查？', 'window', wholeYear)]),
  ]
}

function askMissingUnits(facts: PlanTableFacts, ask: TableAsk): readonly Question[] {
  const { context } = facts
  const joint = titleOf(facts).includes('联合') && !hasColumn(context, 'participants')
  const none = [{ value: noneAnswer, textZh: '没有参与部门' }]
  return [
    ...(hasColumn(context, 'initiator')
      ? []
      : [ask('initiator', 'no-initiator-column', '表中没有发起部门：由哪个单位发起？', 'unit', initiatorOptions(facts))]),
    ...(joint
      ? [ask('participants', 'no-participants-column', '标题说是联合抽查，表中没有参与部门：有哪些部门参与？', 'units', none)]
      : []),
  ]
}

function askEstimate({ context, lines }: PlanTableFacts, ask: TableAsk): readonly Question[] {
  const name = context.columns.get('estimate')
  if (name === undefined || lines.every((line) => line.readings.estimate === undefined)) return []
  const exact = lines.every((line) => exactCount(line.readings.estimate) !== undefined)
  const options = [
    { value: 'base', textZh: '是名录库中对象的总数，按比例抽取' },
    ...(exact ? [{ value: 'count', textZh: '是今年要抽的户数，不再按比例' }] : []),
  ]
  return [ask('estimate', 'base-or-count', `“${name}”看不出是对象总数还是要抽的户数：是哪一种？`, 'choice', options)]
}

function askElision({ context, lines, headerLine }: PlanTableFacts): readonly Question[] {
  if (context.options.resolveUnit !== undefined) return []
  return elidedNames(
    headerLine,
    lines.flatMap(({ readings, known }) => (known.participants === undefined ? [] : [readings.participants])),
  )
}

/** An export says below its table that the plan has checks without a draw: whoever imports it knows that they are not read. */
function askUndrawn({ footers }: PlanTableFacts): readonly Question[] {
  return footers.filter(isUndrawnNotice).map((row) => {
    const raw = cleanPassage(row.cells.find((cell) => squash(cell) !== '') ?? '')
    const textZh = `表尾写明计划还有不经抽取的检查（“${raw}”），导入只读抽查事项，没有读入这些检查：确认不读入，在计划中另行填报`
    const options = [{ value: 'leave', textZh: '不读入，另行填报' }]
    return tableQuestion(
      { line: row.line, column: '', raw },
      { field: 'undrawn', code: 'undrawn-not-read', textZh, form: 'choice', options },
    )
  })
}

/** What a plan table leaves open as a whole: columns it does not have, and columns whose meaning it does not say. */
export function planTableQuestions(facts: PlanTableFacts): readonly Question[] {
  const raw = cleanPassage(titleOf(facts))
  const ask: TableAsk = (field, code, textZh, form, options) =>
    tableQuestion({ line: facts.headerLine, column: '', raw }, { field, code, textZh, form, ...(options === undefined ? {} : { options }) })
  const asking = [askYear, askPlanType, askMissingNames, askMissingAmounts, askMissingUnits, askEstimate]
  return [...asking.flatMap((each) => each(facts, ask)), ...askElision(facts), ...askUndrawn(facts)]
}
