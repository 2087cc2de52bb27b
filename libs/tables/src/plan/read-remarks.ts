import { ask, type Finding, type QuestionDraft } from '../finding.ts'
import type { QuestionOption, QuestionSource } from '../question.ts'
import { type PlanContext, type PlanRow, sourceOf } from './plan-context.ts'
import type { PlanReadings, PlanValues } from './plan-line.ts'
import { hullOf, isOfYear, type RemarksReading, readRemarkClauses } from './remark-clauses.ts'
import { askDoubts } from './remark-doubts.ts'

type RemarksFinding = Finding<Pick<PlanReadings, 'remarks'>, Partial<Pick<PlanValues, 'batches' | 'checkBatches' | 'duties'>>>

const even: QuestionOption = { value: 'even', textZh: '不用备注，按频次平均分批' }

function askBatches(
  source: QuestionSource,
  { batches: reading, movedBatches }: RemarksReading,
  { window, timesPerYear }: Partial<PlanValues>,
  planYear: number,
): QuestionDraft | undefined {
  if (reading === undefined) return undefined
  const text = { field: 'remarkedBatches', form: 'choice' } as const
  const said = `备注“${reading.raw}”`
  if (reading.kind === 'unclear') {
    const textZh = `${said}没有读懂：按频次平均分批，还是逐批写明时间和份额？`
    return ask(source, { ...text, code: 'batches-not-understood', textZh, options: [even] })
  }
  const { batches } = reading
  if (!isOfYear(batches, planYear)) {
    const moved = { value: 'moved', textZh: `改到计划年度 ${planYear} 年的同月同日` }
    const options = [...(movedBatches === undefined ? [] : [moved]), even]
    const textZh = `${said}的时间不在计划年度 ${planYear} 年：怎样分批？`
    return ask(source, { ...text, code: 'batches-outside-plan-year', textZh, options })
  }
  const hull = hullOf(batches)
  if (timesPerYear === batches.length && window?.start === hull?.start && window?.end === hull?.end) return undefined
  const asWritten = { value: 'as-written', textZh: '照备注分批' }
  const textZh = `${said}与频次、时间两栏对不上：怎样分批？`
  return ask(source, { ...text, code: 'batches-differ', textZh, options: [asWritten, even] })
}

const without: readonly QuestionOption[] = [{ value: 'without', textZh: '不带这一内容读入，在计划中另行填报' }]

function askUnreadable(
  source: QuestionSource,
  { duties, delegations, selections, cities: together }: RemarksReading,
): readonly QuestionDraft[] {
  const quoted = (clauses: readonly string[]): string => clauses.map((clause) => `“${clause}”`).join('')
  const asked = (field: string, code: string, textZh: string, options = without): QuestionDraft =>
    ask(source, { field, code, textZh, form: 'choice', options })
  const byBody = [{ value: 'by-body', textZh: '不用备注，按事项的检查主体分工' }]
  return [
    ...(duties?.kind === 'unclear'
      ? [asked('duties', 'duties-not-understood', `备注“${duties.raw}”没有读懂：各部门检查哪些事项？`, byBody)]
      : []),
    ...(delegations.length === 0
      ? []
      : [asked('delegation', 'delegation-not-read', `备注写明委托检查${quoted(delegations)}，导入的表格不带委托：确认不带委托读入`)]),
    ...(selections.length === 0
      ? []
      : [
          asked('selections', 'selections-not-read', `备注写明选派方式${quoted(selections)}，导入的表格不带选派方式：确认不带选派方式读入`),
        ]),
    ...(together.length === 0
      ? []
      : [asked('cities', 'cities-not-read', `备注写明几个市一并抽取${quoted(together)}，导入的表格不带其他市：确认只按本地读入`)]),
  ]
}

/**
 * Reads what an export writes into the remarks of a line for want of a column: who checks what, batches with their times and parts, and the number of check batches. What takes
 * more than a table to understand, a delegation, a mode of choosing inspectors or other cities, is asked about by name. The remark itself stays as it is.
 */
export function readRemarks(row: PlanRow, known: Partial<PlanValues>, context: PlanContext): RemarksFinding {
  const { planYear } = context.options
  const text = known.remarks ?? ''
  if (text === '') return { readings: {}, known: {}, asks: [] }
  const reading = readRemarkClauses(text, known, planYear)
  const source = { ...sourceOf(row, row.cells.remarks, ['remarks'], context), raw: text }
  const draft = askBatches(source, reading, known, planYear)
  return {
    readings: { remarks: reading },
    known: {
      ...(draft === undefined && reading.batches?.kind === 'batches' ? { batches: reading.batches.batches } : {}),
      ...(reading.checkBatches === undefined ? {} : { checkBatches: reading.checkBatches }),
      ...(reading.duties?.kind === 'duties' ? { duties: reading.duties.duties } : {}),
    },
    asks: [...(draft === undefined ? [] : [draft]), ...askUnreadable(source, reading), ...askDoubts(source, reading.rest, known, planYear)],
  }
}
