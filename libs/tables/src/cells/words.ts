import { splitOutsideBrackets, squash } from '../text.ts'

/** The words of the guidelines for the ways of checking, and those in use for them. */
export const methodWords: readonly string[] = [
  '现场',
  '实地',
  '书面',
  '现场检查',
  '实地核查',
  '实地检查',
  '现场抽查',
  '书面检查',
  '案卷评查',
  '网络检查',
  '网络监测',
  '网上抽查',
  '网上检查',
  '专业机构检查',
  '委托专业机构检查',
]

export interface MethodsReading {
  readonly known: readonly string[]
  readonly unknown: readonly string[]
}

/** Reads a cell of ways of checking. */
export function readMethodsCell(text: string): MethodsReading {
  const words = splitOutsideBrackets(squash(text).replace(/与|和|及|\+/g, '、'), '、,;/')
  return { known: words.filter((word) => methodWords.includes(word)), unknown: words.filter((word) => !methodWords.includes(word)) }
}

export interface LevelsReading {
  readonly levels: readonly string[]
  /** The rest is left to the levels below: 各旗区自行安排. */
  readonly open: boolean
}

const levelAtom = /(?:国家|市本|省|市|县|区|旗)(?:\([^)]*\))?/g

/** Reads a cell of levels: `市抽市查、市抽县(区)查`, `市级/县级`, `市县(区)级`; undefined when it is blank or no level. */
export function readLevelsCell(text: string): LevelsReading | undefined {
  const plain = squash(text)
  const parts = splitOutsideBrackets(plain, '、,;/')
  const open = parts.some((part) => /自行安排|自行确定/.test(part))
  const named = parts.filter((part) => !/自行安排|自行确定/.test(part))
  const levels = named.flatMap((part) => {
    if (/抽.*查$/.test(part)) return [part]
    return new RegExp(`^(?:${levelAtom.source})+(?:[两二三四]?级)?(?:联动)?$`).test(part)
      ? (part.match(levelAtom) ?? []).map((level) => `${level}级`)
      : [undefined]
  })
  const known = levels.filter((level) => level !== undefined)
  return named.length === 0 || known.length < levels.length ? undefined : { levels: known, open }
}

export type GradesReading =
  /** Objects are not told apart by credit risk. */
  | { readonly kind: 'none' }
  /** The ratio rises from grade to grade by numbers that the cell does not give. */
  | { readonly kind: 'rising'; readonly grades: readonly string[] }
  | { readonly kind: 'unclear' }

/** Reads a cell of demands on credit-risk classification; undefined when it is blank. */
export function readGradesCell(text: string): GradesReading | undefined {
  const plain = squash(text)
  if (plain === '') return undefined
  if (/^(?:不涉及|无|不适用)/.test(plain)) return { kind: 'none' }
  const grades = plain.match(/低风险|一般风险|中风险|较高风险|高风险/g) ?? []
  return /递加|递增|提高|上浮/.test(plain) && !/\d/.test(plain) && grades.length > 1
    ? { kind: 'rising', grades: [...new Set(grades)] }
    : { kind: 'unclear' }
}
