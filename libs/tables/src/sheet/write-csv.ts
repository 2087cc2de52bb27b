import { writeCsv } from '../report.ts'
import type { Sheet } from './sheet.ts'

/** A laid-out table as CSV: merged cells have their text in the first one, as spreadsheets save them. */
export const writeSheetCsv = ({ rows }: Sheet): string => writeCsv(rows.map(({ cells }) => cells))
