import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../../tests/support/called.ts'

const published = (name: string): string => fileURLToPath(new URL(`../../../../libs/tables/tests-data/plans/${name}`, import.meta.url))
const changzhi = published('changzhi-2024-joint.csv')
const words = ['--year', '2024', '--unit', '140400-scj']
const joint = [...words, '--joint']

describe('import plans --dry-run', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dual-random-plans-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('PLN-13 prints the lines it understood and the questions, and calls nobody', async () => {
    const { exitCode, out, err } = await call({}, 'import', 'plans', changzhi, ...joint, '--dry-run')
    expect({ exitCode, err }).toEqual({ exitCode: 3, err: [] })
    expect(out).toContain('1. 涉烟经营活动检查')
    expect(out).toContain('   比例 / ratio             3%')
    expect(out.filter((line) => line.startsWith('? '))).toHaveLength(3)
    expect(out.find((line) => line.startsWith('? lines-2,3/ratio'))).toContain('第 10、11 行')
    expect(out.filter((line) => line.startsWith('· ') && line.includes('合并单元格的续行'))).toHaveLength(5)
    expect(out.filter((line) => line.startsWith('· ') && line.includes('计划事项没有“抽查检查模式”一栏'))).toHaveLength(1)
    expect(out.at(-1)).toBe('3 条，3 个问题，0 行未列入 / 3 lines, 3 questions, 0 rows left out')
  })

  it('JNT-11 asks whether a joint plan is a department’s own where --joint is missing', async () => {
    const { out } = await call({}, 'import', 'plans', changzhi, ...words, '--dry-run', '--json')
    expect(out.join()).toContain('plan-type-differs')
    const together = await call({}, 'import', 'plans', changzhi, ...joint, '--dry-run', '--json')
    expect(together.out.join()).not.toContain('plan-type-differs')
  })

  it('reads a file alone for whatever unit is named, not for none, and nothing else without its id', async () => {
    const named = (...more: readonly string[]) => call({}, 'import', 'plans', changzhi, '--year', '2024', '--joint', ...more)
    expect((await named('--unit', '市场监督管理局', '--dry-run')).exitCode).toBe(3)
    expect((await named('--unit', ' ', '--dry-run')).exitCode).toBe(2)
    expect((await named('--dry-run')).exitCode).toBe(2)
    const written = await named('--unit', '市场监督管理局')
    expect(written.exitCode).toBe(2)
    expect(written.err.join()).toContain('--unit 市场监督管理局: 应为单位编码')
  })

  it('PLN-13 gives programs what was read beside the text it was read from', async () => {
    const { out } = await call({}, 'import', 'plans', changzhi, ...joint, '--dry-run', '--json')
    const records = out.map((line) => JSON.parse(line) as Record<string, unknown>)
    const [first] = records
    expect(first).toMatchObject({ kind: 'line', lineNo: 1, known: { timesPerYear: 2 }, cells: { shareAndTimes: { raw: '3%;2次/年' } } })
    expect(records.filter(({ kind }) => kind === 'question').map(({ id }) => id)).toEqual([
      'line-1/tiers',
      'line-1/basis',
      'lines-2,3/ratio',
    ])
  })

  it('PLN-13 ends with 0 where nothing is open', async () => {
    const header = '序号,任务名称,抽查事项,抽查对象,抽查比例,抽查频次,抽查时间,发起部门,配合部门,抽查方式'
    const file = join(folder, 'plan.csv')
    writeFileSync(file, `${header}\n1,某任务,某事项,某类企业,5%,1次/年,3月-6月,市甲局,市乙局,现场检查\n`)
    const { exitCode, out } = await call({}, 'import', 'plans', file, '--year', '2024', '--unit', 'u', '--dry-run')
    expect({ exitCode, last: out.at(-1) }).toEqual({
      exitCode: 0,
      last: '1 条，0 个问题，0 行未列入 / 1 lines, 0 questions, 0 rows left out',
    })
  })

  it('PLN-13 shows batches and who checks what as the remarks say them, and asks about a delegation', async () => {
    const file = join(folder, 'plan.csv')
    const header = '序号,任务名称,抽查事项,抽查对象,抽查比例,抽查频次,抽查时间,发起部门,配合部门,备注'
    const remarks =
      '分工：市甲局检查某事项，市乙局检查某事项；市甲局委托县甲局检查；分2批：2024-03-01至2024-03-31（占1/3），2024-06-01至2024-06-30（占2/3）；第1批对象（类型：企业；地区：230302）'
    writeFileSync(file, `${header}\n1,某任务,某事项,某类企业,5%,2次/年,3月-6月,市甲局,市乙局,${remarks}\n`)
    const { exitCode, out } = await call({}, 'import', 'plans', file, '--year', '2024', '--unit', 'u', '--dry-run')
    expect(exitCode).toBe(3)
    expect(out.filter((line) => /batches|who checks what/.test(line)).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['分批 / batches', '2024-03-01—2024-03-31 1/3（类型：企业；地区：230302）、2024-06-01—2024-06-30 2/3'],
      ['分工 / who checks what', '市甲局 某事项；市乙局 某事项'],
    ])
    expect(out.filter((line) => line.startsWith('? ')).join()).toContain('“市甲局委托县甲局检查”')
  })

  it('PLN-13 reads a workbook by the sheet that is named, and names the sheets where none is', async () => {
    const workbook = fileURLToPath(new URL('../../../../libs/tables/tests-data/xlsx/plan.xlsx', import.meta.url))
    const named = await call({}, 'import', 'plans', workbook, ...words, '--sheet', '市直', '--dry-run')
    expect(named.exitCode).toBe(3)
    expect(named.out).toContain('   抽查事项 / items         事项一、事项二')
    expect(named.out.filter((line) => line.startsWith('? ')).join()).toContain('表中隐藏了第 7 行')
    const unnamed = await call({}, 'import', 'plans', workbook, ...words, '--dry-run')
    expect(unnamed.exitCode).toBe(1)
    expect(unnamed.err.join()).toContain('“市直”“区县”')
  })

  it('says of a file why it is no plan table, and of words what is wrong with them', async () => {
    const none = await call({}, 'import', 'plans', fileURLToPath(import.meta.url), ...words, '--dry-run')
    expect(none.exitCode).toBe(1)
    expect(none.err.join()).toContain('不是可读的计划表')
    const gone = await call({}, 'import', 'plans', '/none.csv', ...words, '--dry-run')
    expect(gone.err.join()).toContain('/none.csv: 读不到（ENOENT）')
    const wrong = await call({}, 'import', 'plans', '--year', '24', '--dry-run')
    expect(wrong.exitCode).toBe(2)
    expect(wrong.err.join()).toMatch(/FILE: 缺少.*--year 24: 应为四位年份.*--unit: 应为单位编码/s)
  })
})

describe('import plans', () => {
  const heard: { readonly url: string; readonly token: string; readonly body: string }[] = []
  let server: Server
  let env: NodeJS.ProcessEnv
  let status: number
  const told = { lineNo: 1, taskNo: '1', taskName: '甲', itemCodes: ['L001'], ratios: [{ stratum: 'ALL', ratio: '3%' }], times: 2 }
  const planImport = {
    importId: 'i',
    planId: 'p',
    state: 'OPEN',
    openQuestions: 1,
    lines: [told as object],
    questions: [
      { questionId: 'line-1/window', line: 3, column: '时间', cell: '春季', message: '什么时间检查？', state: 'OPEN', options: [] },
      { questionId: 'line-1/times', line: 3, column: '频次', cell: '', message: '几次？', state: 'ANSWERED', options: [] },
    ],
    notes: [],
    problems: [],
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const piece of request) body += String(piece)
    heard.push({ url: request.url ?? '', token: request.headers.authorization ?? '', body })
    const good = request.url === '/v1/plans' ? { planId: 'p' } : planImport
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(status >= 400 ? { code: 'forbidden', detail: '不是本单位的计划' } : good))
  }

  beforeEach(async () => {
    status = 201
    planImport.lines[0] = told
    server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    env = { DR_PLANNING_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, DR_TOKEN: 't' }
  })
  afterEach(async () => {
    heard.length = 0
    await new Promise((resolve) => server.close(resolve))
  })

  it('PLN-13 drafts the plan of the unit, hands planning the table as it is, and prints what planning asks', async () => {
    const { exitCode, out, err } = await call(env, 'import', 'plans', changzhi, ...words, '--joint')
    expect({ exitCode, err }).toEqual({ exitCode: 3, err: [] })
    expect(heard.map(({ url, token }) => [url, token])).toEqual([
      ['/v1/plans', 'Bearer t'],
      ['/v1/plans/p/imports?fileName=changzhi-2024-joint.csv&publisherUnitId=140400-scj', 'Bearer t'],
    ])
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ year: 2024, planType: 'JOINT', unitId: '140400-scj' })
    expect(heard[1]?.body).toContain('涉烟经营活动检查')
    expect(out.slice(0, 4)).toEqual([
      '1. 甲',
      '   抽查事项 / items         L001',
      '   比例 / ratio             3%',
      '   每年次数 / times a year  2',
    ])
    expect(out.filter((line) => line.startsWith('? '))).toEqual(['? line-1/window 第 3 行 / row 3 时间“春季”: 什么时间检查？'])
  })

  it('PLN-13 PLN-25 shows what each batch of planning’s line draws from, and nothing of one that says nothing', async () => {
    const scope = { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: ['连锁'], regionCodes: ['230302'] }
    const [first, second] = [
      { start: '2024-03-01', end: '2024-03-31' },
      { start: '2024-06-01', end: '2024-06-30' },
    ]
    planImport.lines[0] = { ...told, batches: [{ window: first, scope, share: { numerator: 1, denominator: 1 } }, { window: second }] }
    const { out } = await call(env, 'import', 'plans', changzhi, ...words, '--joint')
    expect(out.filter((line) => line.includes('batches')).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['分批 / batches', '2024-03-01—2024-03-31 1/1（类型：ENTERPRISE；行业代码：F52；标签：连锁；地区：230302）、2024-06-01—2024-06-30'],
    ])
  })

  it('PLN-13 hands planning a workbook as it is, with the sheet that was named', async () => {
    const workbook = fileURLToPath(new URL('../../../../libs/tables/tests-data/xlsx/plan.xlsx', import.meta.url))
    await call(env, 'import', 'plans', workbook, ...words, '--sheet', '市直')
    expect(heard[1]?.url).toBe(`/v1/plans/p/imports?fileName=plan.xlsx&publisherUnitId=140400-scj&sheet=${encodeURIComponent('市直')}`)
    expect(heard[1]?.body.startsWith('PK')).toBe(true)
  })

  it('says what planning refuses, and which variable is missing', async () => {
    status = 403
    expect((await call(env, 'import', 'plans', changzhi, ...words)).err.join()).toContain('计划服务拒绝：403 不是本单位的计划 (forbidden)')
    const unset = await call({}, 'import', 'plans', changzhi, ...words)
    expect(unset.exitCode).toBe(2)
    expect(unset.err.join()).toContain('DR_PLANNING_URL')
  })
})
