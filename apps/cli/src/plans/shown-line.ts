import { formatPercent } from '@dual-random/kernel'
import { type ObjectMarks, type ParsedPlanLine, type PublishedBatch, writeObjectMarks } from '@dual-random/tables'
import type { Row } from '../draws/rows.ts'
import { type Text, text } from '../text.ts'

/** A line of a plan table as people are shown it: its ordinal, its name and what is certain of it. */
export interface ShownLine {
  readonly lineNo: number
  readonly taskName: string
  readonly rows: readonly Row[]
}

/** A question about a table as people are shown it. */
export interface ShownQuestion {
  readonly id: string
  /** Of the file: every one that asks it. */
  readonly rows: readonly number[]
  readonly column: string
  readonly cell: string
  readonly message: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

const labels = {
  itemNames: text('抽查事项', 'items'),
  objectScope: text('检查对象', 'objects'),
  objectMarks: text('对象条件', 'which of them'),
  ratio: text('比例', 'ratio'),
  tiers: text('分档比例', 'ratio by kind'),
  count: text('数量', 'number'),
  times: text('每年次数', 'times a year'),
  window: text('时间', 'window'),
  batches: text('分批', 'batches'),
  checkBatches: text('检查批次', 'check batches of a draw'),
  deadline: text('完成时限', 'deadline'),
  initiator: text('发起部门', 'initiator'),
  participants: text('参与部门', 'participants'),
  duties: text('分工', 'who checks what'),
  methods: text('检查方式', 'methods'),
  remarks: text('备注', 'remarks'),
} as const satisfies Readonly<Record<string, Text>>

type Values = Readonly<Partial<Record<keyof typeof labels, string | number | undefined>>>

const rowsOf = (values: Values): readonly Row[] =>
  Object.entries(labels).flatMap(([name, label]) => {
    const value = values[name as keyof typeof labels]
    return value === undefined || value === '' ? [] : [{ label, value: String(value) }]
  })

const list = (names: readonly string[] | undefined): string | undefined => names?.join('、')
const windowText = (window: { readonly start: string; readonly end: string } | undefined): string | undefined =>
  window === undefined ? undefined : `${window.start}—${window.end}`

/** `2026-03-01—2026-04-30 1/4（地区：230302）`: what a batch draws from in brackets, where it says. */
function batchText({ window, share }: Pick<PublishedBatch, 'window' | 'share'>, marks: ObjectMarks | undefined): string {
  const part = share === undefined ? '' : ` ${share.numerator}/${share.denominator}`
  return `${windowText(window)}${part}${marks === undefined ? '' : `（${writeObjectMarks(marks)}）`}`
}

/** What the table says for certain. */
export const parsedLine = ({ lineNo, taskNo, known }: ParsedPlanLine): ShownLine => ({
  lineNo,
  taskName: known.taskName ?? `（${taskNo === '' ? lineNo : taskNo}）`,
  rows: rowsOf({
    ...known,
    itemNames: list(known.itemNames),
    objectMarks: known.objectMarks && writeObjectMarks(known.objectMarks),
    ratio: known.ratio === undefined ? undefined : formatPercent(known.ratio.chosen),
    tiers: list(known.tiers?.map(({ name, ratio }) => `${name} ${formatPercent(ratio)}`)),
    times: known.timesPerYear,
    window: windowText(known.window),
    batches: list(known.batches?.map((batch) => batchText(batch, batch.objectMarks))),
    participants: list(known.participants),
    duties: known.duties?.map(({ unit, itemNames }) => `${unit} ${itemNames.join('、')}`).join('；'),
    methods: list(known.methods),
  }),
})

/** What narrows the objects of a line, as planning has it; empty lists narrow nothing. */
interface ObjectScope {
  readonly kinds: readonly string[]
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
  readonly regionCodes: readonly string[]
}

const marksOf = ({ kinds, industryPrefixes, tags, regionCodes }: ObjectScope): ObjectMarks => ({
  kinds,
  industries: industryPrefixes,
  tags,
  regions: regionCodes,
})

/** A batch as planning tells it. */
interface PlanningBatch extends Pick<PublishedBatch, 'window' | 'share'> {
  readonly scope?: ObjectScope
}

/** A line as planning tells it: names looked up in its registers. */
export interface PlanningLine {
  readonly lineNo: number
  readonly taskNo: string
  readonly taskName?: string
  readonly objectScope?: string
  readonly scope?: ObjectScope
  readonly itemNames?: readonly string[]
  readonly itemCodes?: readonly string[]
  readonly initiatorUnitId?: string
  readonly participantUnitIds?: readonly string[]
  readonly ratios?: readonly { readonly stratum: string; readonly ratio: string }[]
  readonly count?: number
  readonly window?: { readonly start: string; readonly end: string }
  readonly times?: number
  readonly batches?: readonly PlanningBatch[]
  readonly checkBatches?: number
  readonly omitReason?: string
}

export const planningLine = (line: PlanningLine): ShownLine => ({
  lineNo: line.lineNo,
  taskName: line.taskName ?? `（${line.taskNo === '' ? line.lineNo : line.taskNo}）`,
  rows: rowsOf({
    itemNames: list(line.itemCodes ?? line.itemNames),
    objectScope: line.objectScope,
    objectMarks: line.scope && writeObjectMarks(marksOf(line.scope)),
    ratio: list(line.ratios?.map(({ stratum, ratio }) => (stratum === 'ALL' ? ratio : `${stratum} ${ratio}`))),
    count: line.count,
    times: line.times,
    window: windowText(line.window),
    batches: list(line.batches?.map((batch) => batchText(batch, batch.scope && marksOf(batch.scope)))),
    checkBatches: line.checkBatches,
    initiator: line.initiatorUnitId,
    participants: list(line.participantUnitIds),
    remarks: line.omitReason,
  }),
})
