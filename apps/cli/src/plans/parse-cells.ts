import { cellColumns, readPublishedCell } from '@dual-random/tables'
import { noMoreThan } from '../arguments.ts'
import { offlineCommand } from '../command.ts'
import { readInput } from '../read-input.ts'
import { both, text } from '../text.ts'
import { cellOfLine } from './cell-lines.ts'

export const plansParseCells = offlineCommand({
  name: 'plans parse-cells',
  usage: '[--json] < CELLS',
  summary: text('读懂已公布计划表的单元格', 'reads cells of published plan tables'),
  notes: [
    text(
      `从标准输入读 NDJSON，每行一格：{"id","column","text","year"}；column 为 ${cellColumns.join('、')} 之一，year 为计划年度，可省。每行输出一个 JSON：id，和 ratioMin、ratioMax（百分数）、countMin、countMax、timesMin、timesMax、timesPer、from、to（YYYY-MM-DD、YYYY-MM，没写年份的为 MM）、tiers（[{when,ratioMin,ratioMax,per}]）、parties、partiesMode（all 或 oneOf）、note、question 中原文给出的各项。不明确的写在 question，不猜。文法见 docs/plan-cells.md。`,
      'NDJSON on standard input, a cell a line: {"id","column","text","year"}; year is the plan’s and may be left out. A line of JSON for each: id, and of ratioMin, ratioMax (percent), countMin, countMax, timesMin, timesMax, timesPer, from,\nto (YYYY-MM-DD, YYYY-MM, or MM where no year is written), tiers ([{when,ratioMin,ratioMax,per}]), parties, partiesMode (all or oneOf), note and question those that the text gives. What is unclear stands in question; nothing is guessed. The grammar: docs/plan-cells.md.',
    ),
    text(
      '读不成的行逐一指出，其余照常输出，退出码 1。',
      'Lines that cannot be read are named, the others are printed all the same, exit code 1.',
    ),
  ],
  options: {},
  read: (args, complain) => noMoreThan(args, 0, complain),
  run: async (_, { terminal, json }) => {
    let isWhole = true
    for (const [index, line] of (await readInput('-', terminal))
      .replace(/^\uFEFF/, '')
      .split('\n')
      .entries()) {
      if (line.trim() === '') continue
      const cell = cellOfLine(line)
      if ('wrong' in cell) {
        isWhole = false
        const at = index + 1
        terminal.err(json ? JSON.stringify({ line: at, ...cell.wrong }) : `${both(text(`第 ${at} 行`, `line ${at}`))}: ${both(cell.wrong)}`)
        continue
      }
      terminal.out(JSON.stringify({ id: cell.id, ...readPublishedCell(cell.column, cell.text, cell.year) }))
    }
    return isWhole ? 0 : 1
  },
})
