import type { Ratio } from '@dual-random/kernel'
import { isObjectKind } from './object-kind.ts'
import { boundEndings, boundOf, boundWords, limitWords, percentOf, type RatioRange, spread } from './percent.ts'
import { eachTimeWords, everyWords, type SharePeriod, sharePeriodOf } from './period.ts'

/** What one clause says about the share of objects to draw; `subject` names the objects meant when not all are. */
export type RatioClause =
  | {
      readonly kind: 'share'
      readonly subject: string
      readonly range: RatioRange
      /** The word that may mean all objects or, beside other kinds, one: 企业. */
      readonly kindWord?: string
      /** The place all of whose objects are meant: 全省, 我市. */
      readonly place?: string
      readonly sumOverLevels: boolean
      readonly per: SharePeriod
      /** The text itself says that it is the share of the whole year: 全年, 合计. */
      readonly isOfYear?: true
      /** The period stands before the name, 每季度重点源25%: it may be that of the clauses behind it too. */
      readonly periodFirst?: true
    }
  | { readonly kind: 'staff'; readonly subject: string; readonly staff: string }
  | { readonly kind: 'open'; readonly subject: string }
  /** `ground`: another text is named, 按照省局要求, that need not be where the share stands. */
  | { readonly kind: 'elsewhere'; readonly ground?: string }
  | { readonly kind: 'undetermined' }
  /** `least`: so many objects where the share comes to fewer. */
  | { readonly kind: 'remark'; readonly text: string; readonly least?: number }

const number = String.raw`(?<![\d.]|\d:)(?<low>\d{1,3}(?:\.\d{1,6})?)`
const periodWords = `${everyWords}|${eachTimeWords}`
const every = (name: string): string => `(?:(?<${name}>${periodWords})内?)?`
const manner = '(?:原则上|一般(?=不|为|按|控制|应)|累计|总体|整体|总(?=抽|比)|合计)?'
const verb = '(?:进行|开展|实施|统一)?(?:定向|不定向)?(?:双?随机)?(?:抽查|检查|抽取|抽检|覆盖|抽)?'
/** 抽查率 and 抽查面 are 抽查比例; any other rate, 合格率, is none. */
const word = `(?:(?:按照|按|以)?(?:年度?)?(?:${verb}(?:对象)?的?(?:数量)?(?:比例|比率)(?<sum>之和)?|${verb}覆盖率|(?:抽查|检查|抽取|抽检)[率面]):?)?`
/** What the share is of, counted: 检查对象总数的, 名录库的; the name is lazy, so that a bound before it stays one. */
const counted = (name: string): string =>
  String.raw`(?:(?<${name}>(?:(?!每|比例|不|至|最|≥|≤|=|为|以)[^%\d:,]){0,16}?)(?:总数量?|总量|总户数|总体|数量|户数|家数|人数|数|名录库)的?)?`
const kind = '企业|单位|对象|主体|机构|市场主体|经营主体|检查对象|抽查对象|监管对象|比例'
/** Names of all objects that are drawn from. */
const everything = new RegExp(
  `^(?!中$)(?:(?<place>(?:本|全|我)(?:省|市|州|盟|县|区|旗|局|部门))|(?:本|全|我)?(?:辖区|行政区域|地区)|[省市县区]内)?(?:范围)?[内中]?(?:名录库[内中]?)?(?:全部|所有|各类|在营|存续|在册|登记在册|现有|实有|库内|在库)*的?(?:${kind})?(?:(?:名录)?库)?$`,
)
/** A kind, or all objects; what only ever means all of them is no kind. */
const bareKind = new RegExp(`^(?:[全本我][省市州盟县区旗]|[全本]?辖区[内中]?)?(?:在营|存续|在册|登记在册|现有|实有)?(?:企业|单位|机构)$`)
const misplacedBound = new RegExp(`^(?:按照|按|以)?(?<bound>${limitWords})(?<rest>.+)$`)
const everyFirst = new RegExp(`^(?:${periodWords})内?(?=.)`)
/** 合计, 年度比例 say of the year as much as 全年 does. */
const ofYear = /累计|合计|年度?的?(?:随机)?(?:抽查|检查|抽取)?(?:对象)?的?比[例率]/
/** Kinds of checks, not of objects: 现场检查, 重点抽查. */
const kindOfCheck =
  /^对?(?:非?现场|书面|实地|网络|网上|线上|线下|远程|重点|一般|日常|专项|全面)(?:监督|执法)?(?:检查|抽查|核查|监测)(?!对象|企业|单位|主体|事项|领域|项目|名录)/
const tail = `(?:的?比例|的?(?<of>(?!全覆盖|全部)[^%\\d的]{1,16}?))??${verb}(?:(?:/|每)(?<per>年度|年|半年|季度|季|月|批次|批|次))?${verb}`
const share = new RegExp(
  `^(?<subject>[^%]*?)${manner}${every('first')}${manner}${word}${manner}${every('second')}${manner}(?:按照|按|以)?${verb}${counted('before')}(?<bound>${boundWords})?${verb}${counted('behind')}` +
    `${number}(?:%?(?:-|至|到)(?<high>\\d{1,3}(?:\\.\\d{1,6})?))?%(?<after>${boundEndings}|之间)?${tail}$`,
)
const covered = new RegExp(
  `^(?<subject>[^%]*?)${every('first')}(?:(?:按照?)?100%(?:的?比例)?)?(?:实行|实现|做到|进行|开展)?(?:抽查|检查)?(?:全覆盖|全部|必查)(?:抽查|检查|抽取|监管)?$`,
)
const staff = new RegExp(
  `^(?<subject>.*?)${every('first')}按(?:照)?(?:在编)?(?:在岗)?(?:执法)?人员(?<staff>\\d+:\\d+)的?比例(?:抽取|抽查|检查)?$`,
)
const open = /^抽取一定比例的(?<subject>.+?)(?:进行.*)?$/
const elsewhere =
  /^(?:按照|按|参照|依据|根据|以).*(?:文件|方案|通知|规定|办法|要求|部署|任务|计划|清单|标准).*(?:比例)?(?:执行|确定|为准|开展|抽取)$/
const undetermined =
  /^(?:(?:抽查|检查|抽取)?比例:?)?(?:根据.*(?:确定|调整|安排)|按照?.*(?:确定|调整|安排)|视.*(?:确定|而定)|视情|待定|另行(?:确定|通知)|由.*(?:确定|决定))$/
/** What the words of another text ask for is not where the share must stand: 按照省局要求，不低于5%. */
const ground = /^(?:按照?|根据|依据|依照)[^\d%]*(?:要求|规定|部署|精神)$|^按照?(?:企业)?(?:信用|风险|信用风险)(?:等级|分类|分级)$/
/** Shares are drawn rounded up in any case. */
const rounding = /^(?:小数(?:点后|部分)?|不足整数的?|尾数)?(?:按照?|采用)?(?:四舍五入|向上取整|进位取整|进一法|进位)(?:取整|计算|处理)?$/
const remark =
  /^(?:估计.*\d+[户家个所名人处件](?:左右|上下)?|(?:同一)?(?:对象|企业|单位|主体)?(?:原则上)?不重复抽[查取]|[^%]*为重点(?:抽查对象)?)$/
/** A share of less than one object is drawn as one, which any share of some objects comes to. Another least number is one to ask about. */
const leastOne =
  /^(?:抽取|抽查)?(?:数量|户数|家数|数)?不足[1一](户|家|个|名|人|处|件|所|批次|批)的?(?:按照|按|以|至少抽取?|抽取|抽查|检查|抽)[1一]\1(?:计算|计|抽取|抽查|检查|确定|执行)?$/

/** 每季度重点源25%: the period stands before the name. */
const subjectOf = ({ subject = '' }: Readonly<Record<string, string | undefined>>): string =>
  subject
    .replace(everyFirst, '')
    .replace(/^(?:按照|按|以)?(?:对于|对(?!象)|其中)?[:,]?/, '')
    .replace(/^[从在](?<name>.+)[中内]$/, '$<name>')
    .replace(/^(?:双?随机)?抽取(?!的|事项|项目|内容)(?=.)/, '')
    .replace(/^占$|[的:]+$/, '')
    .replace(/(?<=、.*)各$/, '')

function shareOf(clause: string, groups: Readonly<Record<string, string | undefined>>, range: RatioRange): RatioClause | undefined {
  const leading = everyFirst.exec(groups['subject'] ?? '')?.[0]
  const periods = [leading, ...['first', 'second', 'per'].map((name) => groups[name])].flatMap((said) => said ?? []).map(sharePeriodOf)
  const [per = '年'] = periods
  const named = [subjectOf(groups), groups['before'] ?? '', groups['behind'] ?? '', groups['of'] ?? '']
  const [subject = '', ...others] = named.filter((name) => !everything.test(name))
  const place = named.map((name) => everything.exec(name)?.groups?.['place']).find((found) => found !== undefined)
  if (periods.some((each) => each !== per) || others.length > 0 || subject.startsWith('为') || (subject !== '' && !isObjectKind(subject)))
    return undefined
  const kindWord = subject === '' ? named.find((name) => bareKind.test(name)) : undefined
  return {
    kind: 'share',
    subject,
    range,
    sumOverLevels: groups['sum'] !== undefined,
    per,
    ...(per === '年' && (periods.length > 0 || ofYear.test(clause)) ? { isOfYear: true } : {}),
    ...(leading === undefined ? {} : { periodFirst: true }),
    ...(kindWord === undefined ? {} : { kindWord }),
    ...(place === undefined ? {} : { place }),
  }
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
  if (kindOfCheck.test(clause)) return undefined
  const found = share.exec(clause)?.groups
  if (found !== undefined) {
    const said = withBoundInPlace(found)
    const range = rangeOfGroups(said)
    return range === undefined ? undefined : shareOf(clause, said, range)
  }
  const full = covered.exec(clause)?.groups
  if (full !== undefined) return shareOf(clause, full, { min: all, max: all })
  const staffed = staff.exec(clause)?.groups
  if (staffed !== undefined) return { kind: 'staff', subject: staffed['subject'] ?? '', staff: staffed['staff'] ?? '' }
  const some = open.exec(clause)?.groups
  if (some !== undefined) return { kind: 'open', subject: some['subject'] ?? '' }
  if (leastOne.test(clause)) return { kind: 'remark', text: clause, least: 1 }
  if (remark.test(clause) || rounding.test(clause)) return { kind: 'remark', text: clause }
  if (elsewhere.test(clause)) return { kind: 'elsewhere' }
  if (ground.test(clause)) return { kind: 'elsewhere', ground: clause }
  return undetermined.test(clause) ? { kind: 'undetermined' } : undefined
}
