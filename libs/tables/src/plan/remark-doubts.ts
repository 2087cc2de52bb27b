import { dropAnswer } from '../answer.ts'
import { isCountClause, readCountCell } from '../cells/count.ts'
import { readRatioClause } from '../cells/ratio-clause.ts'
import { readTimesClause } from '../cells/times.ts'
import { ask, type QuestionDraft } from '../finding.ts'
import type { QuestionSource } from '../question.ts'
import { splitOutsideBrackets, squash } from '../text.ts'
import type { PlanValues } from './plan-line.ts'

type Amounts = Partial<Pick<PlanValues, 'ratio' | 'count' | 'timesPerYear'>>

const endsLine = /取消|撤销|暂停|停止|终止|不再开展|合并/
/** So many in each part of the year. */
const eachPeriod = /^每(?:个)?(?:季度|季|月|半年|年|周)/

const drop = { value: dropAnswer, textZh: '不要这一条' } as const

function askStanding(source: QuestionSource, clauses: readonly string[]): QuestionDraft | undefined {
  const said = clauses.filter((clause) => endsLine.test(clause))
  if (said.length === 0) return undefined
  const textZh = `备注写的是“${said.join('；')}”：这一条还列入计划吗？`
  const options = [{ value: 'stands', textZh: '仍列入计划' }, drop]
  return ask(source, { field: 'standing', code: 'line-may-not-stand', textZh, form: 'choice', options })
}

/** Whether a clause says how many or how often, and not what the columns say. */
function saysOtherwise(clause: string, { ratio, count, timesPerYear }: Amounts): boolean {
  const times = readTimesClause(clause)
  if (times?.kind === 'times') return times.min !== times.max || times.min !== timesPerYear || times.perObject
  const number = clause.replace(eachPeriod, '')
  if (isCountClause(number)) {
    const read = readCountCell(number)
    return number !== clause || count === undefined || read?.kind !== 'count' || read.min !== count || read.max !== count
  }
  const share = readRatioClause(clause)
  if (share?.kind !== 'share') return false
  return ratio === undefined || share.subject !== '' || JSON.stringify(share.range) !== JSON.stringify({ min: ratio.min, max: ratio.max })
}

function askAmounts(source: QuestionSource, clauses: readonly string[], known: Amounts): QuestionDraft | undefined {
  const said = clauses.filter((clause) => saysOtherwise(clause, known))
  if (said.length === 0) return undefined
  const textZh = `备注写的是“${said.join('；')}”，与各栏的比例、数量、频次不同：以各栏为准，还是不要这一条、另行填报？`
  const options = [{ value: 'columns', textZh: '以各栏为准' }, drop]
  return ask(source, { field: 'remarkedAmount', code: 'amount-in-remarks', textZh, form: 'choice', options })
}

/** What a remark says in its own words against the line: that it falls away, or that as many others are drawn. `rest` is what no reader has understood. */
export function askDoubts(source: QuestionSource, rest: string, known: Amounts): readonly QuestionDraft[] {
  const reasons = /(?:^|；)理由：.*$/s
  const clauses = splitOutsideBrackets(squash(rest.replace(reasons, '')), '；;。,')
  return [askStanding(source, clauses), askAmounts(source, clauses, known)].filter((draft) => draft !== undefined)
}
