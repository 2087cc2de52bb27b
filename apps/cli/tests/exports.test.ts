import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, callJson } from './support/called.ts'

describe('dual-random export', () => {
  let folder: string
  let server: Server
  let env: NodeJS.ProcessEnv
  let asked: string[]
  let answer: (response: ServerResponse) => void

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dual-random-cli-'))
    asked = []
    answer = (response) => void response.end(Buffer.from([0x50, 0x4b, 0xff, 0]))
    server = createServer((request: IncomingMessage, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      answer(response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    env = { DR_REGISTRY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, DR_TOKEN: 'token' }
  })
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  })

  it.each([
    [['objects', 'o.xlsx'], '/v1/objects/export?format=xlsx'],
    [['tags', 't.CSV'], '/v1/tags/export?format=csv'],
    [
      ['inspectors', 'i.ndjson', '--unit', '230300-scj', '--recusal-scope', 'open'],
      '/v1/inspectors/export?unitId=230300-scj&recusalScope=open&format=ndjson',
    ],
    [['grades', 'g.txt', '--history', '--format', 'csv'], '/v1/credit-results/export?history=true&format=csv'],
    [['items', 'l.xlsx', '--list', 'a/b'], '/v1/check-item-lists/a%2Fb/export?format=xlsx'],
  ])('DQ-04 saves %j as it comes', async ([word = '', file = '', ...options], url) => {
    const path = join(folder, file)
    const { exitCode, lines, err } = await callJson(env, 'export', word, path, ...options)
    expect({ exitCode, lines, err }).toEqual({ exitCode: 0, lines: [{ file: path, bytes: 4 }], err: [] })
    expect(asked).toEqual([`GET ${url} Bearer token`])
    expect([...readFileSync(path)]).toEqual([0x50, 0x4b, 0xff, 0])
    expect(readdirSync(folder)).toEqual([file])
  })

  it('leaves no half of a file where the transfer breaks off, and says so', async () => {
    answer = (response) => {
      response.write('统一社会信用代码')
      setImmediate(() => response.destroy())
    }
    const { exitCode, out, err } = await call(env, 'export', 'objects', join(folder, 'o.csv'))
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: [] })
    expect(err.join('\n')).toContain('was not saved')
    expect(readdirSync(folder)).toEqual([])
  })

  it('says what registry refuses', async () => {
    answer = (response) => void response.writeHead(403).end(JSON.stringify({ code: 'role-required', detail: '需要角色' }))
    const { exitCode, err } = await call(env, 'export', 'objects', join(folder, 'o.csv'))
    expect(exitCode).toBe(1)
    expect(err.join('\n')).toContain('403 需要角色 (role-required)')
  })

  it('names everything that is wrong with the call', async () => {
    const { exitCode, err } = await call({}, 'export', 'items', join(folder, 'nowhere', 'x.pdf'))
    expect(exitCode).toBe(2)
    for (const said of ['folder cannot be written', '--list', '--format', 'DR_REGISTRY_URL', 'DR_TOKEN'])
      expect(err.join('\n')).toContain(said)
    expect((await call(env, 'export', 'objects', join(folder, 'o.csv'), '--format', 'xls')).err[0]).toContain('--format xls')
  })
})
