import { events, redrawPurposes } from '@dual-random/contracts'
import type { FreezeRedrawRequest, FreezeRosterRequest } from '@dual-random/contracts/registry'
import { drawnDigest, keyDigest, labelOf, type ObjectOpening, opensTo, type Snapshot } from '@dual-random/draw'
import { fromHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const hash = { name: 'sha256', digest: sha256 } as const
const asOf = '2026-03-02T02:00:00.000Z'
const redrawAsOf = '2026-03-09T02:00:00.000Z'
const parentDrawId = 'a1'.repeat(32)

let registry: Harness
/** Labels of objects 1 to 8: 7 was deregistered before the parent's freeze, 6 after it. */
let labels: readonly string[] = []
const label = (number: number): string => labels[number - 1] ?? ''

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
  await clerk.upload(
    '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01',
    itemsCsv,
    'text/csv',
  )
  const rows = Array.from({ length: 8 }, (_, index) => objectRow(index + 1))
  await clerk.upload('/v1/objects/import', objectsCsv(rows), 'text/csv')
  await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')
  await clerk.upload('/v1/objects/import', objectsCsv([objectRow(7, { status: '注销' })]), 'text/csv')
  clock.advance(3_700_000)
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  await client.unary('freezeRoster', parentRequest, context())
  clock.advance(86_400_000)
  await clerk.upload('/v1/objects/import', objectsCsv([objectRow(6, { status: '注销' })]), 'text/csv')
  clock.advance(6 * 86_400_000)
  const roster = await rosterOf(parentDrawId)
  const opened = await openings(
    parentDrawId,
    roster.map((entry) => entry.label),
  )
  const byCode = new Map(opened.map(({ objectCode, label: found }) => [objectCode, found]))
  labels = Array.from({ length: 8 }, (_, index) => byCode.get(creditCode(index + 1)) ?? '')
})
afterAll(() => registry.dispose())

const parentRequest: FreezeRosterRequest = {
  drawId: parentDrawId,
  regionCode: '230300',
  planId: 'plan-230300-2026-INTERNAL-230300-scj',
  lineId: 'L01',
  batch: 1,
  attempt: 1,
  asOf,
  itemCodes: ['SP-01'],
  byGrade: false,
  repeatGround: { reason: '必要时复查' },
  earlierDraws: [],
  matchingUnitIds: ['230300-scj'],
  checkUntil: '2026-03-31',
}

let redraws = 0
const requestOf = (change: Partial<FreezeRedrawRequest>): FreezeRedrawRequest => ({
  drawId: (++redraws).toString(16).padStart(64, '0'),
  regionCode: '230300',
  parentDrawId,
  purpose: redrawPurposes.toWire('REPLACEMENT'),
  number: 1,
  attempt: 1,
  asOf: redrawAsOf,
  labels: [label(1)],
  drawnLabels: [label(1), label(2)],
  earlierDraws: [],
  matchingUnitIds: ['230300-scj'],
  checkUntil: '2026-03-31',
  ...change,
})

async function refreeze(change: Partial<FreezeRedrawRequest> = {}) {
  const request = requestOf(change)
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const { snapshotJson } = await client.unary('freezeRedraw', request, context())
  return { request, snapshotJson, snapshot: (JSON.parse(snapshotJson) as { snapshot: Snapshot }).snapshot }
}

async function rosterOf(drawId: string) {
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const entries = []
  for await (const message of client.stream('streamRoster', { drawId, includeExcluded: true, firstEntry: 0 }, context()))
    entries.push(...message.entries)
  return entries
}

async function openings(drawId: string, objectLabels: string[]) {
  const { client, context } = await registry.serviceGrpc('drawing')
  const found = []
  for await (const message of client.stream('streamOpenings', { drawId, objectLabels, inspectorLabels: [] }, context()))
    found.push(...message.objects)
  return found
}

async function inspectorLabels(drawId: string): Promise<readonly string[]> {
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const found = []
  for await (const message of client.stream('streamMatchInputs', { drawId, labels: [], itemCodes: [] }, context()))
    found.push(...message.inspectors.map((inspector) => inspector.label))
  return found
}

const parentSnapshot = async (): Promise<Snapshot> => {
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const { snapshotJson } = await client.unary('freezeRoster', parentRequest, context())
  return (JSON.parse(snapshotJson) as { snapshot: Snapshot }).snapshot
}

const drawable = async (drawId: string): Promise<readonly string[]> =>
  (await rosterOf(drawId)).filter(({ excluded }) => !excluded).map((entry) => entry.label)

describe('freezing for a redraw', () => {
  it('DRW-30 keeps labels, strata and files of the parent, and leaves out who was drawn or has gone', async () => {
    const parent = await parentSnapshot()
    const { request, snapshot } = await refreeze()
    expect(snapshot).toMatchObject({ drawId: request.drawId, labelsOf: parentDrawId, asOf: redrawAsOf, root: parent.root })
    expect(snapshot.privateFileDigest).toBe(parent.privateFileDigest)
    expect(snapshot.keyDigest).toBe(parent.keyDigest)
    expect(snapshot.strata).toEqual([{ stratum: 'ALL', mapped: 8, eligible: 4 }])
    expect([...(await drawable(request.drawId))].sort()).toEqual([3, 4, 5, 8].map(label).sort())
    expect(snapshot.exclusions.counts).toEqual([{ ground: 'MERGED', count: 4 }])
    const exclusions = await registry.text(`/v1/draws/${request.drawId}/files/exclusions`, ['AUDITOR'])
    const grounds = exclusions
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { label: string; ground: string })
    expect(Object.fromEntries(grounds.map((each) => [each.label, each.ground]))).toEqual({
      [label(1)]: 'DRAWN',
      [label(2)]: 'DRAWN',
      [label(6)]: 'NOT_ACTIVE',
      [label(7)]: 'NOT_ACTIVE',
    })
  })

  it('DRW-14 a re-match leaves exactly the objects that it names', async () => {
    const { request, snapshot } = await refreeze({ purpose: redrawPurposes.toWire('REMATCH'), labels: [label(2)] })
    expect(await drawable(request.drawId)).toEqual([label(2)])
    expect(snapshot.exclusions.counts).toEqual([{ ground: 'NOT_CONCERNED', count: 7 }])
    expect(await inspectorLabels(request.drawId)).toEqual(await inspectorLabels(parentDrawId))
  })

  it('CRD-07 CRD-09 bars who was drawn by another draw of the year since the parent, unless the parent’s ground lets it be drawn again', async () => {
    const other = 'b2'.repeat(32)
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    await client.unary('freezeRoster', { ...parentRequest, drawId: other }, context())
    const there = await openings(
      other,
      (await rosterOf(other)).map((entry) => entry.label),
    )
    const barred = there.find(({ objectCode }) => objectCode === creditCode(3))?.label ?? ''
    const { request } = await refreeze({ earlierDraws: [{ drawId: other, labels: [barred] }] })
    // On the parent's reason an object without a grade may be drawn again; the bar holds those of low risk.
    const credit = await registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
    expect(await drawable(request.drawId)).toContain(label(3))
    await credit.upload('/v1/credit-results/import?asOf=2026-03-05', `统一社会信用代码,等级\n${creditCode(3)},A\n`, 'text/csv')
    clock.advance(3_600_000)
    const later = await refreeze({ asOf: clock.now(), earlierDraws: [{ drawId: other, labels: [barred] }] }).catch(
      (thrown: unknown) => thrown,
    )
    expect(later).toMatchObject({ code: 'as-of-too-recent' })
    const at = clock.now()
    clock.advance(60_000)
    const afterGrade = await refreeze({ asOf: at, earlierDraws: [{ drawId: other, labels: [barred] }] })
    expect(await drawable(afterGrade.request.drawId)).not.toContain(label(3))
  })

  it('DRW-31 the same request gives the same bytes, another is refused', async () => {
    const { request, snapshotJson } = await refreeze()
    const again = await refreeze({ ...request, drawnLabels: [label(2), label(1)] })
    expect(again.snapshotJson).toBe(snapshotJson)
    await expect(refreeze({ ...request, labels: [label(2)] })).rejects.toMatchObject({ code: 'draw-frozen-differently' })
  })

  it('DRW-30 refuses a parent that is none, an earlier instant, and a label of another draw', async () => {
    await expect(refreeze({ parentDrawId: 'cc'.repeat(32) })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(refreeze({ asOf })).rejects.toMatchObject({ code: 'as-of-not-later' })
    await expect(refreeze({ labels: ['dd'.repeat(32)] })).rejects.toMatchObject({ code: 'label-unknown' })
    await expect(refreeze({ matchingUnitIds: ['230399-nobody'] })).rejects.toMatchObject({ code: 'unit-unknown' })
    await expect(refreeze({ purpose: 'REDRAW_PURPOSE_UNSPECIFIED' })).rejects.toMatchObject({ kind: 'invalid' })
    const { request } = await refreeze()
    await expect(refreeze({ parentDrawId: request.drawId, asOf: '2026-03-09T02:10:00.000Z' })).rejects.toMatchObject({
      code: 'redraw-of-redraw',
    })
  })

  it('DRW-30 opens under the parent’s key, and its drawn set under its own id', async () => {
    const { request, snapshot } = await refreeze()
    const [opening] = await openings(request.drawId, [label(4)])
    expect(labelOf(hash, 'object', parentDrawId, opening?.salt ?? '', opening?.objectCode ?? '')).toBe(label(4))
    const [before] = await openings(parentDrawId, [label(4)])
    expect(opening?.drawnSalt).not.toBe(before?.drawnSalt)
    const { key } = JSON.parse(await registry.text(`/v1/draws/${request.drawId}/key`, ['AUDITOR'])) as { key: string }
    expect(keyDigest(hash, parentDrawId, fromHex(key) as Uint8Array)).toBe(snapshot.keyDigest)
    // K is the parent's, and so is its wrapping.
    const [own, parents] = await Promise.all(
      [request.drawId, parentDrawId].map((drawId) => registry.text(`/v1/draws/${drawId}/wrapped-key`, ['AUDITOR'])),
    )
    expect(own).toBe(parents)
    expect(JSON.parse(own ?? '')).toMatchObject({ drawId: parentDrawId })
    expect(drawnDigest(hash, request.drawId, opening?.drawnSalt ?? '', opening?.objectCode ?? '')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('DRW-30 DRW-34 an object’s own opening is of the redraw, with label and salt of its parent, and waits for the parent to close', async () => {
    const { request, snapshot } = await refreeze()
    const { drawId } = request
    const redraw = { parentDrawId, number: 1, purpose: redrawPurposes.toWire('REPLACEMENT') }
    const of = { regionCode: '230300', unitId: '230300-scj' }
    const ofLine = { planId: 'plan-1', lineId: 'L01', batch: 1, drawn: 1, shortOfTeam: 0, transcriptDigest: 't' }
    await registry.publish(events.drawing.drawMatched, drawId, { ...of, ...ofLine, drawId, redraw })
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const [object] = (await clerk.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(4)}`)).body.items
    const { client, context } = await registry.serviceGrpc('inspection')
    const asked = { drawId, objectId: object?.objectId ?? '' }
    const opening = await eventually(
      async () => JSON.parse((await client.unary('getObjectOpening', asked, context())).openingJson) as ObjectOpening,
    )
    expect(opening).toMatchObject({ drawId, id: creditCode(4), label: label(4) })
    expect(opensTo(hash, snapshot, opening)).toBe(true)
    expect(opensTo(hash, await parentSnapshot(), opening)).toBe(false)

    const party = await registry.as(['PARTY'], { unitId: creditCode(4), regionCode: '230302' })
    const own = async () => (await party.get<ObjectOpening & { code?: string }>(`/v1/draws/${drawId}/openings/${creditCode(4)}`)).body
    await registry.publish(events.drawing.drawClosed, drawId, { ...of, drawId, visited: 1, notVisited: 0 })
    await eventually(async () => expect((await own()).code).toBe('opening-other-draw-open'))
    await registry.publish(events.drawing.drawClosed, parentDrawId, { ...of, drawId: parentDrawId, visited: 1, notVisited: 1 })
    await eventually(async () => expect(await own()).toEqual(opening))
  })

  it('DRW-14 a re-match goes on though its object fits the items no more: its check is under way, and needs are as the draw knew them', async () => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(8, { industry: 'A0111' })]), 'text/csv')
    clock.advance(7_400_000)
    const later = '2026-03-09T03:50:00.000Z'
    const { request } = await refreeze({
      purpose: redrawPurposes.toWire('REMATCH'),
      asOf: later,
      drawnLabels: [label(8)],
      labels: [label(8)],
    })
    expect(await drawable(request.drawId)).toEqual([label(8)])
    const needs = async (drawId: string) => {
      const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
      const found = []
      for await (const message of client.stream('streamMatchInputs', { drawId, labels: [label(8)], itemCodes: [] }, context()))
        found.push(...message.objects)
      return found
    }
    expect(await needs(request.drawId)).toEqual(await needs(parentDrawId))
  })
})
