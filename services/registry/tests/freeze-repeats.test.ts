import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FreezeRosterRequest } from '@dual-random/contracts/registry'
import type { Snapshot } from '@dual-random/draw'
import { movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const earlierId = 'a1'.repeat(32)
const reason = { reason: '必要时复查' }
const law = { citation: { kind: 'LAW', text: '《食品安全法》第一百零九条' } }

const request: FreezeRosterRequest = {
  drawId: earlierId,
  regionCode: '230300',
  planId: 'plan-230300-2026-INTERNAL-230300-scj',
  lineId: 'L01',
  batch: 1,
  attempt: 1,
  asOf: '2026-03-02T02:00:00.000Z',
  itemCodes: ['SP-01'],
  byGrade: true,
  earlierDraws: [],
  matchingUnitIds: ['230300-scj'],
  checkUntil: '2026-03-31',
}

/** How drawing says that the tasks of the earlier draw are numbered; the second unit is the initiator. */
const tasks: NonNullable<FreezeRosterRequest['earlierDraws'][number]['tasks']> = {
  positions: [1, 2, 3, 4],
  year: 2026,
  planType: 'PLAN_TYPE_INTERNAL',
  planUnitId: '230300-scj',
  lineId: 'L01',
  batch: 1,
  units: [{ position: 2, itemCodes: ['SP-01'] }],
}

const singleChecks = 'local/single-checks'

/** The shipped presets, and beside them that of the four cities with a bar that does not span joint checks. */
function presetsDir(): string {
  const shipped = new URL('../../../deploy/presets', import.meta.url).pathname
  const folder = mkdtempSync(join(tmpdir(), 'presets-'))
  cpSync(shipped, folder, { recursive: true })
  const text = readFileSync(join(shipped, 'local/four-coal-cities.yaml'), 'utf8')
  const changed = text.replace('local/four-coal-cities', singleChecks).replace('acrossJointChecks: true', 'acrossJointChecks: false')
  writeFileSync(join(folder, `${singleChecks}.yaml`), changed)
  return folder
}

let registry: Harness
let presets = ''
let count = 0
/** Of one object of each of A, B, D and no grade. */
let labels: readonly string[] = []

async function freeze(changes: Partial<FreezeRosterRequest>): Promise<Snapshot> {
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const { snapshotJson } = await client.unary('freezeRoster', { ...request, ...changes }, context())
  return (JSON.parse(snapshotJson) as { readonly snapshot: Snapshot }).snapshot
}

type Earlier = Partial<FreezeRosterRequest['earlierDraws'][number]>

interface Refrozen {
  /** Strata of which the object that was drawn before may be drawn again. */
  readonly again: readonly string[]
  readonly evidence: Readonly<Record<'exclusions' | 'repeats', readonly string[]>>
}

/** Freezes once more after the earlier draw. */
async function refreeze(changes: Partial<FreezeRosterRequest> = {}, earlier: Earlier = {}): Promise<Refrozen> {
  count += 1
  const drawId = `${count}`.padStart(2, '0').repeat(32)
  const { strata } = await freeze({ ...changes, drawId, earlierDraws: [{ drawId: earlierId, labels: [...labels], ...earlier }] })
  const grounds = async (file: string) =>
    (await registry.text(`/v1/draws/${drawId}/files/${file}`, ['AUDITOR']))
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { readonly ground: string; readonly evidence: string })
      .map(({ ground, evidence }) => `${ground} ${evidence.split(' ').slice(2).join(' ')}`)
      .sort()
  return {
    again: strata.filter(({ mapped, eligible }) => mapped === eligible).map(({ stratum }) => stratum),
    evidence: { exclusions: await grounds('exclusions'), repeats: await grounds('repeats') },
  }
}

/** 1 and 2 have grade A, 3 and 4 B, 5 and 6 D, 7 and 8 none; the odd ones were drawn before. */
beforeAll(async () => {
  presets = presetsDir()
  registry = await startRegistry({ clock: clock.now, env: { DR_PRESETS_DIR: presets } })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  for (const [regionCode, preset] of [
    ['230000', 'heilongjiang'],
    ['230300', 'local/four-coal-cities'],
  ])
    await admin.post('/v1/policy-bindings', { regionCode, preset, from: '2026-01-01' })
  const clerk = await registry.as(['REGISTRY_CLERK'])
  const list = '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
  await clerk.upload(list, itemsCsv, 'text/csv')
  await clerk.upload('/v1/objects/import', objectsCsv([1, 2, 3, 4, 5, 6, 7, 8].map((serial) => objectRow(serial))), 'text/csv')
  await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')
  const credit = await registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
  const grades = ['A', 'A', 'B', 'B', 'D', 'D'].map((grade, index) => `${creditCode(index + 1)},${grade}`)
  await credit.upload('/v1/credit-results/import?asOf=2026-01-31', ['统一社会信用代码,等级', ...grades, ''].join('\n'), 'text/csv')
  clock.advance(7_300_000)
  await freeze({})
  labels = await labelsIn(earlierId, 1, 3, 5, 7)
})
afterAll(async () => {
  await registry.dispose()
  rmSync(presets, { recursive: true })
})

async function labelsIn(drawId: string, ...serials: readonly number[]): Promise<readonly string[]> {
  const { client, context } = await registry.serviceGrpc('drawing')
  const all = []
  for await (const { entries } of client.stream('streamRoster', { drawId, includeExcluded: true, firstEntry: 0 }, context()))
    all.push(...entries)
  const objectLabels = all.map(({ label }) => label)
  const found = new Map<string, string>()
  for await (const { objects } of client.stream('streamOpenings', { drawId, objectLabels, inspectorLabels: [] }, context()))
    for (const { objectCode, label } of objects) found.set(objectCode, label)
  return serials.map((serial) => found.get(creditCode(serial)) ?? '')
}

describe('who may be drawn again in a year', () => {
  it('CRD-07 CRD-09 Appendix F 20: without a ground grade D alone; the private file says what each other would have needed', async () => {
    const { again, evidence } = await refreeze()
    expect(again).toEqual(['D'])
    expect(evidence.exclusions).toEqual(['REPEAT_BAR - BARRED', 'REPEAT_BAR - NEEDS_REASON', 'REPEAT_BAR - NEEDS_REASON'])
    expect(evidence.repeats).toEqual(['GRADE -'])
  })

  it('CRD-07 Appendix F 20: on a recorded reason grade B, and who has no grade; grade A stays out on a general item', async () => {
    const { again, evidence } = await refreeze({ repeatGround: reason })
    expect(again).toEqual(['B', 'D', 'UNGRADED'])
    expect(evidence.exclusions).toEqual(['REPEAT_BAR - BARRED'])
    expect(evidence.repeats).toEqual(['GRADE -', 'REASON - 必要时复查', 'REASON - 必要时复查'])
  })

  it('CRD-07 Appendix F 20: grade A on a key item with a recorded reason, and not without', async () => {
    const without = await refreeze({ itemCodes: ['TZ-01'] })
    expect(without.again).toEqual(['B', 'D', 'UNGRADED'])
    expect(without.evidence.exclusions).toEqual(['REPEAT_BAR - NEEDS_REASON'])
    const { again, evidence } = await refreeze({ itemCodes: ['TZ-01'], repeatGround: reason })
    expect(again).toEqual(['A', 'B', 'D', 'UNGRADED'])
    expect(evidence.repeats).toContain('KEY_ITEM - 必要时复查')
  })

  it('CRD-09 Appendix F 20: grade A on a general item where a law is cited, and the citation is on record', async () => {
    const { again, evidence } = await refreeze({ repeatGround: law })
    expect(again).toEqual(['A', 'D'])
    expect(evidence.repeats).toEqual(['CITATION - LAW 《食品安全法》第一百零九条', 'GRADE -'])
    const notice = { citation: { kind: 'NOTICE', text: '省局通知' } }
    await expect(refreeze({ repeatGround: notice })).rejects.toMatchObject({
      kind: 'invalid',
      violations: [{ pointer: '/repeatGround/citation/kind' }],
    })
    for (const [empty, pointer] of [
      [{}, '/repeatGround'],
      [{ reason: ' ' }, '/repeatGround/reason'],
      [{ citation: { kind: 'LAW', text: '' } }, '/repeatGround/citation/text'],
    ] as const)
      await expect(refreeze({ repeatGround: empty })).rejects.toMatchObject({ kind: 'invalid', violations: [{ pointer }] })
  })

  it('CRD-09 counts a joint check, and what was drawn before one, where policy spans them', async () => {
    const joint = { joint: true }
    expect((await refreeze({}, joint)).again).toEqual(['D'])
    expect((await refreeze(joint)).again).toEqual(['D'])
  })

  it('DRW-20 shows the number of the earlier task as the ground', async () => {
    const { evidence } = await refreeze({}, { tasks })
    expect(evidence.exclusions).toEqual([
      'REPEAT_BAR 2303002026-N-scj-L01B1-00001-02 BARRED',
      'REPEAT_BAR 2303002026-N-scj-L01B1-00002-02 NEEDS_REASON',
      'REPEAT_BAR 2303002026-N-scj-L01B1-00004-02 NEEDS_REASON',
    ])
    expect(evidence.repeats).toEqual(['GRADE 2303002026-N-scj-L01B1-00003-02'])
  })

  it('DRW-20 refuses a numbering that leaves something to be guessed', async () => {
    const { lineId: _line, ...nothing } = tasks
    const wrong: readonly (readonly [typeof tasks, string])[] = [
      [{ ...tasks, positions: [1, 2, 3] }, 'positions'],
      [{ ...tasks, planType: 'PLAN_TYPE_UNSPECIFIED' }, 'planType'],
      [{ ...tasks, planUnitId: '' }, 'planUnitId'],
      [{ ...tasks, clueTaskId: 'clue-task-1' }, 'clueTaskId'],
      [nothing, 'lineId'],
    ]
    for (const [told, pointer] of wrong)
      await expect(refreeze({}, { tasks: told }), pointer).rejects.toMatchObject({
        kind: 'invalid',
        violations: [{ pointer: `/earlierDraws/tasks/${pointer}` }],
      })
  })

  it('DRW-20 the same freeze asked for again is the same, however its earlier tasks are told', async () => {
    const drawId = 'ff'.repeat(32)
    const earlier = { drawId: earlierId, labels: [...labels] }
    const first = await freeze({ drawId, earlierDraws: [earlier] })
    expect(await freeze({ drawId, earlierDraws: [{ ...earlier, joint: false, tasks }] })).toEqual(first)
    await expect(freeze({ drawId, earlierDraws: [earlier], repeatGround: reason })).rejects.toMatchObject({
      code: 'draw-frozen-differently',
    })
  })
})

describe('repeats across levels', () => {
  it('CRD-09 DRW-20 XRG-08 what a county drew is barred from its city’s draw, under the number of the county’s task', async () => {
    const drawId = 'cc'.repeat(32)
    await freeze({ drawId, regionCode: '230302' })
    const below = await labelsIn(drawId, 1, 3, 5, 7)
    const units = [{ position: 1, itemCodes: ['SP-01'] }]
    const { again, evidence } = await refreeze({}, { drawId, labels: [...below], tasks: { ...tasks, planUnitId: '230302-scj', units } })
    expect(again).toEqual(['D'])
    expect(evidence.exclusions[0]).toBe('REPEAT_BAR 2303022026-N-scj-L01B1-00001-01 BARRED')
  })
})

describe('repeats across joint checks', () => {
  it('CRD-09 Appendix F 20: a joint check counts neither before nor after where policy does not span them', async () => {
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
    const bound = { regionCode: '230300', preset: singleChecks, from: '2026-03-03' }
    expect(await admin.post('/v1/policy-bindings', bound)).toMatchObject({ status: 200 })
    clock.advance(86_400_000)
    const next = { asOf: '2026-03-03T02:00:00.000Z' }
    expect((await refreeze(next)).again).toEqual(['D'])
    expect((await refreeze(next, { joint: true })).again).toEqual(['A', 'B', 'D', 'UNGRADED'])
    const after = await refreeze({ ...next, joint: true })
    expect(after.again).toEqual(['A', 'B', 'D', 'UNGRADED'])
    expect([after.evidence.exclusions, after.evidence.repeats]).toEqual([[], []])
  })
})
