import type { Archive } from './archive.ts'
import { readAllXml } from './xml.ts'

const part = 'xl/styles.xml'

/** Built-in formats of dates (ECMA-376, 18.8.30), those of Chinese versions included. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Whether a format shows years or days, quoted texts, colours and conditions aside. */
const isDateFormat = (code: string): boolean => /[yd年日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))

/** How the cells of a place in the list of cell formats show a number; `code` is absent of a built-in format. */
export interface CellFormat {
  readonly id: number
  readonly code?: string
}

/** The cell formats of a workbook, by their place (ECMA-376, 18.8.10). */
export async function readCellFormats(archive: Archive): Promise<readonly CellFormat[]> {
  const own = new Map<number, string>()
  const formats: CellFormat[] = []
  if (!archive.has(part)) return formats
  let isCellFormats = false
  await readAllXml(await archive.open(part), {
    open: (name, attribute) => {
      if (name === 'numFmt') own.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '')
      if (name === 'cellXfs') isCellFormats = true
      if (name !== 'xf' || !isCellFormats) return
      const id = Number(attribute('numFmtId'))
      const code = own.get(id)
      formats.push({ id, ...(code === undefined ? {} : { code }) })
    },
    close: (name) => {
      if (name === 'cellXfs') isCellFormats = false
    },
  })
  return formats
}

/** The places of the cell formats that show a number as a date. */
export async function readDateStyles(archive: Archive): Promise<ReadonlySet<number>> {
  const formats = await readCellFormats(archive)
  const isDate = ({ id, code }: CellFormat): boolean => (code === undefined ? isBuiltInDate(id) : isDateFormat(code))
  return new Set(formats.flatMap((format, place) => (isDate(format) ? [place] : [])))
}

const dayMs = 86_400_000
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }

/** `2026-12-31`, with ` 08:30` where there is a time of day; undefined where the number is no date. */
export function dateText(serial: number, is1904: boolean): string | undefined {
  // Before 1 March 1900 the two calendars of spreadsheets disagree; no register goes back so far.
  if (!(serial >= 61 && serial < 2_958_466)) return undefined
  const text = new Date((is1904 ? epochs[1904] : epochs[1900]) + Math.round(serial * dayMs)).toISOString()
  return Number.isInteger(serial) ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`
}
