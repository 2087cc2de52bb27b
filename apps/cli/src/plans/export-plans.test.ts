import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'

const words = ['--year', '2024', '--unit', '140400-scj']

describe('export plans', () => {
  let folder: string
  let server: Server
  let env: NodeJS.ProcessEnv
  let asked: string[]
  let plans: readonly object[]
  let status: number

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dual-random-export-'))
    asked = []
    plans = [{ planId: 'p' }]
    status = 200
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      const isList = request.url?.includes('?year=') === true
      response.writeHead(isList ? 200 : status)
      if (isList) response.end(JSON.stringify({ items: plans }))
      else response.end(status === 200 ? Buffer.from([0x50, 0x4b, 0xff]) : JSON.stringify({ code: 'not-found', detail: '没有这个计划' }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    env = { DR_PLANNING_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, DR_TOKEN: 't' }
  })
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  })

  it.each([
    [['a.xlsx'], 'INTERNAL', '/v1/plans/p/export?format=xlsx'],
    [['a.CSV', '--joint'], 'JOINT', '/v1/plans/p/export?format=csv'],
    [['a.csv', '--undrawn'], 'INTERNAL', '/v1/plans/p/export?format=csv&table=undrawn'],
    [['a.txt', '--format', 'html', '--published'], 'INTERNAL', '/v1/public/plans/p/export?format=html'],
  ])('PLN-13 finds the plan of the unit and saves %j', async ([name = '', ...options], planType, path) => {
    const file = join(folder, name)
    const { exitCode, lines, err } = await callJson(env, 'export', 'plans', file, ...words, ...options)
    expect({ exitCode, lines, err }).toEqual({ exitCode: 0, lines: [{ file, bytes: 3 }], err: [] })
    expect(asked).toEqual([`GET /v1/plans?year=2024&unitId=140400-scj&planType=${planType} Bearer t`, `GET ${path} Bearer t`])
    expect([...readFileSync(file)]).toEqual([0x50, 0x4b, 0xff])
    expect(readdirSync(folder)).toEqual([name])
  })

  it('says that there is no such plan, and what planning refuses, and leaves no file', async () => {
    const file = join(folder, 'a.xlsx')
    status = 404
    expect((await call(env, 'export', 'plans', file, ...words)).err.join()).toContain('404 没有这个计划 (not-found)')
    plans = []
    expect((await call(env, 'export', 'plans', file, ...words)).err.join()).toContain('140400-scj 没有 2024 年的这种计划')
    expect(existsSync(file)).toBe(false)
  })

  it('names everything that is wrong with the call', async () => {
    const { exitCode, err } = await call({}, 'export', 'plans', join(folder, 'nowhere', 'a.pdf'), '--year', '24')
    expect(exitCode).toBe(2)
    for (const said of ['folder cannot be written', '--year 24', '--unit', '.html']) expect(err.join('\n')).toContain(said)
    expect((await call(env, 'export', 'plans', join(folder, 'a.csv'), ...words, '--format', 'pdf')).err[0]).toContain('--format pdf')
  })
})
