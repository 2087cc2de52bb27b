import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519Key } from '@dual-random/beacon'
import { canonicalJson, fromHex } from '@dual-random/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, callJson, callWith } from '../../tests/support/called.ts'
import { drawIdOf } from './target.ts'

let folder: string
const file = (name: string): string => join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unit-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const keyNew = (...more: readonly string[]) => call({}, 'unit', 'key', 'new', '--unit', '230000-sft', '--out', file('key.json'), ...more)
const secretNew = (...more: readonly string[]) =>
  call({}, 'unit', 'secret', 'new', '--region', '230300', '--key', file('key.json'), '--secrets', file('secrets.ndjson'), ...more)
const one = ['--plan', 'plan-1', '--line', 'L01', '--batch', '1', '--offline'] as const
const lines = () =>
  readFileSync(file('secrets.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)

describe('unit key new', () => {
  it('keeps the private key in a file of its owner alone, and gives the record that the superior signs', async () => {
    const { exitCode, out } = await keyNew('--record', file('record.json'))
    const kept = JSON.parse(readFileSync(file('key.json'), 'utf8')) as { readonly seed: string; readonly publicKey: string }
    expect(exitCode).toBe(0)
    expect(statSync(file('key.json')).mode & 0o777).toBe(0o600)
    expect(ed25519Key(fromHex(kept.seed) as Uint8Array).publicKey).toBe(kept.publicKey)
    const type = 'dual-random/key/v1'
    const record = { type, keyId: 'unit-230000-sft', role: 'unit', algorithm: 'ed25519', publicKey: kept.publicKey, unitId: '230000-sft' }
    expect(out).toEqual([expect.stringContaining(kept.publicKey), canonicalJson(record)])
    expect(readFileSync(file('record.json'), 'utf8')).toBe(`${canonicalJson(record)}\n`)
    expect(out.join()).not.toContain(kept.seed)
  })

  it('never overwrites a key', async () => {
    await keyNew()
    const before = readFileSync(file('key.json'), 'utf8')
    const { exitCode, err } = await keyNew()
    expect({ exitCode, err: err.join() }).toEqual({ exitCode: 1, err: expect.stringContaining('not overwritten') as string })
    expect(readFileSync(file('key.json'), 'utf8')).toBe(before)
  })
})

describe('unit secret new', () => {
  beforeEach(async () => {
    await keyNew()
  })

  it('makes one fresh secret for an attempt, keeps it in the file, and never shows it', async () => {
    const { exitCode, out, err } = await secretNew(...one, '--attempt', '2')
    expect(exitCode).toBe(0)
    const [kept, ...others] = lines()
    expect(others).toEqual([])
    const target = { planId: 'plan-1', lineId: 'L01', batch: 1, attempt: 2 }
    expect(kept).toMatchObject({
      ...target,
      unitId: '230000-sft',
      drawId: drawIdOf('sha256', '230300', target),
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect([...out, ...err].join()).not.toContain(String(kept?.['secret']))
    expect(statSync(file('secrets.ndjson')).mode & 0o777).toBe(0o600)
  })

  it('makes no second secret for a draw', async () => {
    await secretNew(...one)
    const before = readFileSync(file('secrets.ndjson'), 'utf8')
    const { exitCode, err } = await secretNew(...one)
    expect({ exitCode, err: err.join() }).toEqual({ exitCode: 1, err: expect.stringContaining('gets no second one') as string })
    expect(readFileSync(file('secrets.ndjson'), 'utf8')).toBe(before)
    // Called for more attempts it makes those that are missing.
    expect((await secretNew(...one, '--attempts', '3')).out[0]).toContain('made 2, there before 1')
    expect(lines().map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    expect(readFileSync(file('secrets.ndjson'), 'utf8').startsWith(before)).toBe(true)
    expect((await secretNew(...one, '--attempts', '3')).exitCode).toBe(1)
  })

  it('makes a year at once from lines of a file or of standard input, and with the next call what is missing', async () => {
    const wanted = ['{"planId":"plan-1","lineId":"L01","batch":1,"attempts":2}', '{"planId":"plan-1","lineId":"L02","batch":3}']
    writeFileSync(file('lines'), `${wanted[0]}\n`)
    expect((await secretNew('--lines', file('lines'), '--offline')).out[0]).toContain('made 2, there before 0')
    const words = ['unit', 'secret', 'new', '--region', '230300', '--key', file('key.json'), '--secrets', file('secrets.ndjson')]
    const more = await callWith([Buffer.from(wanted.join('\n'))], ...words, '--lines', '-', '--attempts', '3', '--offline', '--json')
    expect(JSON.parse(more.out[0] ?? '')).toEqual({ made: 3, thereBefore: 2 })
    expect(lines().map(({ lineId, batch, attempt }) => [lineId, batch, attempt])).toEqual([
      ['L01', 1, 1],
      ['L01', 1, 2],
      ['L02', 3, 1],
      ['L02', 3, 2],
      ['L02', 3, 3],
    ])
    expect(new Set(lines().map(({ secret }) => secret)).size).toBe(5)
    writeFileSync(file('lines'), `${wanted[0]}\n{"planId":"plan-1","lineId":"L 2","batch":1}\n`)
    expect((await secretNew('--lines', file('lines'), '--offline')).err.join()).toContain('line 2 is wrong (lineId')
    writeFileSync(file('lines'), `{"planId":"plan-1","lineId":"L01"}\n${wanted[0]}\n${'{}\n'.repeat(30)}`)
    const told = (await secretNew('--lines', file('lines'), '--offline')).err.join('\n')
    for (const said of ['第 1 行有误：成员 batch 缺失或不合要求', '第 3 行有误', 'line 21 is wrong', '另有 11 行有误', 'and 11 more'])
      expect(told).toContain(said)
    expect(told).not.toContain('第 2 行')
    expect(lines()).toHaveLength(5)
  })

  it('makes them for a task on clues and for a redraw by the text of its order, and comes back from the same paper', async () => {
    const parentDrawId = 'ab'.repeat(32)
    const approval = { approvedAt: '2026-03-02T00:00:00.000Z', unitId: '230000-scj', reasons: [{ reason: 'RECUSAL', count: 1 }] }
    const type = 'dual-random/redraw-order/v1'
    const order = {
      type,
      regionCode: '230300',
      parentDrawId,
      number: 2,
      purpose: 'rematch',
      labels: ['cd'.repeat(32)],
      counts: [],
      approval,
    }
    writeFileSync(file('order'), canonicalJson(order))
    expect((await secretNew('--task', 'task-1', '--offline')).exitCode).toBe(0)
    expect((await secretNew('--redraw', file('order'), '--attempts', '2', '--offline', '--paper', file('paper.txt'))).exitCode).toBe(0)
    const drawn = [
      { taskId: 'task-1', batch: 1, attempt: 1 },
      { parentDrawId, number: 2, attempt: 1 },
      { parentDrawId, number: 2, attempt: 2 },
    ]
    expect(lines()).toEqual(
      drawn.map((one_) => expect.objectContaining({ ...one_, drawId: drawIdOf('sha256', '230300', one_) }) as unknown),
    )
    expect((await secretNew('--redraw', file('order'), '--attempt', '2', '--offline')).err.join()).toContain('gets no second one')
    writeFileSync(file('order'), canonicalJson({ ...order, regionCode: '230400' }))
    expect((await secretNew('--redraw', file('order'), '--offline')).err.join()).toContain('is of region 230400, not 230300')
    writeFileSync(file('order'), '{}')
    expect((await secretNew('--redraw', file('order'), '--offline')).err.join()).toContain('is no text of an order')
    const restored = await call({}, 'unit', 'secret', 'restore', file('paper.txt'), '--secrets', file('again.ndjson'))
    expect(restored).toMatchObject({ exitCode: 0, out: [expect.stringContaining('restored 2, there before 0')] })
    const wanted = [`{"taskId":"task-1","batch":2}`, `{"parentDrawId":"${parentDrawId}","number":3}`]
    writeFileSync(file('lines'), wanted.join('\n'))
    expect((await secretNew('--lines', file('lines'), '--offline')).out[0]).toContain('made 2, there before 0')
    writeFileSync(file('lines'), `{"parentDrawId":"ab","number":3}`)
    expect((await secretNew('--lines', file('lines'), '--offline')).err.join()).toContain('line 1 is wrong (parentDrawId')
  })

  it('makes a year at once from the lines and batches of a published plan, of the same region alone', async () => {
    const plan = (regionCode: string) => ({
      regionCode,
      planId: 'plan-1',
      lines: [
        { lineId: 'L01', batches: [{ number: 1 }, { number: 2 }] },
        { lineId: 'L02', batches: [{ number: 1 }] },
      ],
    })
    const plans = new Map([
      ['/api/planning/v1/public/plans/plan-1', plan('230300')],
      ['/api/planning/v1/public/plans/plan-2', plan('230400')],
    ])
    const server = createServer(({ url = '' }, response) => {
      const found = plans.get(url)
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const planning = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/planning/`
    const of = (planId: string) => secretNew('--plan', planId, '--planning', planning, '--attempts', '2', '--offline')
    expect((await of('plan-1')).out[0]).toContain('made 6')
    expect((await of('plan-2')).err.join()).toContain('is of region 230400, not 230300')
    expect((await of('plan-3')).err.join()).toContain('plan plan-3 is not published')
    await new Promise((resolve) => server.close(resolve))
    expect((await of('plan-1')).err.join()).toContain('planning does not answer')
    expect(lines().map(({ lineId, batch, attempt }) => `${String(lineId)}/${String(batch)}/${String(attempt)}`)).toEqual([
      'L01/1/1',
      'L01/1/2',
      'L01/2/1',
      'L01/2/2',
      'L02/1/1',
      'L02/1/2',
    ])
  })

  it('writes a paper backup for its owner alone, from which the same file comes back', async () => {
    await secretNew(...one, '--attempts', '3', '--paper', file('paper.txt'))
    expect(statSync(file('paper.txt')).mode & 0o777).toBe(0o600)
    const restored = await call({}, 'unit', 'secret', 'restore', file('paper.txt'), '--secrets', file('again.ndjson'))
    expect(restored).toMatchObject({ exitCode: 0, out: [expect.stringContaining('restored 3, there before 0')] })
    expect(readFileSync(file('again.ndjson'), 'utf8')).toBe(readFileSync(file('secrets.ndjson'), 'utf8'))
    const twice = await call({}, 'unit', 'secret', 'restore', file('paper.txt'), '--secrets', file('again.ndjson'))
    expect(twice.out[0]).toContain('restored 0, there before 3')
    await call({}, 'unit', 'secret', 'paper', '--secrets', file('secrets.ndjson'), '--out', file('paper.html'))
    expect(readFileSync(file('paper.html'), 'utf8')).toContain(readFileSync(file('paper.txt'), 'utf8'))
    expect((await secretNew(...one, '--attempt', '4', '--paper', file('paper.txt'))).exitCode).toBe(2)
    expect(lines()).toHaveLength(3)
  })

  it('restores nothing while a typed row is wrong, and names row and group', async () => {
    await secretNew(...one, '--attempts', '2', '--paper', file('paper.txt'))
    const typed = readFileSync(file('paper.txt'), 'utf8').replace(/^(2 (?:\S+ ){6})\S{4}/m, '$10000')
    const { exitCode, err } = await callWith([Buffer.from(typed)], 'unit', 'secret', 'restore', '-', '--secrets', file('again.ndjson'))
    expect(exitCode).toBe(1)
    expect(err).toEqual([expect.stringMatching(/row 2 \(line \d+\): .*group 3 is wrong/)])
    expect(() => readFileSync(file('again.ndjson'))).toThrow('ENOENT')
    const other = readFileSync(file('secrets.ndjson'), 'utf8').replace(
      /"secret":"(.)/,
      (_, digit) => `"secret":"${digit === '0' ? '1' : '0'}`,
    )
    writeFileSync(file('other.ndjson'), other, { mode: 0o600 })
    const differing = await call({}, 'unit', 'secret', 'restore', file('paper.txt'), '--secrets', file('other.ndjson'))
    expect(differing).toMatchObject({ exitCode: 1, err: [expect.stringContaining('another secret is there already')] })
  })

  it.each([
    [['--plan', 'plan-1', '--line', 'L01', '--batch', '1'], '--offline'],
    [['--plan', 'plan-1', '--line', 'L01', '--batch', '0', '--offline'], '--batch 0'],
    [['--plan', 'plan-1', '--line', 'L01', '--offline'], '--batch'],
    [['--plan', 'plan 1', '--line', 'L01', '--batch', '1', '--offline'], '--plan plan 1'],
    [['--line', 'L01', '--batch', '1', '--offline'], '--plan'],
    [[...one, '--lines', '-'], '--line, --task'],
    [[...one, '--task', 't'], '--line, --task'],
    [['--task', 't', '--redraw', 'order', '--offline'], '--line, --task'],
    [['--task', 't', '--plan', 'p', '--offline'], '--plan'],
    [['--task', 'a task', '--offline'], '--task a task'],
    [['--task', 't', '--batch', '0', '--offline'], '--batch 0'],
    [['--redraw', 'order', '--attempt', '0', '--offline'], '--attempt 0'],
    [[...one, '--attempt', '1', '--attempts', '2'], '--attempts'],
    [[...one, '--attempts', '100'], '--attempts 100'],
    [[...one, '--hash', 'md5'], '--hash md5'],
    [['--lines', '-', '--attempt', '2', '--offline'], '--attempt'],
    [['--plan', 'plan-1', '--planning', 'ftp://x', '--offline'], '--planning ftp://x'],
  ])('refuses %j and makes nothing', async (words, named) => {
    const { exitCode, err } = await secretNew(...words)
    expect(exitCode).toBe(2)
    expect(err.some((line) => line.startsWith(named) || line.includes(`${named}:`))).toBe(true)
    expect(() => readFileSync(file('secrets.ndjson'))).toThrow('ENOENT')
  })

  it('keeps the secrets of one unit apart from another’s key, and refuses a file that is no key', async () => {
    await secretNew(...one)
    await call({}, 'unit', 'key', 'new', '--unit', '230400-sft', '--out', file('other.json'))
    const words = ['unit', 'secret', 'new', '--region', '230300', '--secrets', file('secrets.ndjson'), ...one, '--attempt', '2'] as const
    expect((await call({}, ...words, '--key', file('other.json'))).err.join()).toContain('the secrets are of unit 230000-sft')
    const changed = readFileSync(file('key.json'), 'utf8').replace(
      /"publicKey":"(..)/,
      (_, hex) => `"publicKey":"${hex === '00' ? '01' : '00'}`,
    )
    writeFileSync(file('other.json'), changed, { mode: 0o600 })
    expect((await call({}, ...words, '--key', file('other.json'))).err.join()).toContain('is no key file')
    expect((await callJson({}, ...words, '--key', file('key.json'))).lines).toEqual([{ made: 1, thereBefore: 0 }])
  })
})
