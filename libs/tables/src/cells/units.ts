import { halfWidth, splitOutsideBrackets, squash } from '../text.ts'

/** The units a cell names. `asWritten` holds the parts before a shared ending or beginning was supplied. */
export type UnitsReading =
  | { readonly kind: 'units'; readonly names: readonly string[]; readonly asWritten: readonly string[] }
  /** One of `alternatives` (by condition or agreement), besides those of `always`. */
  | {
      readonly kind: 'either'
      readonly alternatives: readonly string[]
      readonly always: readonly string[]
      readonly conditions: readonly UnitCondition[]
    }
  /** One kind of unit on several levels: 市、县级城市管理部门. */
  | { readonly kind: 'levels'; readonly name: string; readonly levels: readonly string[] }
  /** One unit leads, 会 the others. */
  | { readonly kind: 'lead'; readonly lead: string; readonly others: readonly string[] }
  /** Units that the cell does not name: 其它部门, 有关单位; `names` are those it does. */
  | { readonly kind: 'unnamed'; readonly names: readonly string[] }
  | { readonly kind: 'unclear' }

export interface UnitCondition {
  readonly when: string
  readonly unit: string
}

const ending = /(?:部门|机构|机关|单位|海关|委员会|办公室|公司|中心|大队|支队|总队|政府|局|委|办|厅|部|院|所|站|队|处|科|室|股|署|会|行)$/
const sharedEnding = /(?:部门|机构|分局|局)$/
/** 甲局、乙局等部门: those named, and others. */
const open = /等(?:\S{0,2}(?:部门|单位|机构))?$/
const vague = /其他|其它|有关|相关|^其|^(?:本局|本单位|各分局|各科室|各股室|各站所)$/
/** What says when or for what the unit checks, or with how many, not what it is called: (视情况参与), (涉及食品的), (3人), 必要时邀请…. */
const qualified =
  /\([^()]*(?:由|视|必要|除外|涉及|负责|牵头|发起|主办|参与|配合)[^()]*\)$|\([^()]*(?:的|时|\d+[人名])\)$|^(?:必要时|视情|邀请|涉及|根据|如)|[:+。·]/
const level = String.raw`(?:省|市|县|区|旗|市县|县区|区县|市本级|县\([^)]*\)|区\([^)]*\)|旗\([^)]*\))`
/** The grammars backtrack: a longer cell is a text pasted into the wrong column. */
const longestUnitsCell = 500

const levelWord = new RegExp(`^${level}级?$`)
const levelled = new RegExp(`^(?<level>${level})[两二三四]?级(?<name>.+)$`)
const bareLevel = new RegExp(`^(?<level>${level})(?<name>.{2,}(?:部门|机构|局))$`)
const condition = /^(?<units>.*)\((?<when>.+?时)(?<unit>[^()]+?)(?:发起|牵头)\)$/
const office = /^(?<body>.+?(?:局|委|厅|院|委员会))(?<part>[^局委厅院]+(?:队|处|科|室|股|站|所|中心))$/
/** 联合执法大队 is what an office is called. */
const led = [
  /^(?<lead>.+(?:局|委|厅|[处科室股队所站]))会同?(?<others>.+)$/,
  /^(?<lead>.+(?:局|委|厅|部门|机构|委员会|办|中心|院|政府))(?:会同|联合(?!执法|检查|办公|会))(?<others>.+)$/,
]
/** 甲局(牵头)、乙局(配合). */
const marked = /^(?<name>[^()]+)\((?<role>牵头|发起|主办|配合|参与|协助|协办)(?:部门|单位|机构)?\)$/
const leads = /^(?:牵头|发起|主办)$/
/** 甲局牵头、乙局配合; 牵头部门：甲局；配合部门：乙局. */
const ledBy = [
  /^(?<lead>[^、,;:]+?)(?:负责)?(?:牵头|发起|主办)(?:实施|组织)?[、,;:]?(?<others>.+?)(?:配合|参与|协助|协办|参加)(?:实施|检查)?$/,
  /^(?:牵头|发起|主办)(?:部门|单位|机构)?:(?<lead>[^、,;:]+)[、,;](?:配合|参与|协助|协办)(?:部门|单位|机构)?:(?<others>.+)$/,
]

const singleLevels = (text: string): readonly string[] => text.match(/省|市本级|[市县区旗](?:\([^)]*\))?/g) ?? []

const withoutBracket = (name: string): string => name.replace(/\([^()]*\)$/, '')

/** Line breaks, blanks, bars and numbers between whole names separate them; all others are layout. */
function separateLines(text: string): string {
  const lines = halfWidth(text)
    .replace(/(?:^|(?<=\D))\d{1,2}[.、](?=\D)|\(\d{1,2}\)|[①-⑳|]/g, '\n')
    .replace(/(?:^|(?<=[局委厅院队所站处会门]))\s*[一二三四五六七八九十]{1,2}、/g, '\n')
    .split(/[\r\n]+|(?<=[局委厅院队所站处科室)]|委员会|管委会|公司|中心|政府|部门)[ \t]+(?=\S)/)
    .map((line) => line.replace(/[\s\u200b\ufeff]+/g, ''))
    .filter((line) => line !== '')
  return lines.reduce((joined, line) => {
    if (joined === '') return line
    return /[、,;]$/.test(joined) || !ending.test(withoutBracket(joined)) ? joined + line : `${joined}、${line}`
  }, '')
}

const unitEnd = '局|委|厅|办|部门|机构|委员会|管委会|大队|支队|总队|中心|公司|政府'
const joint = new RegExp(`(?<=${unitEnd})(?:和|与|及|以及|[/+。·])(?=[^、,;/]+?(?:${unitEnd}))`, 'g')
const together = new RegExp(`(?<=${unitEnd})(?:联合|共同)(?:开展|实施|组织)?(?:检查|抽查)?$`)

/** 甲局和乙局, 甲局与乙局 are two; in 文化和旅游局 no unit ends before 和. A slash separates where each side is a unit. */
const splitJoined = (text: string): string => text.replace(together, '').replace(joint, '、')

/** Parts without an ending take that of the next part which has one of the words that lists share: 市场监管、税务部门. */
function shareEnding(parts: readonly string[]): readonly string[] | undefined {
  const whole: string[] = []
  let suffix: string | undefined
  for (const part of parts.toReversed()) {
    if (qualified.test(part)) return undefined
    const ends = ending.test(withoutBracket(part))
    if (ends) suffix = sharedEnding.exec(part)?.[0]
    else if (suffix === undefined || levelWord.test(part)) return undefined
    whole.unshift(ends ? part : part + suffix)
  }
  return whole
}

const internal = /[科室股]$/
/** An office that is named without its body, 交警支队: whose it is, the list does not say. */
const bareOffice = /^(?![省市县区旗]).{2,}(?:支队|大队|总队|队|处|科|室|股)$/

/**
 * Parts that are offices of the body the first one names take its name: 市某局甲执法队、乙执法队, 市某局甲科、乙科. Undefined where it may be another
 * body's: 市公安局治安支队、消防救援支队.
 */
function shareBody(parts: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = parts
  const groups = office.exec(first)?.groups
  const tail = groups?.['part']?.slice(-3)
  if (groups === undefined || tail === undefined || rest.length === 0) return parts
  const isOwn = (part: string): boolean => !office.test(part) && (part.endsWith(tail) || (internal.test(first) && internal.test(part)))
  if (rest.every(isOwn)) return [first, ...rest.map((part) => `${groups['body']}${part}`)]
  return rest.some((part) => bareOffice.test(part) && !office.test(part)) ? undefined : parts
}

function readLevels(parts: readonly string[]): UnitsReading | undefined {
  const before = parts.slice(0, -1)
  // Behind other levels the word itself may be left out: 市、县市场监管部门.
  const last = (levelled.exec(parts.at(-1) ?? '') ?? (before.length > 0 ? bareLevel.exec(parts.at(-1) ?? '') : null))?.groups
  if (last === undefined || !before.every((part) => levelWord.test(part))) return undefined
  const levels = [...before, last['level'] ?? ''].flatMap(singleLevels)
  return levels.length > 1 ? { kind: 'levels', name: last['name'] ?? '', levels } : undefined
}

function readEither(text: string): UnitsReading {
  const conditional = condition.exec(text)?.groups
  const parts = splitOutsideBrackets(conditional?.['units'] ?? text, '、,;').map((part) => part.split('或'))
  const names = shareEnding(parts.flat())
  if (names === undefined) return { kind: 'unclear' }
  let at = 0
  const named = parts.map((part) => names.slice(at, (at += part.length)))
  const choices = named.filter((part) => part.length > 1)
  const [alternatives] = choices
  if (alternatives === undefined || choices.length > 1) return { kind: 'unclear' }
  const conditions =
    conditional === undefined ? [] : [{ when: conditional['when']?.replace(/时$/, '') ?? '', unit: conditional['unit'] ?? '' }]
  return { kind: 'either', alternatives, always: named.filter((part) => part.length === 1).flat(), conditions }
}

/** Undefined unless one unit, and one alone, is marked as the one that leads. */
function readMarked(parts: readonly string[]): UnitsReading | undefined {
  const units = parts.map((part) => ({ name: part, role: '', ...marked.exec(part)?.groups }))
  const [lead, ...more] = units.filter(({ role }) => leads.test(role))
  const names = shareEnding(units.map(({ name }) => name))
  if (lead === undefined || more.length > 0 || names === undefined) return undefined
  if (names.length === 1) return { kind: 'units', names, asWritten: names }
  const at = units.indexOf(lead)
  return { kind: 'lead', lead: lead.name, others: names.toSpliced(at, 1) }
}

function readList(text: string): UnitsReading {
  const parts = splitOutsideBrackets(text, '、,;')
  const told = readMarked(parts)
  if (told !== undefined) return told
  const levels = readLevels(parts)
  if (levels !== undefined) return levels
  const concrete = parts.map((part) => part.replace(open, '')).filter((part) => !vague.test(part) && part !== '')
  const whole = shareBody(concrete)
  const names = whole && shareEnding(whole)
  if (names === undefined) return { kind: 'unclear' }
  return concrete.length < parts.length || open.test(parts.at(-1) ?? '')
    ? { kind: 'unnamed', names }
    : { kind: 'units', names, asWritten: parts }
}

/** Reads a cell of departments; undefined when it is blank. 、 , ; and line breaks separate, 和 only behind a whole name. */
export function readUnitsCell(text: string): UnitsReading | undefined {
  if (squash(text) === '') return undefined
  const plain = splitJoined(separateLines(text).replace(/[、,;。]+$/, ''))
  if (plain === '' || plain.length > longestUnitsCell) return { kind: 'unclear' }
  if (plain.includes('或')) return readEither(plain)
  if (/^与?(?:其他|其它|有关|相关).*(?:联合|配合)/.test(plain)) return { kind: 'unnamed', names: [] }
  const groups = [...led, ...ledBy].map((pattern) => pattern.exec(plain)?.groups).find((found) => found !== undefined)
  if (groups === undefined) return readList(plain)
  const others = shareEnding(splitOutsideBrackets(groups['others'] ?? '', '、,;'))
  return others === undefined ? { kind: 'unclear' } : { kind: 'lead', lead: groups['lead'] ?? '', others }
}
