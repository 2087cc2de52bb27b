import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import type { MergedCells, Sheet, SheetRow } from '../sheet/sheet.ts'
import { cellXml } from './cell-xml.ts'
import { escapeText } from './escaped-text.ts'
import { columnName, laidOutEnd, laidOutStart, sheetPart, styleOf, workbookParts } from './workbook-parts.ts'
import { undated } from './write-workbook.ts'

const styles: Readonly<Record<SheetRow['kind'], number>> = {
  title: styleOf.title,
  aside: styleOf.aside,
  header: styleOf.header,
  body: styleOf.body,
  footer: styleOf.aside,
}

const reference = (row: number, column: number): string => `${columnName(column)}${row + 1}`
const rangeOf = ({ top, left, bottom, right }: MergedCells): string => `${reference(top, left)}:${reference(bottom, right)}`

/** Every cell of a header or of the body is written, an empty one too: it has a border. */
function rowXml({ kind, cells }: SheetRow, row: number): string {
  const framed = kind === 'header' || kind === 'body'
  const xml = cells.map((cell, column) => {
    if (cell !== '') return cellXml(cell, reference(row, column), styles[kind])
    return framed ? `<c r="${reference(row, column)}" s="${styles[kind]}"/>` : ''
  })
  return `<row r="${row + 1}">${xml.join('')}</row>`
}

/** The header rows stand on every printed page. */
function printTitles({ name, rows }: Sheet): string {
  const first = rows.findIndex(({ kind }) => kind === 'header') + 1
  const last = rows.findLastIndex(({ kind }) => kind === 'header') + 1
  if (first === 0) return ''
  return `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${escapeText(name.replaceAll("'", "''"))}'!$${first}:$${last}</definedName></definedNames>`
}

/** A laid-out table as a workbook (XLSX) of one sheet, its merged cells merged. Every cell is text; the same table is the same bytes. */
export async function writeSheetWorkbook(sheet: Sheet): Promise<Uint8Array> {
  const headerEnd = sheet.rows.findLastIndex(({ kind }) => kind === 'header') + 1
  const xml = [laidOutStart(sheet.widths, headerEnd), ...sheet.rows.map(rowXml), laidOutEnd(sheet.merged.map(rangeOf))].join('')
  const zip = new ZipFile()
  for (const [part, content] of Object.entries({ [sheetPart(1)]: xml, ...workbookParts(sheet.name, 1, printTitles(sheet)) }))
    zip.addBuffer(Buffer.from(content), part, undated)
  zip.end()
  return new Uint8Array(await buffer(zip.outputStream))
}
