import { escapeText } from './escaped-text.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'
const typeOf = (part: string): string => `application/vnd.openxmlformats-officedocument.spreadsheetml.${part}+xml`

export const sheetPart = (number: number): string => `xl/worksheets/sheet${number}.xml`

/** The fields of a cell format: its number format is text, so that what people type into the cell stays as typed, an all-figure code too. */
const format = (font: number, border: number, alignment = ''): string =>
  `<xf numFmtId="49" fontId="${font}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1"${font === 0 ? '' : ' applyFont="1"'}${border === 0 ? '' : ' applyBorder="1"'}${alignment === '' ? '/>' : ` applyAlignment="1"><alignment ${alignment}/></xf>`}`
const middle = 'vertical="center" wrapText="1"'
const centred = `horizontal="center" ${middle}`

/** The cell formats by their place: text and the same in bold for registers, those of laid-out sheets behind them. */
export const styleOf = { text: 1, bold: 2, title: 3, header: 4, body: 5, aside: 6 } as const
const formats = [format(0, 0), format(1, 0), format(2, 0, centred), format(1, 1, centred), format(0, 1, middle), format(0, 0, middle)]

const font = (size: number, bold = ''): string => `<font>${bold}<sz val="${size}"/><name val="Calibri"/></font>`
const edges = ['left', 'right', 'top', 'bottom']
const borders = `<borders count="2"><border>${edges.map((edge) => `<${edge}/>`).join('')}<diagonal/></border><border>${edges.map((edge) => `<${edge} style="thin"><color auto="1"/></${edge}>`).join('')}<diagonal/></border></borders>`
const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="3">${font(11)}${font(11, '<b/>')}${font(16, '<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>${borders}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${formats.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${formats.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** Every part of a workbook but its sheets, by name: what its sheets are called; `names` defines ranges. */
export function workbookParts(sheetNames: readonly string[], names = ''): Readonly<Record<string, string>> {
  const sheets = sheetNames.length
  const each = (part: (number: number, name: string) => string): string =>
    sheetNames.map((name, index) => part(index + 1, escapeText(name))).join('')
  return {
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((number, name) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets>${names}</workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packaging}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles,
    '_rels/.rels': `${declaration}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `${declaration}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typeOf('sheet.main')}"/>${each((number) => `<Override PartName="/${sheetPart(number)}" ContentType="${typeOf('worksheet')}"/>`)}<Override PartName="/xl/styles.xml" ContentType="${typeOf('styles')}"/></Types>`,
  }
}

/** A sheet up to its rows: as many columns of text, the header kept in view. */
export const sheetStart = (columns: number): string =>
  `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${columns}" width="20" style="1" customWidth="1"/></cols><sheetData>`

export const sheetEnd = '</sheetData></worksheet>'

/** A sheet to print on A4 across, as wide as the page, up to its rows. */
export const laidOutStart = (widths: readonly number[], headerEnd: number): string =>
  `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerEnd}" topLeftCell="A${headerEnd + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.map((width, column) => `<col min="${column + 1}" max="${column + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`

/** What follows its rows: the ranges of merged cells. */
export const laidOutEnd = (merged: readonly string[]): string =>
  `</sheetData>${merged.length === 0 ? '' : `<mergeCells count="${merged.length}">${merged.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`}<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`

/** The letters of a column, from 0. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter
}
