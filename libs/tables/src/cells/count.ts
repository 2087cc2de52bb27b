import { readInteger, squash } from '../text.ts'
import { isObjectKind } from './object-kind.ts'
import { boundEndings, boundOf, boundWords, spread } from './percent.ts'

/** A number of objects; `proviso` is the bracketed remark that makes it preliminary. */
export type CountReading =
  | {
      readonly kind: 'count'
      readonly min?: number
      readonly max?: number
      /** The one class or kind of objects that it is of. */
      readonly grade?: string
      /** It counts people: objects, or those who check. */
      readonly people?: true
      /** 20户次: how often objects are visited, not how many there are. */
      readonly visits?: true
      /** 100批次: batches of a product, or of the check. */
      readonly lots?: true
      /** So many at each draw of the year. */
      readonly per?: '次'
      /** The text itself says that it is the number of the whole year. */
      readonly isOfYear?: true
      /** 共500户, 总计500家: of the pool, or to draw. */
      readonly isTotal?: true
      readonly proviso?: string
    }
  | { readonly kind: 'unclear' }

const digits = String.raw`\d{1,3}(?:,\d{3})+|\d{1,7}|[一二两三四五六七八九十百千零]{1,9}`
const unit = '户次|户|家次|家|个|所|名|人|处|批次|批|座|台套|台|套|辆|艘|条|口|项|间|件|份|卷|起|宗'
/** 10家(所): the same in two words. */
const alike = new RegExp(String.raw`(?<=\d)([户家个所名人处座])\([户家个所名人处座]\)$`)
const people = /^[名人]$/
const visits = /^[户家]次$/
const lots = /^批次?$/
const ofYear = /计(?!划)|年/
/** 5个乡镇, 5个部门, 2个批次产品: no objects of the register. */
const isOther = /(?:[省市县区旗镇乡村域]|部门)$|^批/
/** A sum without a word of drawing or of the year. */
const total = /^(?:共计?|总计|合计)(?=[\d一二两三四五六七八九十])/
const objects = '(?:的?(?:检查对象|抽查对象|市场主体|经营主体|企业|单位|对象|机构|主体|场所|门店|学校|项目|工地|经营户|医院|药店))?'
const form = new RegExp(
  String.raw`^(?:(?<grade>低风险|一般风险|中风险|较高风险|高风险)(?:对象|企业)?:?)?(?<tentative>预计|预估|暂定)?(?<each>每一?次|单次)?(?<year>(?:且|并|同时|共计|共|总计|合计|计划|拟|全年|每年|本?年度){0,2})(?:随机)?(?:(?:抽取|抽查|检查|抽检|抽)(?:检查|抽查)?(?:对象)?(?:数量|户数|家数|总数|数)?|数量|户数|家数)?:?(?<bound>${boundWords})?(?:随机)?(?:抽取|抽查|检查|抽检)?` +
    String.raw`(?<low>${digits})(?<first>${unit})?(?:(?:-|至|到)(?<high>${digits}))?(?<unit>${unit})?(?:/(?:(?<perYear>年)|(?<perTime>次)))?(?<after>${boundEndings})?(?:${objects}|的?(?<kind>[\u4e00-\u9fff]{2,12}))(?<proviso>\((?:.*为准|暂定|拟定|待定|预计|预估)[。.]?\))?[。.]?$`,
)

/** 1,000 is one number: a comma before three figures each, and nowhere else. */
const numberOf = (text = ''): number | undefined => readInteger(text.replaceAll(',', ''))

/** Reads a cell with a number of objects, `3`, `46家`, `5-10户`; undefined when it is blank. */
export function readCountCell(text: string): CountReading | undefined {
  const plain = squash(text)
    .replace(/\(含(?:本数)?\)/, '')
    .replace(/台\(套\)/, '台套')
    .replace(/([户家])\(次\)/, '$1次')
    .replace(alike, '$1')
    .replace(/(?<=\d)\((户|家|个|所)\)$/, '$1')
  if (plain === '') return undefined
  const groups = form.exec(plain)?.groups
  if (groups === undefined) return { kind: 'unclear' }
  const low = numberOf(groups['low'])
  const high = groups['high'] === undefined ? undefined : numberOf(groups['high'])
  const bound = boundOf(groups['bound'], groups['after'])
  if (low === undefined || bound === undefined) return { kind: 'unclear' }
  if (groups['high'] !== undefined && (high === undefined || bound !== 'exact' || high < low)) return { kind: 'unclear' }
  const { tentative, kind, proviso = tentative && `(${tentative})`, first, unit: last } = groups
  if (kind !== undefined && (groups['grade'] !== undefined || (first ?? last) === undefined || !isObjectKind(kind) || isOther.test(kind)))
    return { kind: 'unclear' }
  const grade = groups['grade'] ?? kind
  const counts = (what: RegExp): boolean => [first, last].some((each) => each !== undefined && what.test(each))
  const isEach = groups['each'] !== undefined || groups['perTime'] !== undefined
  const isOfYear = groups['perYear'] !== undefined || ofYear.test(groups['year'] ?? '')
  if (isEach && isOfYear) return { kind: 'unclear' }
  return {
    kind: 'count',
    ...(high === undefined ? spread(bound, low) : { min: low, max: high }),
    ...(grade === undefined ? {} : { grade }),
    ...(counts(people) ? { people: true } : {}),
    ...(counts(visits) ? { visits: true } : {}),
    ...(counts(lots) ? { lots: true } : {}),
    ...(isEach ? { per: '次' } : {}),
    ...(isOfYear ? { isOfYear: true } : {}),
    ...(total.test(plain) ? { isTotal: true } : {}),
    ...(proviso === undefined ? {} : { proviso: proviso.slice(1, -1) }),
  }
}

/** Whether a number is that of the year or of each draw, the text does not say. */
export const isCountOfNoPeriod = (reading: CountReading | undefined): boolean =>
  reading?.kind === 'count' && reading.isOfYear !== true && reading.per === undefined

const counted = new RegExp(String.raw`(?:${digits})(?:${unit})`)

/** Whether a clause beside a share is a number of objects: it must name what is counted. */
export const isCountClause = (clause: string): boolean => counted.test(clause) && readCountCell(clause)?.kind === 'count'
