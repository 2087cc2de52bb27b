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
  '现场核查',
  '现场查验',
  '实地抽查',
  '书面检查',
  '书面核查',
  '书面审查',
  '书面抽查',
  '案卷评查',
  '网络检查',
  '网络监测',
  '网络核查',
  '网络抽查',
  '网络巡查',
  '网上抽查',
  '网上检查',
  '网上核查',
  '线上检查',
  '线上核查',
  '线下检查',
  '非现场检查',
  '远程检查',
  '资料核查',
  '查阅资料',
  '抽样检测',
  '抽样检验',
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

const levelAtom = /(?:国家|盟市|旗县|设区的市|自治区|直辖市|地级市|地市|市本|省|市|州|盟|县|区|旗|乡镇|镇)(?:\([^)]*\))?/g

/** Reads a cell of levels: `市抽市查、市抽县(区)查`, `市级/县级`, `市县(区)级`; undefined when it is blank or no level. */
export function readLevelsCell(text: string): LevelsReading | undefined {
  const plain = squash(text.trim().replace(/(?<=级)\s+/g, '、'))
  const parts = splitOutsideBrackets(
    plain.replace(/(?<=级)[和及与](?=.+级|各)|(?<=局)[和及与](?=.+局)|(?<=抽.*查)[和及与](?=.+抽.+查)|\+/g, '、'),
    '、,;/',
  )
  const open = parts.some((part) => /自行安排|自行确定/.test(part))
  const named = parts.filter((part) => !/自行安排|自行确定/.test(part))
  const levels = named.flatMap((part) => {
    if (/^[^抽或和及与]*抽[^抽或和及与]*查$/.test(part)) return [part]
    // 各县(市、区) are all of one level, 市局 is who checks at it.
    return new RegExp(`^各?(?:${levelAtom.source})+(?:[两二三四]?级|局)?(?:联动|联合|同步|(?:组织)?实施|开展)?$`).test(part)
      ? (part.match(levelAtom) ?? []).map((level) => `${level.replace('地级市', '地市')}级`)
      : [undefined]
  })
  const known = levels.filter((level) => level !== undefined)
  return named.length === 0 || known.length < levels.length ? undefined : { levels: known, open }
}

export interface GradeNumber {
  readonly grade: string
  readonly number: number
}

export type GradesReading =
  /** Objects are not told apart by credit risk. */
  | { readonly kind: 'none' }
  /** The ratio rises from grade to grade by numbers that the cell does not give. */
  | { readonly kind: 'rising'; readonly grades: readonly string[] }
  /** Numbers of objects by grade: whether those of the pool or those to draw, the cell does not say. */
  | { readonly kind: 'numbers'; readonly numbers: readonly GradeNumber[] }
  | { readonly kind: 'unclear' }

const grade = '较低风险|低风险|一般风险|中风险|较高风险|高风险|[A-E](?:类|级)?'
const gradeNumber = new RegExp(
  `^(?<grade>${grade})(?:对象|企业|主体|单位)?(?:数量|户数|家数)?[:为]?(?<number>\\d{1,7})(?:户|家|个|所|名|人)?$`,
)

/** 低风险对象7家、高风险2家; undefined where a part is anything else, or a grade comes twice. */
function readGradeNumbers(plain: string): readonly GradeNumber[] | undefined {
  const parts = plain.split(/[、,;。]/).filter((part) => part !== '')
  const numbers = parts.flatMap((part) => {
    const groups = gradeNumber.exec(part)?.groups
    return groups === undefined ? [] : [{ grade: groups['grade'] ?? '', number: Number(groups['number']) }]
  })
  return numbers.length < parts.length || new Set(numbers.map((each) => each.grade)).size < numbers.length ? undefined : numbers
}

const notGraded =
  /^(?:不涉及|无|不适用|(?:暂|尚)?(?:未|无|没有)(?:开展|实行|进行|实施)?(?:企业)?(?:信用)?(?:风险)?分[类级]|不(?:实行|进行)?(?:分[类级]|区分)|不按(?:信用)?(?:风险)?(?:等级)?(?:分[类级]|区分))/

/** Reads a cell of demands on credit-risk classification; undefined when it is blank. */
export function readGradesCell(text: string): GradesReading | undefined {
  const plain = squash(text)
  if (plain === '') return undefined
  if (notGraded.test(plain)) return { kind: 'none' }
  const numbers = readGradeNumbers(plain)
  if (numbers !== undefined && numbers.length > 0) return { kind: 'numbers', numbers }
  const grades = plain.match(/低风险|一般风险|中风险|较高风险|高风险/g) ?? []
  return /递加|递增|提高|上浮/.test(plain) && !/\d/.test(plain) && grades.length > 1
    ? { kind: 'rising', grades: [...new Set(grades)] }
    : { kind: 'unclear' }
}
