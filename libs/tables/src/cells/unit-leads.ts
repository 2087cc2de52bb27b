import { splitOutsideBrackets } from '../text.ts'
import { shareBody } from './unit-bodies.ts'
import { type Listed, listed, shareEnding } from './unit-names.ts'

/** Who leads, and who takes part. */
export interface Led extends Listed {
  readonly lead: string
}

const leadWord = '牵头|发起|主办|主责'
const helpWord = '配合|参与|参加|协助|协办|协同'
const kind = '(?:部门|单位|机构)'
const helping = new RegExp(`(?:负责)?(?:共同|联合)?(?:${helpWord})(?:实施|检查|抽查)?$`)

const carriedOut = /(?:开展|实施|进行)(?:联合)?(?:检查|抽查)?$/

/** 甲局(牵头)、乙局(配合). */
const marked = new RegExp(`^(?<name>[^()]+)\\((?<role>${leadWord}|${helpWord})${kind}?\\)$`)
const leads = new RegExp(`^(?:${leadWord})$`)

/** 甲局:牵头, 甲局为牵头部门 are 甲局(牵头); 由甲局牵头 is 甲局牵头. */
const withMarks = (text: string): string =>
  text
    .replace(/^由(?=[^、,;]+(?:牵头|发起|主办|负责|组织|会同))/, '')
    .replace(new RegExp(`:(${leadWord}|${helpWord})(?=[、,;]|$)`, 'g'), '($1)')
    .replace(new RegExp(`(?:为|是|作为)(${leadWord}|${helpWord})${kind}(?=[、,;]|$)`, 'g'), '($1)')

const unitEnd = '(?:局|委|厅|部门|机构|委员会|办|中心|院|政府|[处科室股队所站])'
const forms = [
  // 牵头部门：甲局；配合部门：乙局.
  new RegExp(`^(?:${leadWord})(?:${kind}:?|:)(?<lead>[^、,;:]+)[、,;](?:${helpWord}|联合)(?:${kind}:?|:)(?<others>.+)$`),
  // 甲局会同乙局; 联合执法大队 is what an office is called.
  new RegExp(`^(?<lead>[^、,;]+${unitEnd})(?:牵头)?[、,;]?(?:会同|联同|协同|联合(?!执法|检查|办公|会))(?<others>.+)$`),
  // 政审处会基教处; not 财务处会计科, nor 管委会甲局.
  /^(?<lead>[^、,;]+[局厅处科室股队所站])会(?![计展议务])(?<others>.+)$/,
  // 甲局牵头、乙局配合.
  new RegExp(`^(?<lead>[^、,;:()]+?)(?:负责)?(?:${leadWord})(?:组织|实施|开展|负责)*[、,;:]?(?<others>.+)$`),
]
const alone = new RegExp(`^(?<lead>[^、,;:()]+?)(?:(?:负责)?(?:${leadWord})(?:组织|实施|开展|负责)*|负责|(?:负责)?组织(?:实施|开展))$`)
const nobody = /^(?:无|暂无|[-/])$/
/** 责任单位：甲局; what the column is called stands in the cell as well. */
const label = new RegExp(`^(?:责任|实施|${leadWord}|${helpWord})${kind}:(?=[^:]+$)`)

/** A list whose units all have one part: 牵头单位：甲局, 甲局、乙局配合. Two groups of units, of which one takes part, stay as they are. */
export function withoutRole(text: string): string {
  const plain = withMarks(text).replace(label, '')
  const single = alone.exec(plain)?.groups?.['lead']
  return single ?? (/[,;]/.test(plain) ? plain : plain.replace(helping, ''))
}

/** What the words of a list say of all its units: that they lead, or that they take part. Undefined where they say neither, or tell them apart. */
export function roleSaid(text: string): 'lead' | 'help' | undefined {
  const plain = withMarks(text)
  const said = label.exec(plain)?.[0] ?? alone.exec(plain)?.[0] ?? marked.exec(plain)?.groups?.['role'] ?? helping.exec(plain)?.[0] ?? ''
  if (new RegExp(leadWord).test(said)) return 'lead'
  return new RegExp(helpWord).test(said) ? 'help' : undefined
}

function readOthers(text: string): Listed | undefined {
  const { names, unnamed } = listed(splitOutsideBrackets(text.replace(helping, '').replace(carriedOut, ''), '、,;'))
  const whole = shareEnding(names)
  return whole && { names: whole, unnamed }
}

/** Undefined unless one unit, and one alone, is marked as the one that leads. */
function readMarked(parts: readonly string[]): Led | undefined {
  const units = parts.map((part) => ({ name: part, role: '', ...marked.exec(part)?.groups }))
  const [lead, ...more] = units.filter(({ role }) => leads.test(role))
  if (lead === undefined || more.length > 0) return undefined
  const { names, unnamed } = listed(units.map(({ name }) => name))
  const whole = shareEnding(names)
  const bodies = whole && shareBody(whole)
  const at = names.indexOf(lead.name)
  const own = bodies?.[at]
  return own === undefined || bodies?.length !== names.length
    ? undefined
    : { lead: own, names: bodies.filter((_, index) => index !== at), unnamed }
}

/** The one unit that leads and the others; undefined where the text says nothing of it, `unclear` where it does and is not understood. */
export function readLed(text: string): Led | 'unclear' | undefined {
  const plain = withMarks(text)
  const groups = forms.map((pattern) => pattern.exec(plain)?.groups).find((found) => found !== undefined)
  if (groups === undefined) return readMarked(splitOutsideBrackets(plain, '、,;'))
  const lead = shareEnding([groups['lead'] ?? ''])?.[0]
  const others = nobody.test(groups['others'] ?? '') ? { names: [], unnamed: [] } : readOthers(groups['others'] ?? '')
  const [first, ...rest] = lead === undefined || others === undefined ? [] : (shareBody([lead, ...others.names]) ?? [])
  return first === undefined || others === undefined ? 'unclear' : { lead: first, names: rest, unnamed: others.unnamed }
}
