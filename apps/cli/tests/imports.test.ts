import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@dual-random/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, callHearing, callJson } from './support/called.ts'

interface Heard {
  readonly method: string
  readonly url: string
  readonly type: string
  readonly key: string
  readonly token: string
  readonly body: string
}

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> } | 'break off'

const counts = { importId: 'i', received: 3, created: 2, changed: 0, unchanged: 0, rejected: 1, reportUrl: '/v1/imports/i/report' }
const underWay = { status: 409, body: { code: 'request-in-progress' }, headers: { 'retry-after': '0' } } as const

describe('dual-random import', () => {
  let folder: string
  let file: string
  let server: Server
  let env: NodeJS.ProcessEnv
  let heard: Heard[]
  let answers: Answer[]
  let unfinished: object[]
  let asked: number
  let held: (() => boolean) | undefined

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    for await (const piece of request) body += String(piece)
    const { method = '', url = '', headers } = request
    const header = (name: string): string => String(headers[name] ?? '')
    if (url === '/v1/imports/unfinished') {
      asked += 1
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: unfinished }))
    }
    heard.push({ method, url, type: header('content-type'), key: header('idempotency-key'), token: header('authorization'), body })
    if (method === 'GET') return void response.end('line,column\r\n')
    if (held !== undefined) await eventually(() => expect(held?.()).toBe(false))
    const next = answers.shift() ?? { status: 200, body: counts }
    if (next === 'break off') return void request.socket.destroy()
    response.writeHead(next.status, { 'content-type': 'application/json', ...next.headers }).end(JSON.stringify(next.body))
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dual-random-cli-'))
    file = join(folder, 'objects.csv')
    writeFileSync(file, '名称\n甲\n')
    heard = []
    answers = []
    unfinished = []
    asked = 0
    held = undefined
    server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    env = { DR_REGISTRY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, DR_TOKEN: 'token' }
  })
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  })

  it('DQ-04 sends the file, says what became of its rows, and keeps the report', async () => {
    const report = join(folder, 'report.csv')
    const { exitCode, out, err } = await call(env, 'import', 'objects', file, '--region', '230300', '--report', report)
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: [] })
    expect(out.join('\n')).toMatch(/created 2.*rejected 1/)
    expect(readFileSync(report, 'utf8')).toBe('line,column\r\n')
    expect(heard).toMatchObject([
      { method: 'POST', url: '/v1/objects/import?regionCode=230300', type: 'text/csv', token: 'Bearer token', body: '名称\n甲\n' },
      { method: 'GET', url: '/v1/imports/i/report' },
    ])
  })

  it('ends well where no row is rejected, and asks for a trial', async () => {
    answers = [{ status: 200, body: { ...counts, rejected: 0 } }]
    const { exitCode, lines } = await callJson(env, 'import', 'objects', file, '--region', '230300', '--dry-run')
    expect({ exitCode, lines }).toEqual({ exitCode: 0, lines: [{ ...counts, rejected: 0 }] })
    expect(heard[0]?.url).toBe('/v1/objects/import?regionCode=230300&trial=true')
  })

  it('finds registry behind a gateway, under a path of its own', async () => {
    const behind = { ...env, DR_REGISTRY_URL: `${env['DR_REGISTRY_URL']}/api/registry/` }
    await call(behind, 'import', 'units', file, '--report', join(folder, 'report.csv'))
    expect(heard.map(({ url }) => url)).toEqual(['/api/registry/v1/units/import', '/api/registry/v1/imports/i/report'])
  })

  it('REG-22 DQ-07 says which system objects come from, and as of when it speaks', async () => {
    await call(env, 'import', 'objects', file, '--region', '230300', '--source', 'REGISTRATION_SYSTEM', '--source-as-of', '2026-01-31')
    expect(heard[0]?.url).toBe('/v1/objects/import?regionCode=230300&source=REGISTRATION_SYSTEM&sourceAsOf=2026-01-31')
  })

  it('DQ-04 sends again under the same key what broke off or is under way', async () => {
    const away = [502, 503, 504].map((status) => ({ status, body: {}, headers: { 'retry-after': '0' } }))
    answers = ['break off', ...away, underWay]
    expect((await call(env, 'import', 'units', file)).exitCode).toBe(1)
    expect(heard).toHaveLength(6)
    expect(new Set(heard.map(({ key }) => key)).size).toBe(1)
  })

  it('DQ-04 imports a file anew that was imported before, but takes the answer of its own import', async () => {
    const replayed = { status: 200, body: counts, headers: { 'idempotent-replayed': 'true' } } as const
    answers = [replayed, underWay, replayed]
    expect((await call(env, 'import', 'units', file)).exitCode).toBe(1)
    expect(heard.map(({ key }) => key.slice(0, 6))).toEqual(['cli-1-', 'cli-2-', 'cli-2-'])
  })

  it('says why a file is refused as a whole', async () => {
    const errors = [{ pointer: '/1/名称', code: 'import-problem', detail: '缺少必需的“名称”列' }]
    answers = [{ status: 400, body: { code: 'import-refused', detail: '不能导入', errors } }]
    const { exitCode, out, err } = await call(env, 'import', 'inspectors', file)
    expect({ exitCode, out, err }).toEqual({ exitCode: 1, out: [], err: ['不能导入 (import-refused)', '  /1/名称: 缺少必需的“名称”列'] })
  })

  it('DQ-04 shows how far registry is with the rows of this file, while it waits', async () => {
    const digest = createHash('sha256').update('名称\n甲\n').digest('hex')
    const rows = { received: 1, written: 0, rejected: 1 }
    unfinished = [
      { fileDigest: 'other', state: 'RUNNING', received: 9, written: 9, rejected: 0 },
      { fileDigest: digest, state: 'RUNNING', ...rows },
    ]
    const said: string[] = []
    held = () => !said.some((line) => line.includes('read 1'))
    const { exitCode } = await callHearing(env, (line) => void said.push(line), 'import', 'units', file)
    expect({ exitCode, isAsked: asked > 0 }).toEqual({ exitCode: 1, isAsked: true })
    expect(said.join('\n')).toMatch(/\[##########----------\] 50% 已读 \/ read 1, 已写 \/ written 0, 退回 \/ rejected 1/)
  })

  it.each([
    ['tags', '/v1/tags/import'],
    ['inspectors', '/v1/inspectors/import'],
    ['grades', '/v1/credit-results/import'],
    ['credit-data', '/v1/credit-data/import'],
  ])('DQ-04 sends %s to their own register', async (word, url) => {
    await call(env, 'import', word, file)
    expect(heard[0]).toMatchObject({ method: 'POST', url })
  })

  it.each(['inspectors', 'grades', 'credit-data'])('DQ-10 passes on where %s come from', async (word) => {
    await call(env, 'import', word, file, '--source', 'LOCAL_HR')
    expect(new URL(`http://a${heard[0]?.url}`).searchParams.get('source')).toBe('LOCAL_HR')
  })

  it('passes what a list needs, and takes the type from the name', async () => {
    const lines = join(folder, 'items.ndjson')
    writeFileSync(lines, '{}\n')
    await call(env, 'import', 'items', lines, '--list', 'a', '--line', '市场监管', '--from', '2026-01-01')
    expect(heard[0]).toMatchObject({ type: 'application/x-ndjson' })
    expect(new URL(`http://a${heard[0]?.url}`).searchParams.get('businessLine')).toBe('市场监管')
  })

  it('DQ-04 REG-02 sends a list as published, and is not done while questions are open', async () => {
    const published = { importId: 'i', received: 2, ready: 1, omitted: 0, openQuestions: 3, items: [], reportUrl: '/v1/lists/i/report' }
    answers = [
      { status: 201, body: published },
      { status: 200, body: { ...published, ready: 2, openQuestions: 0 } },
    ]
    const words = ['import', 'lists', file, '--list', 'a', '--line', '部门联查']
    const open = await call(env, ...words)
    expect(open.exitCode).toBe(3)
    expect(open.out.join('\n')).toMatch(/received 2.*ready 1.*open questions 3\n.*\/v1\/lists\/i\/report$/)
    const report = join(folder, 'report.csv')
    const settled = await call(env, ...words, '--report', report)
    expect({ exitCode: settled.exitCode, last: settled.out.at(-1) }).toEqual({
      exitCode: 0,
      last: expect.stringContaining(report) as unknown,
    })
    expect(new URL(`http://a${heard[0]?.url}`).pathname).toBe('/v1/check-item-lists/published')
    expect(heard.at(-1)).toMatchObject({ method: 'GET', url: '/v1/lists/i/report' })
  })

  it('DQ-04 sends a list of drawn objects, and points to the report where an object was not found', async () => {
    answers = [{ status: 200, body: { ...counts, matched: 2, unmatched: 1, rejected: 0 } }]
    const { exitCode, out } = await call(env, 'import', 'rosters', file)
    expect(exitCode).toBe(0)
    expect(out.join('\n')).toMatch(/matched 2.*unmatched 1.*\n.*\/v1\/imports\/i\/report/)
    expect(heard[0]?.url).toBe('/v1/rosters/import')
    const workbook = join(folder, 'roster.xlsx')
    writeFileSync(workbook, '')
    const refused = await call(env, 'import', 'rosters', workbook)
    expect({ exitCode: refused.exitCode, err: refused.err.join('\n') }).toEqual({
      exitCode: 2,
      err: expect.stringContaining('a .csv file') as unknown,
    })
  })

  it('names everything that is wrong with how it was called, and sends nothing', async () => {
    const { exitCode, err } = await call({}, 'import', 'objects', join(folder, 'none.doc'), 'stray')
    expect(exitCode).toBe(2)
    for (const word of ['none.doc', 'stray', '--region', 'DR_REGISTRY_URL', 'DR_TOKEN']) expect(err.join('\n')).toContain(word)
    expect(heard).toEqual([])
  })
})
