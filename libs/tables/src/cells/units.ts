import { halfWidth, splitOutsideBrackets, squash } from '../text.ts'
import { shareBody } from './unit-bodies.ts'
import { type Led, readLed, withoutRole } from './unit-leads.ts'
import { type LevelsOfUnit, readLevelsOfUnit } from './unit-levels.ts'
import { listed, shareEnding } from './unit-names.ts'
import { separated } from './unit-separators.ts'

/** The units a cell names. `asWritten` holds the parts before a shared ending or beginning was supplied. */
export type UnitsReading =
  | {
      readonly kind: 'units'
      readonly names: readonly string[]
      readonly asWritten: readonly string[]
      /** 甲局/乙局: both, or one of them; the text does not say. */
      readonly isSlashed?: true
    }
  /** One of `alternatives` (by condition or agreement), besides those of `always`. */
  | {
      readonly kind: 'either'
      readonly alternatives: readonly string[]
      readonly always: readonly string[]
      readonly conditions: readonly UnitCondition[]
      /** 甲、乙或丙: one of three, or the first and one of the others; the text does not say. */
      readonly isMixed?: true
    }
  /** One kind of unit on several levels: 市、县级城市管理部门. */
  | ({ readonly kind: 'levels' } & LevelsOfUnit)
  /** One unit leads, 会 the others; `unnamed` says which words name others and not who they are. */
  | ({ readonly kind: 'lead' } & Led)
  /** Units that the cell does not name, in its words: 其它部门, 等; `names` are those it does. */
  | { readonly kind: 'unnamed'; readonly names: readonly string[]; readonly unnamed: readonly string[] }
  | { readonly kind: 'unclear' }

export interface UnitCondition {
  readonly when: string
  readonly unit: string
}

const unclear: UnitsReading = { kind: 'unclear' }
const condition = /^(?<units>.*)\((?<when>.+?时)(?<unit>[^()]+?)(?:发起|牵头)\)$/
/** The grammars backtrack: a longer cell is a text pasted into the wrong column. */
const longestUnitsCell = 500

function readEither(text: string): UnitsReading {
  const conditional = condition.exec(text)?.groups
  const either = conditional?.['units'] ?? text
  if (/[和及与/]或/.test(either)) return unclear
  const parts = splitOutsideBrackets(either, '、,;').map((part) => part.split(/或者?/))
  const names = shareEnding(parts.flat())
  if (names?.length !== parts.flat().length) return unclear
  let at = 0
  const named = parts.map((part) => names.slice(at, (at += part.length)))
  const choices = named.filter((part) => part.length > 1)
  const [alternatives] = choices
  if (alternatives === undefined || choices.length > 1) return unclear
  const conditions =
    conditional === undefined ? [] : [{ when: conditional['when']?.replace(/时$/, '') ?? '', unit: conditional['unit'] ?? '' }]
  const always = named.filter((part) => part.length === 1).flat()
  const isMixed = always.length > 0 && named.at(-1) === alternatives
  return { kind: 'either', alternatives, always, conditions, ...(isMixed ? { isMixed } : {}) }
}

function readList(text: string): UnitsReading {
  const parts = splitOutsideBrackets(text, '、,;')
  const levels = readLevelsOfUnit(parts)
  if (levels !== undefined) return { kind: 'levels', ...levels }
  const { names: concrete, unnamed } = listed(parts)
  const whole = shareEnding(concrete)
  const names = whole && shareBody(whole)
  if (names === undefined) return unclear
  return unnamed.length > 0 ? { kind: 'unnamed', names, unnamed } : { kind: 'units', names, asWritten: parts }
}

/** 甲、乙或丙 in words: 甲和乙、丙之一，或者三者之一. */
export const readingsOf = ({ always, alternatives }: Pick<Extract<UnitsReading, { kind: 'either' }>, 'always' | 'alternatives'>): string =>
  `${always.join('、')}和${alternatives.join('、')}之一，或者${[...always, ...alternatives].join('、')}之一`

const alone = ({ lead, names, unnamed }: Led): boolean => lead !== '' && names.length === 0 && unnamed.length === 0

const slashed = (text: string, reading: UnitsReading): UnitsReading =>
  reading.kind === 'units' && reading.names.length > 1 && /\//.test(halfWidth(text)) ? { ...reading, isSlashed: true } : reading

/** Reads a cell of departments; undefined when it is blank. 、 , ; and line breaks separate, 和 only behind a whole name. */
export function readUnitsCell(text: string): UnitsReading | undefined {
  if (squash(text) === '') return undefined
  const plain = separated(text)
  if (plain === '' || plain.length > longestUnitsCell) return unclear
  if (plain.includes('或')) return readEither(plain)
  if (/^与?(?:其他|其它|有关|相关).*(?:联合|配合)/.test(plain)) return { kind: 'unnamed', names: [], unnamed: [plain] }
  const led = readLed(plain)
  if (led === undefined) return slashed(text, readList(withoutRole(plain)))
  if (led === 'unclear') return unclear
  return alone(led) ? { kind: 'units', names: [led.lead], asWritten: [led.lead] } : { kind: 'lead', ...led }
}
