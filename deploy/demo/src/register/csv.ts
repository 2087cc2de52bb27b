import Papa from 'papaparse'

/** Rows as CSV with a header; the first data row is line 2, as long as no cell holds a line break. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${Papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { newline: '\n' })}\n`
