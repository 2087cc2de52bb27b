import { describe, expect, it } from 'vitest'
import { followSameAsAbove } from './same-as-above.ts'

const columns = [
  { field: 'item', name: '抽查事项', index: 0 },
  { field: 'share', name: '抽查比例', index: 2 },
] as const

const rowsOf = (...cells: readonly (readonly string[])[]) => cells.map((each, index) => ({ line: index + 3, cells: [...each] }))

describe('同上 in a published table', () => {
  it('PLN-13 stands for the last cell above that says something, and a note tells it', () => {
    const rows = rowsOf(['甲', 'x', '5%'], ['乙', '', '同上'], ['丙', '', ''], ['〃', '', ' 同 上 '])
    const followed = followSameAsAbove({ columns, rows })
    expect(followed.rows.map(({ cells }) => cells)).toEqual([
      ['甲', 'x', '5%'],
      ['乙', '', '5%'],
      ['丙', '', ''],
      ['丙', '', '5%'],
    ])
    expect(followed.notes).toEqual([
      { line: 4, column: '抽查比例', code: 'same-as-above', textZh: '“抽查比例”写“同上”，沿用第 3 行的“5%”' },
      { line: 6, column: '抽查事项', code: 'same-as-above', textZh: '“抽查事项”写“〃”，沿用第 5 行的“丙”' },
      { line: 6, column: '抽查比例', code: 'same-as-above', textZh: '“抽查比例”写“同上”，沿用第 3 行的“5%”' },
    ])
  })

  it('PLN-13 stays where nothing stands above, and is no part of a longer text', () => {
    const rows = rowsOf(['同上', '', '同上级文件'], ['同上', '', '3%'])
    expect(followSameAsAbove({ columns, rows })).toEqual({ rows, notes: [] })
  })
})
