import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'

const planId = 'plan-230300-2026-INTERNAL-230300-scj'
const dayMs = 24 * 3_600_000
const lineOf = (itemCode: string) => ({
  taskName: `检查${itemCode}`,
  itemCodes: [itemCode],
  ratios,
  window: { start: '2026-04-01', end: '2026-06-30' },
})

let harness: Harness

/** Published on 10 January with L01 and L02; adjusted on 9 April, published on 19 April without L02 and with L03. */
beforeAll(async () => {
  harness = await planningHarness()
  const planner = await harness.planner()
  const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
  const step = async (name: string, body: object = {}) =>
    expect((await planner.post(`/v1/plans/${planId}/${name}`, body)).status).toBeLessThan(300)
  const accept = async () => expect((await (await harness.reviewer()).post(`/v1/plans/${planId}/accept`, {})).status).toBe(200)
  await planner.post('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
  await step('lines', { lines: [lineOf('G1'), lineOf('G2')] })
  await step('file')
  await accept()
  await step('publish')
  harness.clock.advance(89 * dayMs)
  await step('adjustments', { reason: '人手不足', add: [lineOf('G1')], cancel: ['L02'] })
  harness.clock.advance(10 * dayMs)
  await step('file')
  await accept()
  await step('publish')
  harness.clock.advance(10 * dayMs)
})
afterAll(() => harness.dispose())

const ask = async <T = Record<string, unknown>>(path: string, role = 'AUDITOR') =>
  (await (await harness.as('auditor', '230300-scj', '230300', role)).get<T>(`/v1/plans/${planId}${path}`)).body

describe('a plan as of a day', () => {
  it('ACC-02 is reconstructed before, between and after its adjustments, at the version in force', async () => {
    expect(await ask('?asOf=2026-01-09')).toMatchObject({ code: 'not-found' })
    const [before, between, after] = [await ask('?asOf=2026-01-10'), await ask('?asOf=2026-04-09'), await ask('?asOf=2026-04-19')]
    expect(before).toMatchObject({ asOf: '2026-01-10', state: 'PUBLISHED', version: 1, lines: [{ lineId: 'L01' }, { lineId: 'L02' }] })
    expect(between).toMatchObject({ state: 'ADJUSTING', version: 1, versions: [{ state: 'PUBLISHED' }, { state: 'DRAFT' }] })
    expect(between['lines']).toEqual(before['lines'])
    expect(after).toMatchObject({ state: 'ADJUSTED', version: 2, lines: [{ lineId: 'L01' }, { lineId: 'L03' }] })
    expect(await ask('?asOf=2026-04-18')).toEqual({ ...between, asOf: '2026-04-18' })
    expect(await ask('?asOf=2026-04-29')).toEqual({ ...after, asOf: '2026-04-29' })
  })

  it('ACC-02 PLN-28 tells a version as published until another was, as superseded by it from then on, and its lines for ever', async () => {
    const [eve, day] = [await ask('?asOf=2026-04-18'), await ask('?asOf=2026-04-19')]
    expect(eve['versions']).toEqual([
      { version: 1, state: 'PUBLISHED' },
      { version: 2, state: 'DRAFT' },
    ])
    expect(day['versions']).toEqual([
      { version: 1, state: 'SUPERSEDED' },
      { version: 2, state: 'PUBLISHED' },
    ])
    const at = expect.stringMatching(/^2026-04-19T/)
    const first = await ask('/versions/1')
    expect(first).toMatchObject({ version: 1, publishedVersion: 2, state: 'SUPERSEDED', superseded: { version: 2, at, by: 'planner' } })
    expect(first['lines']).toEqual(eve['lines'])
    expect(first['published']).toEqual(eve['published'])
    expect(await ask('')).not.toHaveProperty('superseded')
  })

  it('PLN-28 PLN-11 leaves public what was published: the superseded version, its cancelled line by its digest, and its table', async () => {
    const { lines } = await ask<{ lines: readonly { lineId: string; lineDigest: string }[] }>('/versions/1')
    const anyone = harness.anonymous()
    const open = `/v1/public/plans/${planId}`
    const { body } = await anyone.get<Record<string, unknown>>(`${open}?version=1`)
    expect(body).toMatchObject({ version: 1, publishedVersion: 2, lines: [{ lineId: 'L01' }, { lineId: 'L02' }] })
    expect(body['superseded']).toEqual({ version: 2, at: expect.stringMatching(/^2026-04-19T/) })
    expect((await anyone.get(open)).body).toMatchObject({ version: 2, lines: [{ lineId: 'L01' }, { lineId: 'L03' }] })
    const cancelled = await fetch(new URL(`${open}/lines/L02?version=1`, harness.baseUrl()))
    const digest = createHash('sha256').update(await cancelled.text())
    expect(digest.digest('hex')).toBe(lines.find(({ lineId }) => lineId === 'L02')?.lineDigest)
    expect((await anyone.get<string>(`${open}/export?format=html&version=1`)).body).toContain('第 1 版（已被新版取代）')
    for (const path of ['?version=3', '/lines/L02', '/lines/L02?version=2', '/export?version=3']) {
      expect((await anyone.get(`${open}${path}`)).status, path).toBe(404)
    }
  })

  it('ACC-02 tells version, window and due dates that held for a line', async () => {
    const filing = { planDue: { date: '2026-03-31' } }
    expect(await ask('/lines/L01?asOf=2026-03-31')).toMatchObject({
      ...filing,
      status: 'IN_FORCE',
      version: 1,
      line: { lineId: 'L01', taskName: '检查G1' },
      batches: [{ number: 1, window: { start: '2026-04-01', end: '2026-06-30' }, deadline: '2026-06-30', phase: 'BEFORE' }],
    })
    expect(await ask('/lines/L01?asOf=2026-04-01')).toMatchObject({ batches: [{ phase: 'OPEN' }] })
    expect(await ask('/lines/L02?asOf=2026-04-18')).toMatchObject({ status: 'IN_FORCE', version: 1 })
    expect(await ask('/lines/L02?asOf=2026-04-19')).toMatchObject({ status: 'CANCELLED', version: 2, reason: '人手不足' })
    expect(await ask('/lines/L03?asOf=2026-04-18')).toMatchObject({ status: 'NOT_PUBLISHED', planState: 'ADJUSTING' })
    expect(await ask('/lines/L03')).toMatchObject({ asOf: '2026-04-29', status: 'IN_FORCE', version: 2 })
  })

  it('ACC-02 refuses a day that has not come, a line that never was, and who may not read plans', async () => {
    expect(await ask('?asOf=2026-04-30')).toMatchObject({ errors: [{ pointer: '/asOf', code: 'day-not-come' }] })
    expect(await ask('?asOf=yesterday')).toMatchObject({ status: 400 })
    expect(await ask('/lines/L09')).toMatchObject({ code: 'line-not-in-plan' })
    expect(await ask('/lines/L01', 'INSPECTOR')).toMatchObject({ status: 403 })
  })
})
