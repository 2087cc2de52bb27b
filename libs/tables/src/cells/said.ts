export interface CellTier {
  /** The class, level or risk it holds for. */
  readonly when: string
  readonly ratioMin?: number
  readonly ratioMax?: number
  /** Absent of a share of the year. */
  readonly per?: string
}

/** What one cell of a published plan says by itself; a member is absent where the text gives none. */
export interface PublishedCell {
  /** Percent. */
  readonly ratioMin?: number
  readonly ratioMax?: number
  readonly countMin?: number
  readonly countMax?: number
  readonly timesMin?: number
  readonly timesMax?: number
  /** `年`, or `年·对象` where it limits what one object meets. */
  readonly timesPer?: string
  /** YYYY-MM-DD, YYYY-MM, or MM where the text names no year. */
  readonly from?: string
  readonly to?: string
  readonly tiers?: readonly CellTier[]
  readonly parties?: readonly string[]
  readonly partiesMode?: 'all' | 'oneOf'
  /** What the text says beside that. */
  readonly note?: string
  /** What in it is unclear, for the planner. */
  readonly question?: string
}

/** Parts of a cell as they are found: notes and questions add up. */
export interface Said extends Omit<PublishedCell, 'note' | 'question'> {
  readonly notes?: readonly string[]
  readonly questions?: readonly string[]
}

export const merge = (...parts: readonly Said[]): Said => ({
  ...Object.assign({}, ...parts),
  notes: parts.flatMap(({ notes = [] }) => notes),
  questions: parts.flatMap(({ questions = [] }) => questions),
})

/** A bracket may take back what stands before it, 3月—12月(8月除外): it is kept and asked about. */
export const withRemark = (said: Said, remark: string): Said => merge(said, { notes: [remark], questions: [`括号里的“${remark}”怎样算？`] })

export const bracket = /\((?<inner>[^()]*)\)$/

const longestQuote = 60

/** The cell in quotation marks, cut where it is long. */
export const quoted = (plain: string): string => `“${plain.length > longestQuote ? `${plain.slice(0, longestQuote)}…` : plain}”`
