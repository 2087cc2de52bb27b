import { events, objectKinds, redrawPurposes, resultTypes } from '@dual-random/contracts'
import type { FreezeRedrawRequest, FreezeRosterRequest } from '@dual-random/contracts/registry'
import { eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const minute = 60_000

let registry: Harness
const objectIds = new Map<number, string>()
/** By number of the certificate. */
const inspectorIds = new Map<string, string>()
const idsOf = (...certificates: readonly string[]): string[] => certificates.map((number) => inspectorIds.get(number) ?? '')

beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now })
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
  await clerk.upload('/v1/objects/import', objectsCsv([1, 2, 3].map((serial) => objectRow(serial))), 'text/csv')
  await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')
  const objects = await clerk.get<{ items: { objectId: string; objectCode: string }[] }>('/v1/objects')
  for (const serial of [1, 2, 3])
    objectIds.set(serial, objects.body.items.find(({ objectCode }) => objectCode === creditCode(serial))?.objectId ?? '')
  const pool = await clerk.get<{ items: { inspectorId: string; certificateNumber: string }[] }>('/v1/inspectors')
  for (const { certificateNumber, inspectorId } of pool.body.items) inspectorIds.set(certificateNumber, inspectorId)
  const training = { audience: 'OWN_LEVEL', title: '业务培训', heldOn: '2026-03-01', inspectorIds: [...inspectorIds.values()] }
  expect(await clerk.post('/v1/trainings', training)).toMatchObject({ status: 201 })
})
afterAll(() => registry?.dispose())

const requestOf = (drawId: string): FreezeRosterRequest => ({
  drawId,
  regionCode: '230300',
  planId: 'plan-230300-2026-INTERNAL-230300-scj',
  lineId: 'L01',
  batch: 1,
  attempt: 1,
  asOf: clock.now(),
  itemCodes: ['SP-01'],
  byGrade: false,
  earlierDraws: [],
  matchingUnitIds: [bureau],
  checkUntil: '2026-03-31',
})

/** Freezes as of now, once the instant is settled. */
async function freeze(drawId: string): Promise<void> {
  const request = requestOf(drawId)
  clock.advance(minute)
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  await client.unary('freezeRoster', request, context())
}

async function labelsOf(drawId: string): Promise<string[]> {
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const labels = []
  for await (const { entries } of client.stream('streamRoster', { drawId, includeExcluded: true, firstEntry: 0 }, context()))
    labels.push(...entries.map(({ label }) => label))
  return labels
}

/** By object of a draw the label. */
async function labelOf(drawId: string, serial: number): Promise<string> {
  const { client, context } = await registry.serviceGrpc('drawing')
  const asked = { drawId, objectLabels: await labelsOf(drawId), inspectorLabels: [] }
  for await (const { objects } of client.stream('streamOpenings', asked, context())) {
    const found = objects.find(({ objectCode }) => objectCode === creditCode(serial))
    if (found !== undefined) return found.label
  }
  throw new Error(`no object ${serial} in ${drawId}`)
}

/** By object, 1 to 3, the certificates of those who are told to have checked it last, under the draw's labels. */
async function toldLast(drawId: string, family = drawId): Promise<readonly (readonly string[])[]> {
  const labels = await Promise.all([1, 2, 3].map((serial) => labelOf(family, serial)))
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const certificates = new Map([...inspectorIds].map(([number, id]) => [id, number]))
  const byLabel = new Map<string, string>()
  const toldOf = new Map<string, readonly string[]>()
  for await (const { objects, inspectors } of client.stream('streamMatchInputs', { drawId, labels, itemCodes: [] }, context())) {
    for (const { label, lastInspectorLabels } of objects) toldOf.set(label, lastInspectorLabels)
    for (const { label, inspectorId } of inspectors) byLabel.set(label, certificates.get(inspectorId) ?? '')
  }
  return labels.map((label) => {
    const told = toldOf.get(label) ?? []
    expect(told).toEqual([...told].sort())
    return told.map((one) => byLabel.get(one) ?? 'unknown').sort()
  })
}

interface Check {
  readonly taskId: string
  readonly serial: number
  readonly by: readonly string[]
  readonly checkedAt: string
  readonly item?: string
  readonly drawId?: string
  readonly unitId?: string
  readonly executingUnitId?: string
}

/** Inspection tells of a result, and registry has heard it. */
async function checked({ taskId, serial, by, checkedAt, item = 'SP-01', drawId = '', unitId = bureau, executingUnitId }: Check) {
  const resultId = `${taskId}-${item}`
  await registry.publish(events.inspection.resultRecorded, resultId, {
    resultId,
    taskId,
    visitId: 'v1',
    drawId,
    regionCode: '230300',
    unitId,
    executingUnitId,
    itemCode: item,
    itemName: '餐饮服务食品安全检查',
    resultType: resultTypes.toWire('NO_PROBLEM'),
    objectId: objectIds.get(serial) ?? '',
    objectCode: creditCode(serial),
    objectName: `示例企业${serial}`,
    objectKind: objectKinds.toWire('ENTERPRISE'),
    recordedAt: clock.now(),
    opensFollowUp: false,
    inspectorIds: idsOf(...by),
    checkedAt,
  })
  await eventually(async () => expect(await registry.applied(events.inspection.resultRecorded.topic, resultId)).toBe(1))
}

describe('who checked an object last', () => {
  const [before, after, later] = ['a1', 'a2', 'a3'].map((each) => each.repeat(32)) as [string, string, string]

  it('POL-01 is told to a draw by its labels, from what was checked with or without a draw, by the unit itself or for another', async () => {
    await freeze(before)
    expect(await toldLast(before)).toEqual([[], [], []])
    await checked({ taskId: 'opened', serial: 1, by: ['SL001', 'SL002'], checkedAt: '2026-03-02T01:00:30.000Z' })
    await checked({
      taskId: 'delegated',
      serial: 2,
      by: ['SL003'],
      checkedAt: '2026-03-02T01:00:30.000Z',
      unitId: '230300-xfj',
      executingUnitId: bureau,
    })
    await checked({ taskId: 'of-others', serial: 3, by: ['SL003'], checkedAt: '2026-03-02T01:00:30.000Z', unitId: '230300-xfj' })
    clock.advance(minute)
    await freeze(after)
    expect(await toldLast(after)).toEqual([['SL001', 'SL002'], ['SL003'], []])
  })

  it('POL-01 DRW-31 is told as of the snapshot, however often it is asked for and whatever was heard since', async () => {
    expect(await toldLast(before)).toEqual([[], [], []])
    // Entered now, but checked before the one that is known: it is not the last.
    await checked({ taskId: 'entered-late', serial: 1, by: ['SL003'], checkedAt: '2026-03-02T01:00:10.000Z' })
    // Two items of one task, by teams that differ; 赵四 has retired since.
    await checked({ taskId: 'drawn', serial: 2, by: ['SL001', 'SL004'], checkedAt: clock.now(), drawId: after })
    await checked({ taskId: 'drawn', serial: 2, by: ['SL001', 'SL002'], checkedAt: clock.now(), drawId: after, item: 'TZ-01' })
    clock.advance(minute)
    expect(await toldLast(after)).toEqual([['SL001', 'SL002'], ['SL003'], []])
    await freeze(later)
    expect(await toldLast(later)).toEqual([['SL001', 'SL002'], ['SL001', 'SL002'], []])
  })

  it('DRW-30 POL-01 leaves out of a redraw what its own draw has checked already: that is the check in hand', async () => {
    await checked({ taskId: 'in-hand', serial: 1, by: ['SL003'], checkedAt: clock.now(), drawId: later })
    clock.advance(minute)
    const redraw = (number: number): FreezeRedrawRequest => ({
      drawId: number.toString(16).padStart(64, '0'),
      regionCode: '230300',
      parentDrawId: later,
      purpose: redrawPurposes.toWire('REMATCH'),
      number,
      attempt: 1,
      asOf: clock.now(),
      labels: [],
      drawnLabels: [],
      earlierDraws: [],
      matchingUnitIds: [bureau],
      checkUntil: '2026-03-31',
    })
    const rematched = async (number: number): Promise<readonly (readonly string[])[]> => {
      const labels = [await labelOf(later, 1)]
      const request = { ...redraw(number), labels, drawnLabels: labels }
      clock.advance(minute)
      const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
      await client.unary('freezeRedraw', request, context())
      return toldLast(request.drawId, later)
    }
    expect((await rematched(1))[0]).toEqual(['SL001', 'SL002'])
    // What a redraw of the same draw made is in hand as well.
    await checked({ taskId: 'in-hand-too', serial: 1, by: ['SL003'], checkedAt: clock.now(), drawId: redraw(1).drawId })
    clock.advance(minute)
    expect((await rematched(2))[0]).toEqual(['SL001', 'SL002'])
    const fresh = 'a4'.repeat(32)
    await freeze(fresh)
    expect((await toldLast(fresh))[0]).toEqual(['SL003'])
  })
})
