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

/** The header rows of each sheet stand on every printed page. */
function printTitles(sheets: readonly Sheet[]): string {
  const defined = sheets.map(({ name, rows }, index) => {
    const first = rows.findIndex(({ kind }) => kind === 'header') + 1
    const last = rows.findLastIndex(({ kind }) => kind === 'header') + 1
    if (first === 0) return ''
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escapeText(name.replaceAll("'", "''"))}'!$${first}:$${last}</definedName>`
  })
  return defined.every((each) => each === '') ? '' : `<definedNames>${defined.join('')}</definedNames>`
}

function sheetXml({ rows, widths, merged }: Sheet): string {
  const headerEnd = rows.findLastIndex(({ kind }) => kind === 'header') + 1
  return [laidOutStart(widths, headerEnd), ...rows.map(rowXml), laidOutEnd(merged.map(rangeOf))].join('')
}

/** Laid-out tables as a workbook (XLSX), a sheet each, their merged cells merged. Every cell is text; the same tables are the same bytes. */
export async function writeSheetWorkbook(...sheets: readonly [Sheet, ...Sheet[]]): Promise<Uint8Array> {
  const zip = new ZipFile()
  const parts = Object.fromEntries(sheets.map((sheet, index) => [sheetPart(index + 1), sheetXml(sheet)]))
  const names = sheets.map(({ name }) => name)
  for (const [part, content] of Object.entries({ ...parts, ...workbookParts(names, printTitles(sheets)) }))
    zip.addBuffer(Buffer.from(content), part, undated)
  zip.end()
  return new Uint8Array(await buffer(zip.outputStream))
}
