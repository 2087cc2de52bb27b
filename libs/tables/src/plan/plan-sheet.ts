import { formatPercent } from '@dual-random/kernel'
import { noneAnswer } from '../answer.ts'
import { writeObjectMarks } from '../cells/object-marks.ts'
import { type LaidOut, layOut, type SheetColumn } from '../sheet/lay-out.ts'
import type { Sheet } from '../sheet/sheet.ts'
import type { PublishedPlanLine } from './published-line.ts'

/** A plan to be laid out as cities publish theirs. */
export type PlanDocument = LaidOut<PublishedPlanLine>

/** Of several draws it is said that the figure is that of the year: alone it might be that of each. */
const ofYear = ({ timesPerYear }: PublishedPlanLine): string => (timesPerYear > 1 ? '全年合计' : '')

function shareText(line: PublishedPlanLine): string {
  const { ratio, tiers = [] } = line
  const all = ratio === undefined ? [] : [ofYear(line) + formatPercent(ratio)]
  return [...all, ...tiers.map((tier) => `${tier.name}${ofYear(line)}${formatPercent(tier.ratio)}`)].join('；')
}

const amount = '抽查数量'
const time = '抽查时间'
const listed = (names: readonly string[]): string => names.join('、')

const itemColumn: SheetColumn<PublishedPlanLine> = { heading: '抽查事项', width: 32, text: () => '' }

/** Headings that `planVocabulary` knows. */
const columns: readonly SheetColumn<PublishedPlanLine>[] = [
  { heading: '序号', width: 6, text: (_line, index) => String(index + 1) },
  { heading: '抽查任务名称', width: 24, text: ({ taskName }) => taskName },
  itemColumn,
  { heading: '抽查对象范围', width: 24, text: ({ objectScope = '' }) => objectScope, isOptional: true },
  {
    heading: '对象条件',
    width: 20,
    text: ({ objectMarks }) => (objectMarks === undefined ? '' : writeObjectMarks(objectMarks)),
    isOptional: true,
  },
  { heading: '抽查比例', group: amount, width: 16, text: shareText, isOptional: true },
  {
    heading: '抽查户数',
    group: amount,
    width: 8,
    text: (line) => (line.count === undefined ? '' : `${ofYear(line)}${line.count}户`),
    isOptional: true,
  },
  { heading: '抽查频次', width: 9, text: ({ timesPerYear }) => `${timesPerYear}次/年` },
  { heading: '抽查日期自', group: time, width: 12, text: ({ window }) => window.start },
  { heading: '抽查日期至', group: time, width: 12, text: ({ window }) => window.end },
  { heading: '完成时限', width: 12, text: ({ deadline = '' }) => deadline, isOptional: true },
  { heading: '发起部门', width: 18, text: ({ initiator }) => initiator },
  { heading: '配合部门', width: 20, text: ({ participants }) => (participants.length === 0 ? noneAnswer : listed(participants)) },
  { heading: '抽查方式', width: 12, text: ({ methods }) => listed(methods), isOptional: true },
  { heading: '备注', width: 16, text: ({ remarks }) => remarks, isOptional: true },
]

/** Lays a plan out as cities publish theirs: a title, a header of two rows, a row for each item. `parsePlanTable` reads the same lines from it. */
export const planSheet = (document: PlanDocument): Sheet =>
  layOut('抽查计划', document, columns, { column: itemColumn, texts: ({ itemNames }) => itemNames })
