import type { HashName } from '@dual-random/draw'
import { both, text } from '../text.ts'
import { checkGroups } from './check-groups.ts'
import type { KeptSecret } from './secrets-file.ts'
import { groupOf, placeOf } from './target.ts'

const rowsPerPage = 40

/** Groups of four characters: of the drawId's first eight, and of the secret. */
export const groupsOf = (hex: string): readonly string[] => hex.match(/.{4}/g) ?? []

export const valueOf = (group: string): number => Number.parseInt(group, 16)

export const groupText = (value: number): string => value.toString(16).padStart(4, '0')

/** The row of one secret: number, line, batch, attempt, the drawId's first eight, the secret, and two check groups over these two. */
function rowOf(kept: KeptSecret, number: number): readonly string[] {
  const { attempt, drawId, secret } = kept
  const checked = [...groupsOf(drawId.slice(0, 8)), ...groupsOf(secret)]
  const checks = checkGroups(checked.map(valueOf)).map(groupText)
  return [String(number), ...placeOf(kept), String(attempt), drawId.slice(0, 8), ...groupsOf(secret), ...checks]
}

/** The header that the rows behind it belong to. */
const unitLine = ({
  unitId,
  regionCode,
  hash,
}: {
  readonly unitId: string
  readonly regionCode: string
  readonly hash: HashName
}): string => `unit ${unitId} region ${regionCode} hash ${hash}`

/** Pages of a paper backup, as `unit secret restore` reads them when they are typed again. */
export function paperPages(secrets: readonly KeptSecret[]): readonly string[] {
  const rows = secrets.map((kept, index) => ({ kept, cells: rowOf(kept, index + 1) }))
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map(({ cells }) => cells[column]?.length ?? 0)))
  const pages: string[] = []
  for (let from = 0; from < rows.length; from += rowsPerPage) {
    const page = rows.slice(from, from + rowsPerPage)
    const lines = [...headings(pages.length + 1, Math.ceil(rows.length / rowsPerPage))]
    let before: KeptSecret | undefined
    for (const { kept, cells } of page) {
      if (before === undefined || unitLine(before) !== unitLine(kept)) lines.push(unitLine(kept))
      if (before === undefined || groupOf(before) !== groupOf(kept)) lines.push(groupOf(kept))
      lines.push(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' '))
      before = kept
    }
    pages.push(`${lines.join('\n')}\n`)
  }
  return pages
}

const headings = (page: number, pages: number): readonly string[] => [
  `# ${both(text('揭示用秘密值的纸质备份，须密封保存', 'paper backup of secrets for draws: keep it sealed'))}  ${page}/${pages}`,
  `# ${both(text('行号 计划行（线索任务、补抽为 -） 批次（补抽为序号） 次数 抽取标识前八位 秘密值十六组 校验两组', 'row, line (- of a task or redraw), batch (number of a redraw), attempt, first 8 of the drawId, 16 groups, 2 check groups'))}`,
]

/** The pages as plain text, a form feed between them. */
export const paperText = (secrets: readonly KeptSecret[]): string => paperPages(secrets).join('\f')

/** The same to print from a browser, a sheet a page. Ids hold no character that HTML takes for its own. */
export const paperHtml = (secrets: readonly KeptSecret[]): string =>
  [
    '<!doctype html><html lang="zh"><meta charset="utf-8"><title>paper backup</title>',
    '<style>@page{size:A4 landscape;margin:12mm}pre{font:9pt/1.5 monospace;break-after:page;margin:0}</style>',
    ...paperPages(secrets).map((page) => `<pre>${page}</pre>`),
    '</html>',
    '',
  ].join('\n')
