import type { Ratio } from '@dual-random/kernel'
import { boundOf, boundWords, percentOf, type RatioRange, spread } from './percent.ts'

/** What one clause says about the share of objects to draw; `subject` names the objects meant when not all are. */
export type RatioClause =
  | {
      readonly kind: 'share'
      readonly subject: string
      readonly range: RatioRange
      readonly sumOverLevels: boolean
      readonly perMonth: boolean
    }
  | { readonly kind: 'staff'; readonly subject: string; readonly staff: string }
  | { readonly kind: 'open'; readonly subject: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'remark'; readonly text: string }

const number = String.raw`\d{1,3}(?:\.\d{1,6})?`
const period = '(?<period>全年|每年度|每年|本年度|年度|每月)?'
const word = '(?:(?:按照|按)?(?:年度)?(?:抽查|检查|抽取)?比例(?<sum>之和)?)?'
const of = '(?:(?:抽查对象|检查对象)?(?:名录库|总数|对象总数)的)?'
const tail = '(?:的?比例)?(?:进行)?(?:抽取|抽查|检查)?'
const single = new RegExp(
  `^(?<subject>.*?)${period}${word}${period.replace('period', 'again')}(?<bound>${boundWords})?${of}(?<![\\d.:])(?<number>${number})%(?<after>以上|及以上|以下|及以下)?${tail}$`,
)
const double = new RegExp(
  `^(?<subject>.*?)${period}${word}(?:为|是)?${of}(?<![\\d.:])(?<low>${number})%?(?:-|至|到)(?<high>${number})%${tail}$`,
)
const staff = /^(?<subject>.*?)(?:全年|每年)?按(?:照)?(?:在编)?(?:在岗)?(?:执法)?人员(?<staff>\d+:\d+)的?比例抽取$/
const open = /^抽取一定比例的(?<subject>.+?)(?:进行.*)?$/
const elsewhere = /^(?:按照|按|参照|依据).*(?:文件|方案|通知|规定|办法|要求).*(?:比例)?(?:执行|确定)$/
const undetermined = /^(?:(?:抽查|检查)?比例)?(?:根据.*确定|视情(?:况)?(?:确定|而定)?|待定|另行(?:确定|通知))$/
const remark = /^(?:不重复抽查|[^%]*为重点(?:抽查对象)?)$/

const plainSubject = (subject: string): string => subject.replace(/^(?:全年|每年|每月)?对?/, '')

function shareOf(groups: Record<string, string | undefined>, range: RatioRange): RatioClause {
  const sumOverLevels = groups['sum'] !== undefined
  const perMonth = groups['period'] === '每月' || groups['again'] === '每月'
  return { kind: 'share', subject: plainSubject(groups['subject'] ?? ''), range, sumOverLevels, perMonth }
}

function doubleRange(low: Ratio | undefined, high: Ratio | undefined): RatioRange | undefined {
  return low === undefined || high === undefined ? undefined : { min: low, max: high }
}

/** Reads one squashed clause about a share; undefined when it cannot be understood as one. */
export function readRatioClause(clause: string): RatioClause | undefined {
  const two = double.exec(clause)?.groups
  if (two !== undefined) {
    const range = doubleRange(percentOf(two['low'] ?? ''), percentOf(two['high'] ?? ''))
    return range === undefined ? undefined : shareOf(two, range)
  }
  const one = single.exec(clause)?.groups
  if (one !== undefined) {
    const bound = boundOf(one['bound'], one['after'])
    const ratio = percentOf(one['number'] ?? '')
    return bound === undefined || ratio === undefined ? undefined : shareOf(one, spread(bound, ratio))
  }
  const staffed = staff.exec(clause)?.groups
  if (staffed !== undefined) return { kind: 'staff', subject: staffed['subject'] ?? '', staff: staffed['staff'] ?? '' }
  const some = open.exec(clause)?.groups
  if (some !== undefined) return { kind: 'open', subject: some['subject'] ?? '' }
  if (remark.test(clause)) return { kind: 'remark', text: clause }
  if (elsewhere.test(clause)) return { kind: 'elsewhere' }
  return undetermined.test(clause) ? { kind: 'undetermined' } : undefined
}
