import { events as contracts, redrawPurposes } from '@dual-random/contracts'
import type { FreezeRosterRequest } from '@dual-random/contracts/registry'
import { labelBlinder, type ObjectOpening, objectOpener, opensTo, parseRoster, type Snapshot } from '@dual-random/draw'
import { canonicalJson, fromHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const hash = { name: 'sha256', digest: sha256 } as const
const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawVoided } = contracts.drawing
const drawId = 'a1'.repeat(32)
const earlierId = 'e0'.repeat(32)
const redrawId = 'c3'.repeat(32)
const redrawElsewhereId = 'd4'.repeat(32)
const facts = (id: string) => ({ drawId: id, regionCode: '230300', unitId: bureau })
const ofLine = { planId: 'plan-1', lineId: 'L01', batch: 1 }

let registry: Harness

const request: FreezeRosterRequest = {
  drawId,
  regionCode: '230300',
  ...ofLine,
  attempt: 1,
  asOf: '2026-03-02T03:00:00.000Z',
  itemCodes: ['SP-01'],
  byGrade: true,
  earlierDraws: [],
  matchingUnitIds: [bureau],
  checkUntil: '2026-03-31',
}

async function freeze(changes: Partial<FreezeRosterRequest> = {}): Promise<Snapshot> {
  const { client, context } = await registry.serviceGrpc('drawing')
  const { snapshotJson } = await client.unary('freezeRoster', { ...request, ...changes }, context())
  return (JSON.parse(snapshotJson) as { readonly snapshot: Snapshot }).snapshot
}

interface Entry {
  readonly label: string
  readonly stratum: string
  readonly excluded: boolean
}

async function rosterOf(id: string): Promise<readonly Entry[]> {
  const { client, context } = await registry.serviceGrpc('drawing')
  const found: Entry[] = []
  const asked = { drawId: id, includeExcluded: true, firstEntry: 0 }
  for await (const { entries } of client.stream('streamRoster', asked, context()))
    found.push(...entries.map(({ label, stratum, excluded }) => ({ label, stratum, excluded })))
  return found
}

/** Labels of a draw by the serial of their object. */
async function labelsOf(id: string, ...serials: readonly number[]): Promise<string[]> {
  const { key } = JSON.parse(await registry.text(`/v1/draws/${id}/key`, ['AUDITOR'])) as { readonly key: string }
  const blind = labelBlinder(hash, fromHex(key) as Uint8Array, 'object', id)
  return serials.map((serial) => blind(creditCode(serial)).label)
}

/** What an enterprise is answered about its own place in a draw. */
async function own(serial: number, id = drawId): Promise<string> {
  const token = await registry.scope.issuer.token({
    subject: `boss-${serial}`,
    unitId: creditCode(serial),
    regionCode: '230302',
    roles: ['PARTY'],
  })
  const response = await fetch(`http://127.0.0.1:${registry.service.httpPort}/v1/draws/${id}/openings/${creditCode(serial)}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return `${response.status} ${await response.text()}`
}

const codeOf = (answer: string): unknown => (JSON.parse(answer.slice(4)) as { readonly code?: string }).code

async function onNotice(serial: number, service = 'inspection', id = drawId) {
  const clerk = await registry.as(['REGISTRY_CLERK'])
  const [object] = (await clerk.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(serial)}`)).body.items
  const { client, context } = await registry.serviceGrpc(service)
  return client.unary('getObjectOpening', { drawId: id, objectId: object?.objectId ?? '' }, context())
}

/** 1 to 4 have grade A, 5 to 9 none; 9 is deregistered at the freeze, 1 was drawn by the earlier draw, 10 fits no item. */
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
  const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((serial) => objectRow(serial))
  await clerk.upload('/v1/objects/import', objectsCsv([...rows, objectRow(10, { industry: 'C2319' })]), 'text/csv')
  await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')
  const grades = [1, 2, 3, 4].map((serial) => `${creditCode(serial)},A`)
  const credit = await registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
  await credit.upload('/v1/credit-results/import?asOf=2026-01-31', ['统一社会信用代码,等级', ...grades, ''].join('\n'), 'text/csv')
  await clerk.upload('/v1/objects/import', objectsCsv([objectRow(9, { status: '注销' })]), 'text/csv')
  clock.advance(7_300_000)
  await freeze({ drawId: earlierId, lineId: 'L00' })
  const [barred = ''] = await labelsOf(earlierId, 1)
  await freeze({ earlierDraws: [{ drawId: earlierId, labels: [barred] }] })
  const frozen = { ...facts(drawId), ...ofLine, planVersion: 1, attempt: 1, asOf: request.asOf }
  await registry.publish(drawFrozen, drawId, frozen)
})
afterAll(() => registry.dispose())

const told = (seq: number, id = drawId) => eventually(async () => expect(await registry.applied(drawMatched.topic, id)).toBe(seq))

/** How many of two labels a service gets opened. */
async function opened(service: string, inspectorLabels: string[] = []): Promise<number> {
  const objectLabels = (await rosterOf(drawId)).slice(0, 2).map(({ label }) => label)
  const { client, context } = await registry.serviceGrpc(service)
  const found = []
  for await (const { objects } of client.stream('streamOpenings', { drawId, objectLabels, inspectorLabels }, context()))
    found.push(...objects)
  return found.length
}

describe('the openings of labels', () => {
  it('SEC-05 are not for those who dispatch while the draw is not drawn; drawing asks before it has said that it is', async () => {
    await told(1)
    expect(await opened('drawing')).toBe(2)
    await expect(opened('inspection')).rejects.toMatchObject({ kind: 'failed-precondition', code: 'draw-not-drawn' })
  })

  it('SEC-05 are for the services that need them, each for what it needs, and for no person', async () => {
    for (const service of ['planning', 'oversight', 'gateway', 'registry'])
      await expect(opened(service)).rejects.toMatchObject({ kind: 'forbidden', code: 'service-not-concerned' })
    for (const role of ['DRAW_ORGANISER', 'DISPATCHER', 'AUDITOR']) {
      const { client, context } = await registry.grpc([role])
      const refused = client.stream('streamOpenings', { drawId, objectLabels: [], inspectorLabels: [] }, context())
      await expect(refused[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'forbidden', code: 'role-required' })
    }

    await registry.publish(drawCommitted, drawId, {
      ...facts(drawId),
      commitmentDigest: 'c'.repeat(64),
      committedAt: '2026-03-02T03:10:00.000Z',
      beaconSource: 'self',
      round: 1n,
    })
    // Whoever hears of the draw first asks while the event is still on its way to registry.
    const waiting = opened('inspection')
    await registry.publish(drawDrawn, drawId, { ...facts(drawId), strata: [], drawn: 2 })
    expect(await waiting).toBe(2)
    for (const service of ['joint', 'publication']) {
      expect(await opened(service)).toBe(2)
      await expect(opened(service, ['0'.repeat(64)])).rejects.toMatchObject({ code: 'service-not-concerned' })
    }
    await expect(opened('drawing', ['0'.repeat(64)])).rejects.toMatchObject({ code: 'service-not-concerned' })
  })
})

describe('an object’s own opening', () => {
  it('DRW-34 SEC-05 is given to nobody before the closing, with one answer for whoever is drawn, not drawn, excluded or not mapped', async () => {
    const answers = async () =>
      new Set(
        (await Promise.all([1, 2, 3, 9, 10, 77].map((serial) => own(serial)))).map((answer) =>
          answer.replaceAll(/"(traceId|instance)":"[^"]*"/g, '"$1":""'),
        ),
      )
    const before = await answers()
    expect([...before].map(codeOf)).toEqual(['opening-draw-not-closed'])
    await registry.publish(drawMatched, drawId, { ...facts(drawId), ...ofLine, drawn: 2, shortOfTeam: 0, transcriptDigest: 't' })
    await told(4)
    expect(await answers()).toEqual(before)
    const auditor = await registry.as(['AUDITOR'])
    expect(await auditor.get(`/v1/draws/${drawId}/openings/${creditCode(2)}`)).toMatchObject({
      status: 409,
      body: { code: 'opening-draw-not-closed' },
    })
  })

  it('DRW-34 SEC-04 ACC-07 goes on the notice of its check, the read on record: to inspection, once inspectors are matched, of nobody who could not be drawn', async () => {
    const { openingJson } = await onNotice(2)
    expect(JSON.parse(openingJson)).toMatchObject({ type: 'dual-random/opening/v1', drawId, id: creditCode(2), size: 9, stratum: 'A' })
    expect(registry.sensitiveReads).toContainEqual(
      expect.objectContaining({
        what: 'object-opening',
        target: drawId,
        count: 1,
        by: expect.objectContaining({ subject: 'service-inspection' }),
      }),
    )
    registry.recording.fails = true
    await expect(onNotice(2)).rejects.toMatchObject({ kind: 'unavailable', code: 'read-not-recorded' })
    registry.recording.fails = false
    for (const serial of [1, 9]) await expect(onNotice(serial)).rejects.toMatchObject({ code: 'opening-object-excluded' })
    await expect(onNotice(10)).rejects.toMatchObject({ kind: 'not-found', code: 'opening-not-mapped' })
    for (const service of ['drawing', 'publication', 'joint'])
      await expect(onNotice(2, service)).rejects.toMatchObject({ kind: 'forbidden', code: 'service-not-concerned' })
    await expect(onNotice(2, 'inspection', earlierId)).rejects.toMatchObject({ code: 'opening-draw-not-matched' })
  })

  it('DRW-34 DRW-31 is everybody’s at once when this draw, those that its exclusions name and its redraws in this city are over, and leads to the signed root', async () => {
    await registry.publish(drawClosed, drawId, { ...facts(drawId), visited: 2, notVisited: 0 })
    await told(5)
    expect(codeOf(await own(2))).toBe('opening-other-draw-open')
    const ending = { ...facts(earlierId), ...ofLine, lineId: 'L00', drawn: 1, shortOfTeam: 0, transcriptDigest: 't' }
    await registry.publish(drawMatched, earlierId, ending)
    const redraw = { parentDrawId: drawId, number: 1, purpose: redrawPurposes.toWire('ESCALATION') }
    const attempted = { ...facts(redrawId), ...ofLine, planVersion: 1, attempt: 1, asOf: '2026-03-03T03:00:00.000Z', redraw }
    await registry.publish(drawFrozen, redrawId, attempted)
    await registry.publish(drawFrozen, redrawElsewhereId, { ...attempted, drawId: redrawElsewhereId, regionCode: '230400' })
    await Promise.all([told(1, earlierId), told(1, redrawId), told(1, redrawElsewhereId)])
    expect(codeOf(await own(2))).toBe('opening-other-draw-open')
    await registry.publish(drawClosed, earlierId, { ...facts(earlierId), visited: 1, notVisited: 0 })
    await told(2, earlierId)
    expect(codeOf(await own(2))).toBe('opening-other-draw-open')
    await registry.publish(drawVoided, redrawId, { ...facts(redrawId), reason: 'witness' })
    await told(2, redrawId)

    const snapshot = await freeze({ earlierDraws: [{ drawId: earlierId, labels: await labelsOf(earlierId, 1) }] })
    const entries = await rosterOf(drawId)
    const sorted = parseRoster(entries.map((entry) => `${canonicalJson({ ...entry })}\n`).join(''))
    const { key } = JSON.parse(await registry.text(`/v1/draws/${drawId}/key`, ['AUDITOR'])) as { readonly key: string }
    const blind = labelBlinder(hash, fromHex(key) as Uint8Array, 'object', drawId)
    const expected = objectOpener(hash, drawId, sorted.ok ? sorted.value : [])
    const auditor = await registry.as(['AUDITOR'])
    const before = registry.sensitiveReads.length
    for (const serial of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const answer = await own(serial)
      expect(answer.slice(0, 4)).toBe('200 ')
      const opening = JSON.parse(answer.slice(4)) as ObjectOpening
      expect(canonicalJson({ ...opening, path: [...opening.path] })).toBe(answer.slice(4))
      expect(opening).toEqual(expected(blind(creditCode(serial))))
      expect(opensTo(hash, snapshot, opening)).toBe(true)
      expect(entries[opening.index]).toMatchObject({ label: opening.label, excluded: serial === 1 || serial === 9 })
      expect((await auditor.get(`/v1/draws/${drawId}/openings/${creditCode(serial)}`)).body).toEqual(opening)
    }
    expect(registry.sensitiveReads.slice(before)).toHaveLength(18)
    expect(registry.sensitiveReads.at(-2)).toMatchObject({
      what: 'object-opening',
      target: drawId,
      by: { subject: 'boss-9', unitId: creditCode(9), roles: ['PARTY'] },
    })
    registry.recording.fails = true
    expect(codeOf(await own(2))).toBe('read-not-recorded')
    registry.recording.fails = false
    expect(codeOf(await own(10))).toBe('opening-not-mapped')
  })

  it('SEC-12 DRW-34 is given to no other object, and to no auditor of another region', async () => {
    const of = async (unitId: string) =>
      (await registry.as(['PARTY'], { unitId, regionCode: '230302' })).get<{ code: string }>(
        `/v1/draws/${drawId}/openings/${creditCode(2)}`,
      )
    expect(await of(creditCode(3))).toMatchObject({ status: 403, body: { code: 'opening-of-other' } })
    expect(await of(bureau)).toMatchObject({ status: 403, body: { code: 'opening-of-other' } })
    expect(await of(creditCode(2))).toMatchObject({ status: 200 })
    const elsewhere = await registry.as(['AUDITOR'], { unitId: '230400-scj' })
    expect(await elsewhere.get(`/v1/draws/${drawId}/openings/${creditCode(2)}`)).toMatchObject({ status: 403 })
    const above = await registry.as(['AUDITOR'], { unitId: '230000-scj' })
    expect(await above.get(`/v1/draws/${drawId}/openings/${creditCode(2)}`)).toMatchObject({ status: 200 })
  })
})
