import { describe, expect, it } from 'vitest'
import { callWith } from '../../tests/support/called.ts'

const parse = (lines: readonly string[], ...words: readonly string[]) =>
  callWith([new TextEncoder().encode(lines.join('\n'))], 'plans', 'parse-cells', ...words)

describe('plans parse-cells', () => {
  it('PLN-13 writes a line for each cell with what its text gives', async () => {
    const { exitCode, out, err } = await parse([
      '{"id":"C001","column":"比例及频次","text":"3%;2次/年","year":2024}',
      '',
      '{"id":31,"column":"时间","text":"3月—12月","year":"2024"}',
      '{"id":"q","column":"部门","text":"与其它部门联合开展抽查"}',
    ])
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {
        id: 'C001',
        ratioMin: 3,
        ratioMax: 3,
        timesMin: 2,
        timesMax: 2,
        timesPer: '年',
        note: '一年 2 次，没有写明是全年合计还是每次',
      },
      { id: '31', from: '03', to: '12' },
      { id: 'q', note: '与其他部门联合，没有点名：与其它部门', question: '还有没写出的部门：是哪些？' },
    ])
  })

  it('PLN-13 names lines that it cannot read, and reads the others', async () => {
    const { exitCode, out, err } = await parse([
      'x',
      '[]',
      '{"id":"a","column":"颜色","text":"5%"}',
      '{"id":"b","column":"比例"}',
      '{"id":"c","column":"比例","text":"5%","year":"24"}',
      '{"column":"比例","text":"5%"}',
      '{"id":"d","column":"比例","text":"5%"}',
    ])
    expect(exitCode).toBe(1)
    expect(out).toEqual(['{"id":"d","ratioMin":5,"ratioMax":5}'])
    expect(err.map((line) => line.split(':')[0])).toEqual([1, 2, 3, 4, 5, 6].map((line) => `第 ${line} 行 / line ${line}`))
    expect(err.map((line) => /(?:不是 JSON|对象|column|text|year|id)/.exec(line)?.[0])).toEqual([
      '不是 JSON',
      '对象',
      'column',
      'text',
      'year',
      'id',
    ])
  })

  it('PLN-13 names them as JSON where it is asked to', async () => {
    const { err } = await parse(['{'], '--json')
    expect(err.map((line) => JSON.parse(line))).toEqual([{ line: 1, zh: '不是 JSON', en: 'not JSON' }])
  })
})
