import type { MergedCells, Sheet, SheetRow } from './sheet.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
const lines = (text: string): string => escaped(text).replace(/\r\n|\r|\n/g, '<br>')

const style = `@page { size: A4 landscape; margin: 12mm }
body { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; font-size: 10.5pt }
h1 { font-size: 16pt; text-align: center; margin: 0 0 .5em }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #000; padding: .25em .4em; vertical-align: middle; overflow-wrap: anywhere }
thead { display: table-header-group }
tr { break-inside: avoid }
p { margin: .4em 0 }`

const isCovered = ({ top, left, bottom, right }: MergedCells, row: number, column: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right

function span(name: 'row' | 'col', first: number, last: number): string {
  return last > first ? ` ${name}span="${last - first + 1}"` : ''
}

function rowHtml({ merged }: Sheet, { cells }: SheetRow, row: number, tag: 'th' | 'td'): string {
  const html = cells.map((cell, column) => {
    const range = merged.find((each) => isCovered(each, row, column))
    if (range === undefined) return `<${tag}>${lines(cell)}</${tag}>`
    if (range.top !== row || range.left !== column) return ''
    return `<${tag}${span('row', range.top, range.bottom)}${span('col', range.left, range.right)}>${lines(cell)}</${tag}>`
  })
  return `<tr>${html.join('')}</tr>`
}

const titleOf = ({ name, rows }: Sheet): string => rows.find(({ kind }) => kind === 'title')?.cells.find((cell) => cell !== '') ?? name

function tableHtml(sheet: Sheet, heading: 'h1' | 'h2'): string {
  const numbered = sheet.rows.map((row, index) => ({ row, index }))
  const of = (kind: SheetRow['kind']) => numbered.filter(({ row }) => row.kind === kind)
  const rows = (kind: 'header' | 'body'): string =>
    of(kind)
      .map(({ row, index }) => rowHtml(sheet, row, index, kind === 'header' ? 'th' : 'td'))
      .join('\n')
  const paragraphs = (kind: 'aside' | 'footer'): string =>
    of(kind)
      .map(({ row }) => `<p>${lines(row.cells.find((cell) => cell !== '') ?? '')}</p>\n`)
      .join('')
  return `<${heading}>${lines(titleOf(sheet))}</${heading}>
${paragraphs('aside')}<table>
<thead>
${rows('header')}
</thead>
<tbody>
${rows('body')}
</tbody>
</table>
${paragraphs('footer')}`
}

/** Laid-out tables as a page to read and to print, one below the other: without scripts, their headers on every printed page. */
export function writeSheetHtml(first: Sheet, ...others: readonly Sheet[]): string {
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(titleOf(first))}</title>
<style>
${style}
</style>
</head>
<body>
${tableHtml(first, 'h1')}${others.map((sheet) => tableHtml(sheet, 'h2')).join('')}</body>
</html>
`
}
