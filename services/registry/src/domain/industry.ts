/** One row of GB/T 4754: a section letter, or the digits of a division, group or class. */
export interface IndustryRow {
  readonly code: string
  readonly name: string
  readonly parent: string
}

/** The national classification of economic activities (国民经济行业分类). Codes are used with their section letter: `H6210`. */
export interface IndustryCatalogue {
  /** The code with its section letter; undefined for one the standard does not have. Takes `6210`, `H6210`, `62`, `H`. */
  normalise(text: string): string | undefined
  nameOf(code: string): string | undefined
}

/** Divisions name their section as parent; below a division the hierarchy is in the digits themselves. */
export function industryCatalogue(rows: readonly IndustryRow[]): IndustryCatalogue {
  const parentOf = new Map(rows.map(({ code, parent }) => [code, parent]))
  const withSection = (code: string): string => (/^\d/.test(code) ? `${parentOf.get(code.slice(0, 2)) ?? ''}${code}` : code)
  const names = new Map(rows.map(({ code, name }) => [withSection(code), name]))
  return {
    normalise: (text) => {
      const code = withSection(text.toUpperCase())
      return names.has(code) ? code : undefined
    },
    nameOf: (code) => names.get(code),
  }
}

/** Whether an industry is the given one or lies below it; both with section letter. */
export const isWithinIndustry = (industry: string, prefix: string): boolean => industry !== '' && industry.startsWith(prefix)
