import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { creditCodes, type Deployment, startDeployment } from './support/deployment.ts'
import { regionCode } from './support/harness.ts'
import { playDraw } from './support/played-draw.ts'
import { lineOf } from './support/steps.ts'

const items = ['SP-01'] as unknown as typeof publishedLine.itemCodes
/** Everybody of grade A, again where need be. */
const wholeLine = (lineId: string, date: string): PublishedLine =>
  lineOf(lineId, {
    itemCodes: items,
    itemClass: 'KEY',
    repeatGround: { reason: '必要时再次检查' },
    quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 1 } }] },
    units: publishedLine.units.map((unit) => ({ ...unit, itemCodes: items })),
    batches: publishedLine.batches.slice(0, 1).map((batch) => ({
      ...batch,
      share: { numerator: 1, denominator: 1 },
      freezeAt: `${date}T01:00:00.000Z` as Instant,
      commitAt: `${date}T01:10:00.000Z` as Instant,
    })),
  })
const lastDay = wholeLine('R1', '2026-03-02')
const dayAfter = wholeLine('R2', '2026-03-03')

interface Task {
  readonly taskId: string
  readonly drawId?: string
  readonly supervisionMode: string
  readonly status: string
  readonly object: { readonly code: string }
  readonly onSite?: readonly object[]
}

/** The enterprises of the pool: the first is in the sandbox until 2 March 2026, the second on the white list. */
const [inSandbox = '', listed = '', ...others] = creditCodes

describe('special regimes over registry, drawing and inspection', () => {
  let deployment: Deployment
  let presetsDir: string
  const ids = new Map<string, string>()
  let inspectors: readonly { readonly inspectorId: string; readonly subject: string }[] = []

  beforeAll(async () => {
    presetsDir = await mkdtemp(join(tmpdir(), 'presets-'))
    await cp(new URL('../../../deploy/presets/', import.meta.url), presetsDir, { recursive: true })
    // The pilot city is data: here it is the city of the deployment.
    const file = join(presetsDir, 'heilongjiang.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace("regionCodes: ['230200']", `regionCodes: ['${regionCode}']`))
    deployment = await startDeployment({ presetsDir })
    await deployment.start('inspection')
    deployment.planning.publish(lastDay, dayAfter)
    const clerk = await deployment.as('registry', ['REGISTRY_CLERK'])
    const pool = await clerk.get<{ readonly items: readonly { readonly objectId: string; readonly objectCode: string }[] }>('/v1/objects')
    for (const { objectId, objectCode } of pool.body.items) ids.set(objectCode, objectId)
    inspectors = (await clerk.get<{ readonly items: typeof inspectors }>('/v1/inspectors')).body.items
    const enter = (code: string, body: object) => clerk.post(`/v1/objects/${ids.get(code) ?? ''}/regimes`, body)
    const sandbox = { kind: 'SANDBOX', on: '2025-03-02', reason: '四新企业试点', innovations: ['NEW_MODEL'], fields: [] }
    expect(await enter(inSandbox, sandbox)).toMatchObject({ status: 201, body: { lastDay: '2026-03-02' } })
    expect(await enter(listed, { kind: 'WHITE_LIST', reason: '广告产业信用同盟成员' })).toMatchObject({ status: 201 })
  })
  afterAll(async () => {
    await deployment?.dispose()
    await rm(presetsDir, { recursive: true, force: true })
  })

  async function draw(line: PublishedLine): Promise<DrawBody> {
    await deployment.moveTo(line.batches[0]?.commitAt.replace(':00.000Z', ':30.000Z') ?? '')
    return playDraw(deployment, line)
  }

  /** The codes of the objects that a draw made tasks of. */
  const drawnBy = async (drawId: string, count: number): Promise<readonly string[]> =>
    eventually(
      async () => {
        const { body } = await (await deployment.as('inspection', ['DISPATCHER'])).get<{ readonly items: readonly Task[] }>(
          `/v1/tasks?drawId=${drawId}&limit=100`,
        )
        if (body.items.length < count) throw new Error(`${body.items.length} tasks`)
        return body.items.map(({ object }) => object.code).sort()
      },
      { timeoutMs: 60_000 },
    )

  const open = async (code: string, opening: object) =>
    (await deployment.as('inspection', ['DISPATCHER'])).post<Task & { code: string }>('/v1/tasks', {
      taskName: '投诉核查',
      objectId: ids.get(code) ?? '',
      window: { start: '2026-03-02', end: '2026-03-20' },
      itemCodes: ['SP-01'],
      inspectorIds: inspectors.slice(0, 2).map(({ inspectorId }) => inspectorId),
      leaderId: inspectors[0]?.inspectorId ?? '',
      opening,
    })

  const enterOnSite = async (taskId: string, changes: object = {}) =>
    (await deployment.as('inspection', ['INSPECTOR'], { subject: inspectors[0]?.subject ?? '' })).post<{ code: string; errors?: object[] }>(
      `/v1/tasks/${taskId}/results`,
      {
        itemCode: 'SP-01',
        resultType: 'NO_PROBLEM',
        methods: ['ON_SITE'],
        recordForm: { form: 'SCJG-JC-01/2024', entries: [{ point: '经营过程', finding: '符合要求' }] },
        ...changes,
      },
    )

  it('TGT-18 TGT-20 DRW-22 Appendix F 14: a random draw of everybody skips a sandbox enterprise, and white-list members have their own ratio', async () => {
    const { drawId, strata } = await draw(lastDay)
    expect(strata).toMatchObject([
      { stratum: 'A', mapped: 11, eligible: 10, drawn: 10 },
      { stratum: 'WHITE_LIST_A', mapped: 1, eligible: 1, drawn: 0 },
    ])
    expect(await drawnBy(drawId, 10)).toEqual([...others].sort())
    const verdict = await verifyPublicFiles(deployment.url('drawing'), drawId, regionCode)
    expect(verdict.output).not.toContain('MISMATCH')
  })

  it('TGT-07 TGT-18 TGT-22 Appendix F 14: a complaint opens a check of it, and what is found there is followed up', async () => {
    const opened = await open(inSandbox, { ground: 'CLUE', source: 'COMPLAINT', reference: '12315-1', clueIds: ['clue-1'] })
    expect(opened).toMatchObject({ status: 201, body: { supervisionMode: 'TARGETED', status: 'OPEN', object: { code: inSandbox } } })
    expect(opened.body.drawId).toBeUndefined()
    const found = { resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-03-20' }
    expect(await enterOnSite(opened.body.taskId, found)).toMatchObject({
      status: 201,
      body: { opensFollowUp: true, taskStatus: 'COMPLETED' },
    })
  })

  it('TGT-21 Appendix F 15: an on-site check of a white-list member without a ground asks for an override with a reason; with a complaint it passes', async () => {
    const key = await open(listed, { ground: 'KEY_LIST_MATTER', matter: '食品安全重点监管' })
    expect(key).toMatchObject({ status: 201, body: { supervisionMode: 'KEY_SUPERVISION' } })
    expect(await enterOnSite(key.body.taskId)).toMatchObject({ status: 400, body: { errors: [{ code: 'on-site-reason-missing' }] } })
    const dispatcher = await deployment.as('inspection', ['DISPATCHER'])
    const allow = (body: object) => dispatcher.post<{ code: string }>(`/v1/tasks/${key.body.taskId}/on-site`, body)
    expect(await allow({})).toMatchObject({ status: 409, body: { code: 'on-site-ground-missing' } })
    expect(await allow({ override: { reason: '重点领域全覆盖', legalBasis: '《食品安全法》第一百一十条' } })).toMatchObject({ status: 200 })
    expect(await enterOnSite(key.body.taskId)).toMatchObject({ status: 201 })
    const complaint = await open(listed, { ground: 'CLUE', source: 'COMPLAINT', reference: '12315-2', clueIds: [] })
    expect(complaint.body.onSite).toMatchObject([{ ground: 'COMPLAINT', source: '12315-2' }])
    expect(await enterOnSite(complaint.body.taskId)).toMatchObject({ status: 201 })
  })

  it('TGT-12 the checks without a draw are reported as a share of all', async () => {
    const dispatcher = await deployment.as('inspection', ['DISPATCHER'])
    expect((await dispatcher.get('/v1/checks/by-mode?year=2026')).body).toEqual({
      checks: 13,
      drawn: 10,
      opened: 3,
      byGround: [
        { ground: 'CLUE', supervisionMode: 'TARGETED', checks: 2 },
        { ground: 'KEY_LIST_MATTER', supervisionMode: 'KEY_SUPERVISION', checks: 1 },
      ],
    })
  })

  it('TGT-19 Appendix F 14: after one year it is drawable', async () => {
    const { drawId, strata } = await draw(dayAfter)
    expect(strata[0]).toMatchObject({ stratum: 'A', mapped: 11, eligible: 11, drawn: 11 })
    expect(await drawnBy(drawId, 11)).toContain(inSandbox)
  })
})
