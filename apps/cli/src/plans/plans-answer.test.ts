import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../../tests/support/called.ts'

const place = ['--plan', 'p1', '--import', 'i1']
const basis = {
  questionId: 'lines-1,3/basis',
  line: 3,
  lineNos: [1, 3],
  rows: [3, 5],
  column: '比例及频次',
  cell: '3%；2次/年',
  message: '是哪一种？',
  state: 'OPEN',
  options: [
    { value: 'year', label: '全年合计 3%' },
    { value: 'each', label: '每次 3%' },
  ],
}

describe('plans answer', () => {
  const heard: { readonly method: string; readonly url: string; readonly body: string }[] = []
  let server: Server
  let env: NodeJS.ProcessEnv
  let open: readonly object[]
  let refusal: object | undefined
  let folder: string

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const piece of request) body += String(piece)
    const { method = '', url = '' } = request
    heard.push({ method, url, body })
    if (url.endsWith('/answers')) open = []
    const planImport = { importId: 'i1', planId: 'p1', openQuestions: open.length, lines: [], questions: open, notes: [], problems: [] }
    response.writeHead(refusal === undefined ? 200 : 400, { 'content-type': 'application/json' })
    response.end(JSON.stringify(refusal ?? (url.endsWith('/apply') ? { lines: [{}, {}] } : planImport)))
  }

  beforeEach(async () => {
    open = [basis]
    refusal = undefined
    folder = mkdtempSync(join(tmpdir(), 'dual-random-answers-'))
    server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    env = { DR_PLANNING_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, DR_TOKEN: 't' }
  })
  afterEach(async () => {
    heard.length = 0
    rmSync(folder, { recursive: true })
    await new Promise((resolve) => server.close(resolve))
  })

  const path = '/v1/plans/p1/imports/i1'

  it('PLN-13 shows what is open, each question with its rows and what it offers, and applies nothing', async () => {
    const { exitCode, out } = await call(env, 'plans', 'answer', ...place, '--apply')
    expect(exitCode).toBe(3)
    expect(heard.map(({ method, url }) => [method, url])).toEqual([['GET', path]])
    expect(out.filter((line) => /^\? | {4}/.test(line))).toEqual([
      '? lines-1,3/basis 第 3、5 行 / rows 3, 5 比例及频次“3%；2次/年”: 是哪一种？',
      '    year  全年合计 3%',
      '    each  每次 3%',
    ])
  })

  it('PLN-13 hands planning the answers of the file and of the words as one request, and applies once nothing is open', async () => {
    const file = join(folder, 'answers.ndjson')
    writeFileSync(
      file,
      '{"lineNo":2,"omit":true,"reason":"上级另行安排"}\n\n{"questionId":"line-1/participants","value":["市甲局","市乙局"]}\n',
    )
    const { exitCode, out } = await call(env, 'plans', 'answer', file, ...place, '--answer', 'lines-1,3/basis=each', '--apply')
    expect(exitCode).toBe(0)
    expect(heard.map(({ method, url }) => [method, url])).toEqual([
      ['POST', `${path}/answers`],
      ['POST', `${path}/apply`],
    ])
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
      answers: [
        { lineNo: 2, omit: true, reason: '上级另行安排' },
        { questionId: 'line-1/participants', value: ['市甲局', '市乙局'] },
        { questionId: 'lines-1,3/basis', value: 'each' },
      ],
    })
    expect(out.at(-1)).toBe('已列入计划草案，草案共 2 条 / added to the draft, which has 2 lines')
  })

  it('PLN-13 leaves the draft alone without --apply, and tells programs in JSON', async () => {
    const words = ['plans', 'answer', ...place, '--answer', 'lines-1,3/basis=year', '--json']
    const { exitCode, out } = await call(env, ...words)
    expect({ exitCode, urls: heard.map(({ url }) => url) }).toEqual({ exitCode: 0, urls: [`${path}/answers`] })
    expect(out.map((line) => JSON.parse(line))).toMatchObject([{ importId: 'i1', openQuestions: 0 }])
    const applied = await call(env, ...words, '--apply')
    expect(JSON.parse(applied.out.at(-1) ?? '')).toEqual({ planId: 'p1', importId: 'i1', lines: 2 })
  })

  it('PLN-13 says which answer planning refuses and why', async () => {
    refusal = {
      code: 'invalid',
      detail: '请求不合规',
      errors: [{ pointer: '/answers/0', code: 'answer-wrong-form', detail: '只能回答：year、each' }],
    }
    const { exitCode, err } = await call(env, 'plans', 'answer', ...place, '--answer', 'lines-1,3/basis=3%')
    expect(exitCode).toBe(1)
    expect(err.join()).toContain('计划服务拒绝：400 请求不合规 (invalid)；/answers/0 只能回答：year、each')
  })

  it('says what is wrong with words and lines before it calls anybody', async () => {
    const wrong = await call(env, 'plans', 'answer', '--answer', 'line-1/basis', '--plan', 'p1')
    expect(wrong.exitCode).toBe(2)
    expect(wrong.err.join()).toMatch(
      /--answer line-1\/basis: 应为 问题编号=值.*--import: 应为编号|--import: 应为编号.*--answer line-1\/basis/s,
    )
    const file = join(folder, 'answers.ndjson')
    writeFileSync(file, '{"lineNo":2}\n[]\nnone\n')
    const lines = await call(env, 'plans', 'answer', file, ...place)
    expect(lines.exitCode).toBe(1)
    expect(lines.err.join()).toContain('第 2, 3 行不是 JSON 对象')
    expect(heard).toEqual([])
  })
})
