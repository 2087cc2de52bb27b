import type { Ratio } from '@dual-random/kernel'
import { isObjectKind } from './object-kind.ts'
import { boundEndings, boundOf, boundWords, percentOf, type RatioRange, spread } from './percent.ts'
import { everyWords, type Period, periodOf } from './period.ts'

/** What one clause says about the share of objects to draw; `subject` names the objects meant when not all are. */
export type RatioClause =
  | {
      readonly kind: 'share'
      readonly subject: string
      readonly range: RatioRange
      /** The word that may mean all objects or, beside other kinds, one: 企业. */
      readonly kindWord?: string
      readonly sumOverLevels: boolean
      readonly per: Period
    }
  | { readonly kind: 'staff'; readonly subject: string; readonly staff: string }
  | { readonly kind: 'open'; readonly subject: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'undetermined' }
  /** `least`: so many objects where the share comes to fewer. */
  | { readonly kind: 'remark'; readonly text: string; readonly least?: number }

const number = String.raw`(?<![\d.]|\d:)(?<low>\d{1,3}(?:\.\d{1,6})?)`
const every = (name: string): string => `(?:(?<${name}>${everyWords})内?)?`
const manner = '(?:原则上|一般(?=不|为|按|控制|应)|累计|总体|合计)?'
const verb = '(?:进行|开展|实施)?(?:定向|不定向)?(?:双?随机)?(?:抽查|检查|抽取|抽检)?'
const word = `(?:(?:按照|按|以)?(?:年度)?${verb}(?:对象)?的?(?:数量)?(?:比例|比率)(?<sum>之和)?:?)?`
/** What the share is of, counted: 检查对象总数的, 名录库的; the name is lazy, so that a bound before it stays one. */
const counted = (name: string): string =>
  String.raw`(?:(?<${name}>(?:(?!每|比例|不|至|最|≥|≤|=|为|以)[^%\d:,]){0,16}?)(?:总数量?|总量|总户数|总体|数量|户数|家数|人数|数|名录库)的?)?`
const kind = '企业|单位|对象|主体|机构|市场主体|经营主体|检查对象|抽查对象|监管对象|比例'
/** Names of all objects that are drawn from. */
const everything = new RegExp(`^(?:本|全)?(?:辖区|行政区域|市|县|区|省)?内?(?:全部|所有)?的?(?:${kind})?(?:名录库)?$`)
const bareKind = new RegExp(`^(?:${kind})$`)
const misplacedBound = new RegExp(`^(?<bound>${boundWords})(?<rest>.+)$`)
const tail = `(?:的?比例|的(?<of>[^%\\d的]{1,16}?))??${verb}(?:(?:/|每)(?<per>年度|年|半年|季度|季|月))?${verb}`
const share = new RegExp(
  `^(?<subject>[^%]*?)${manner}${every('first')}${manner}${word}${manner}${every('second')}${manner}(?:按照|按|以)?${verb}${counted('before')}(?<bound>${boundWords})?${verb}${counted('behind')}` +
    `${number}(?:%?(?:-|至|到)(?<high>\\d{1,3}(?:\\.\\d{1,6})?))?%(?<after>${boundEndings}|之间)?${tail}$`,
)
const covered = new RegExp(
  `^(?<subject>[^%]*?)${every('first')}(?:(?:按照?)?100%(?:的?比例)?)?(?:实行|实现|做到|进行|开展)?(?:抽查|检查)?(?:全覆盖|全部)(?:抽查|检查|监管)?$`,
)
const staff = new RegExp(
  `^(?<subject>.*?)${every('first')}按(?:照)?(?:在编)?(?:在岗)?(?:执法)?人员(?<staff>\\d+:\\d+)的?比例(?:抽取|抽查|检查)?$`,
)
const open = /^抽取一定比例的(?<subject>.+?)(?:进行.*)?$/
const elsewhere =
  /^(?:按照|按|参照|依据|根据|以).*(?:文件|方案|通知|规定|办法|要求|部署|任务|计划|清单|标准).*(?:比例)?(?:执行|确定|为准|开展|抽取)$/
const undetermined =
  /^(?:(?:抽查|检查|抽取)?比例:?)?(?:根据.*(?:确定|调整|安排)|按照?.*(?:确定|调整|安排)|视.*(?:确定|而定)|视情|待定|另行(?:确定|通知)|由.*(?:确定|决定))$/
const remark = /^(?:不重复抽查|[^%]*为重点(?:抽查对象)?)$/
/** A share of less than one object is drawn as one, which any share of some objects comes to. Another least number is one to ask about. */
const leastOne =
  /^(?:抽取|抽查)?(?:数量|户数|家数|数)?不足[1一](户|家|个|名|人|处|件|所|批次|批)的?(?:按照|按|以)[1一]\1(?:计算|计|抽取|抽查|检查|确定|执行)?$/

const plainSubject = (subject: string): string =>
  subject
    .replace(/^(?:全年|每年|每月)?(?:按照|按|以)?(?:对于|对|其中)?[:,]?/, '')
    .replace(/^占$|[的:]+$/, '')
    .replace(/(?<=、.*)各$/, '')

function shareOf(groups: Readonly<Record<string, string | undefined>>, range: RatioRange): RatioClause | undefined {
  const periods = ['first', 'second', 'per'].flatMap((name) => groups[name] ?? []).map(periodOf)
  const [per = '年'] = periods
  const named = [plainSubject(groups['subject'] ?? ''), groups['before'] ?? '', groups['behind'] ?? '', groups['of'] ?? '']
  const [subject = '', ...others] = named.filter((name) => !everything.test(name))
  if (periods.some((each) => each !== per) || others.length > 0 || (subject !== '' && !isObjectKind(subject))) return undefined
  const kindWord = subject === '' ? named.find((name) => bareKind.test(name)) : undefined
  return { kind: 'share', subject, range, sumOverLevels: groups['sum'] !== undefined, per, ...(kindWord === undefined ? {} : { kindWord }) }
}

/** 不低于高风险企业的50%: the bound stands before the name. */
function withBoundInPlace(groups: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | undefined>> {
  const misplaced = misplacedBound.exec(groups['subject'] ?? '')?.groups
  return misplaced === undefined || groups['bound'] !== undefined
    ? groups
    : { ...groups, subject: misplaced['rest'], bound: misplaced['bound'] }
}

function rangeOfGroups(groups: Readonly<Record<string, string | undefined>>): RatioRange | undefined {
  const low = percentOf(groups['low'] ?? '')
  if (low === undefined) return undefined
  if (groups['high'] !== undefined) {
    const high = percentOf(groups['high'])
    const isBare = (groups['bound'] ?? '在').match(/^(?:为|在|是|控制在)$/) !== null
    return high === undefined || !isBare ? undefined : { min: low, max: high }
  }
  const bound = boundOf(groups['bound'], groups['after'])
  return bound === undefined || groups['after'] === '之间' ? undefined : spread(bound, low)
}

const all: Ratio = { numerator: 1, denominator: 1 }

/** Reads one squashed clause about a share; undefined when it cannot be understood as one. */
export function readRatioClause(clause: string): RatioClause | undefined {
  const found = share.exec(clause)?.groups
  if (found !== undefined) {
    const said = withBoundInPlace(found)
    const range = rangeOfGroups(said)
    return range === undefined ? undefined : shareOf(said, range)
  }
  const full = covered.exec(clause)?.groups
  if (full !== undefined) return shareOf(full, { min: all, max: all })
  const staffed = staff.exec(clause)?.groups
  if (staffed !== undefined) return { kind: 'staff', subject: staffed['subject'] ?? '', staff: staffed['staff'] ?? '' }
  const some = open.exec(clause)?.groups
  if (some !== undefined) return { kind: 'open', subject: some['subject'] ?? '' }
  if (leastOne.test(clause)) return { kind: 'remark', text: clause, least: 1 }
  if (remark.test(clause)) return { kind: 'remark', text: clause }
  if (elsewhere.test(clause)) return { kind: 'elsewhere' }
  return undetermined.test(clause) ? { kind: 'undetermined' } : undefined
}
