import { events as contracts, redrawPurposes } from '@dual-random/contracts'
import type { FreezeRosterRequest } from '@dual-random/contracts/registry'
import { labelOf, type ObjectOpening, opensTo, type Snapshot } from '@dual-random/draw'
import { sha256 } from '@dual-random/kernel/hash'
import { eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const hash = { name: 'sha256', digest: sha256 } as const
const other = '230400'
const drawId = 'a1'.repeat(32)

const request: FreezeRosterRequest = {
  drawId,
  regionCode: '230300',
  planId: 'plan-230300-2026-INTERNAL-230300-scj',
  lineId: 'L01',
  batch: 1,
  attempt: 1,
  asOf: '2026-03-02T02:00:00.000Z',
  itemCodes: ['SP-01'],
  byGrade: false,
  earlierDraws: [],
  matchingUnitIds: ['230300-scj'],
  checkUntil: '2026-03-31',
  organiserRegionCode: '230300',
}
const part: FreezeRosterRequest = { ...request, regionCode: other, itemCodes: ['HG-01'], matchingUnitIds: ['230400-scj'] }

describe('a draw of two cities', () => {
  let registry: Harness

  beforeAll(async () => {
    registry = await startRegistry({ clock: clock.now })
    const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
    const theirs =
      '230400-scj,鹤岗市市场监督管理局,局,230400,,市场监管\n230400-scj-jg,鹤岗市市场监督管理局机关,局机关,230400,230400-scj,市场监管\n'
    await operator.upload('/v1/units/import', `${unitsCsv}${theirs}`, 'text/csv')
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
    for (const [regionCode, preset] of [
      ['230000', 'heilongjiang'],
      ['230300', 'local/four-coal-cities'],
      [other, 'local/four-coal-cities'],
    ])
      await admin.post('/v1/policy-bindings', { regionCode, preset, from: '2026-01-01' })
    const list = (unitId: string) => `/v1/check-item-lists/import?listId=list-${unitId}&businessLine=市场监管&effectiveFrom=2026-01-01`
    const clerk = await registry.as(['REGISTRY_CLERK'])
    await clerk.upload(list('230300-scj'), itemsCsv, 'text/csv')
    await clerk.upload('/v1/objects/import', objectsCsv([1, 2, 3].map((serial) => objectRow(serial))), 'text/csv')
    await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')
    const clerkThere = await registry.as(['REGISTRY_CLERK'], { unitId: '230400-scj' })
    await clerkThere.upload(list('230400-scj'), itemsCsv.replaceAll('SP-01', 'HG-01').replaceAll('TZ-01', 'HG-02'), 'text/csv')
    // The first has a branch in each of the cities: one id in two pools.
    await clerkThere.upload('/v1/objects/import', objectsCsv([1, 11].map((serial) => objectRow(serial, { region: '230402' }))), 'text/csv')
    const theirsCsv = inspectorsCsv.split('\n').slice(0, 2).join('\n').replace('SL001', 'HG001').replace('zhang1', 'zhang9')
    await clerkThere.upload('/v1/inspectors/import', theirsCsv.replaceAll('230300-scj-jg', '230400-scj-jg'), 'text/csv')
    const { items } = (await clerkThere.get<{ items: { inspectorId: string }[] }>('/v1/inspectors')).body
    const training = {
      audience: 'OWN_LEVEL',
      title: '业务培训',
      heldOn: '2026-03-02',
      inspectorIds: items.map(({ inspectorId }) => inspectorId),
    }
    expect(await clerkThere.post('/v1/trainings', training)).toMatchObject({ status: 201, body: { attendees: 1 } })
    clock.advance(7_200_000)
  })
  afterAll(() => registry.dispose())

  const freeze = async (asked: FreezeRosterRequest): Promise<Snapshot> => {
    const { client, context } = await registry.serviceGrpc('drawing')
    const { snapshotJson } = await client.unary('freezeRoster', asked, context())
    return (JSON.parse(snapshotJson) as { readonly snapshot: Snapshot }).snapshot
  }
  const labelsOf = async (regionCode?: string): Promise<readonly string[]> => {
    const { client, context } = await registry.serviceGrpc('drawing')
    const found: string[] = []
    const asked = { drawId, includeExcluded: true, firstEntry: 0, regionCode }
    for await (const { entries } of client.stream('streamRoster', asked, context())) found.push(...entries.map(({ label }) => label))
    return found
  }
  const openings = async (objectLabels: readonly string[], regionCode?: string, inspectorLabels: readonly string[] = []) => {
    const { client, context } = await registry.serviceGrpc(inspectorLabels.length === 0 ? 'drawing' : 'inspection')
    const asked = { drawId, objectLabels: [...objectLabels], inspectorLabels: [...inspectorLabels], regionCode }
    const objects = []
    const inspectors = []
    for await (const message of client.stream('streamOpenings', asked, context())) {
      objects.push(...message.objects)
      inspectors.push(...message.inspectors)
    }
    return { objects, inspectors }
  }
  const keyOf = async (query: string, unitId: string): Promise<string | undefined> =>
    (await (await registry.as(['AUDITOR'], { unitId })).get<{ key?: string }>(`/v1/draws/${drawId}/key${query}`)).body.key

  it('DRW-26 freezes each city’s pool under a K of its own, and the same request gives the same bytes', async () => {
    const own = await freeze(request)
    const theirs = await freeze(part)
    expect(own).toMatchObject({ drawId, regionCode: '230300', strata: [{ mapped: 3 }] })
    expect(theirs).toMatchObject({ drawId, regionCode: other, strata: [{ mapped: 2 }] })
    expect(theirs.keyDigest).not.toBe(own.keyDigest)
    expect(await freeze(part)).toEqual(theirs)
    expect(await freeze(request)).toEqual(own)
    await expect(freeze({ ...part, byGrade: true })).rejects.toMatchObject({ code: 'draw-frozen-differently' })
    await expect(freeze({ ...request, organiserRegionCode: undefined })).rejects.toMatchObject({ code: 'draw-frozen-differently' })
  })

  it('DRW-26 streams, opens and matches the part that is asked for; the organiser’s where none is named', async () => {
    await freeze(request)
    await freeze(part)
    const [own, theirs] = [await labelsOf(), await labelsOf(other)]
    expect(await labelsOf('230300')).toEqual(own)
    expect([own.length, theirs.length, own.filter((label) => theirs.includes(label)).length]).toEqual([3, 2, 0])
    await expect(labelsOf('230900')).rejects.toMatchObject({ kind: 'not-found' })
    const there = (await openings(theirs, other)).objects
    expect(there.map(({ objectCode }) => objectCode).sort()).toEqual([creditCode(1), creditCode(11)].sort())
    for (const { label, salt, objectCode } of there) expect(labelOf(hash, 'object', drawId, salt, objectCode)).toBe(label)
    expect(there.every(({ itemCodes }) => itemCodes.join() === 'HG-01')).toBe(true)
    await expect(openings(theirs)).rejects.toMatchObject({ code: 'label-unknown' })
    // The same object has a label in each of the rosters.
    expect((await openings(own)).objects.map(({ objectCode }) => objectCode)).toContain(creditCode(1))

    const { client, context } = await registry.serviceGrpc('drawing')
    const inputs = []
    const asked = { drawId, labels: [...theirs], itemCodes: [], regionCode: other }
    for await (const { inspectors } of client.stream('streamMatchInputs', asked, context())) inputs.push(...inspectors)
    expect(inputs.map(({ unitId }) => unitId)).toEqual(['230400-scj'])
    const { label, salt, inspectorId } = inputs[0] ?? { label: '', salt: '', inspectorId: '' }
    expect(labelOf(hash, 'inspector', drawId, salt, inspectorId)).toBe(label)
    await expect(openings([], other, [label])).rejects.toMatchObject({ code: 'draw-not-drawn' })
    await registry.publish(contracts.drawing.drawDrawn, drawId, {
      drawId,
      regionCode: '230300',
      unitId: '230300-scj',
      strata: [],
      drawn: 3,
    })
    await eventually(async () => expect((await openings([], other, [label])).inspectors).toMatchObject([{ inspectorId }]))
  })

  it('DRW-26 ORG-02 gives each city’s auditor the K and the files of its own pool', async () => {
    await freeze(request)
    await freeze(part)
    const [own, theirs] = [await keyOf('', '230300-scj'), await keyOf(`?regionCode=${other}`, '230400-scj')]
    expect(own).toMatch(/^[0-9a-f]{64}$/)
    expect(theirs).toMatch(/^[0-9a-f]{64}$/)
    expect(theirs).not.toBe(own)
    expect(await keyOf(`?regionCode=${other}`, '230300-scj')).toBeUndefined()
    expect(await keyOf('', '230400-scj')).toBeUndefined()
    const file = await (await registry.as(['AUDITOR'], { unitId: '230400-scj' })).get(
      `/v1/draws/${drawId}/files/objects?regionCode=${other}`,
    )
    expect(file.status).toBe(200)
    const auditor = await registry.as(['AUDITOR'], { unitId: '230400-scj' })
    expect(await auditor.get(`/v1/draws/${drawId}/sources?regionCode=${other}`)).toMatchObject({ status: 200, body: { drawId } })
  })

  it('DRW-26 DRW-34 gives each city’s object its own opening, in the roster of its city and under that city’s K', async () => {
    const snapshots = new Map([
      ['230300', await freeze(request)],
      [other, await freeze(part)],
    ])
    const closed = { drawId, regionCode: '230300', unitId: '230300-scj', visited: 3, notVisited: 0 }
    const { client, context } = await registry.serviceGrpc('inspection')
    await registry.publish(contracts.drawing.drawClosed, drawId, closed)
    await eventually(async () => {
      const code = creditCode(1)
      const party = await registry.as(['PARTY'], { unitId: code, regionCode: '230302' })
      const [own, theirs] = await Promise.all(
        ['', `?regionCode=${other}`].map((query) => party.get<ObjectOpening>(`/v1/draws/${drawId}/openings/${code}${query}`)),
      )
      expect([own?.body, theirs?.body]).toMatchObject([
        { regionCode: '230300', size: 3, id: code },
        { regionCode: other, size: 2, id: code },
      ])
      for (const { body } of [own, theirs] as readonly { readonly body: ObjectOpening }[])
        expect(opensTo(hash, snapshots.get(body.regionCode ?? '') as Snapshot, body)).toBe(true)
    })
    const clerk = await registry.as(['REGISTRY_CLERK'], { unitId: '230400-scj' })
    const [object] = (await clerk.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(11)}`)).body.items
    const asked = { drawId, objectId: object?.objectId ?? '', regionCode: other }
    const { openingJson } = await client.unary('getObjectOpening', asked, context())
    expect(JSON.parse(openingJson)).toMatchObject({ id: creditCode(11), regionCode: other })
    await expect(client.unary('getObjectOpening', { ...asked, regionCode: '230300' }, context())).rejects.toMatchObject({
      code: 'opening-not-mapped',
    })
  })

  it('CRD-08 CRD-09 DRW-26 reads the labels of an earlier draw of several cities in the roster that they stand in', async () => {
    await freeze(request)
    await freeze(part)
    const [own, theirs] = [await labelsOf(), await labelsOf(other)]
    const { client, context } = await registry.serviceGrpc('drawing')
    const draws = [
      { drawId, labels: [...own] },
      { drawId, regionCode: other, labels: [...theirs] },
    ]
    // Each city's object is its own, also where the enterprise behind two of them is one.
    expect((await client.unary('countDrawnEnterprises', { draws }, context())).enterprises).toBe(5)
    const later = { ...part, drawId: 'b2'.repeat(32), organiserRegionCode: undefined }
    const earlierDraws = [{ drawId, regionCode: other, labels: [...theirs] }]
    expect(await freeze({ ...later, earlierDraws })).toMatchObject({ regionCode: other, strata: [{ mapped: 2 }] })
    const elsewhere = { ...later, drawId: 'c3'.repeat(32), earlierDraws: [{ drawId, labels: [...theirs] }] }
    await expect(freeze(elsewhere)).rejects.toMatchObject({ code: 'label-unknown' })
  })

  it('DRW-26 DRW-30 freezes a redraw of one of the cities under that city’s K, and of no city beside', async () => {
    const [own, theirs] = [await freeze(request), await freeze(part)]
    const labels = await labelsOf(other)
    const { client, context } = await registry.serviceGrpc('drawing')
    const { planId: _plan, lineId: _line, batch: _batch, itemCodes: _items, byGrade: _grade, organiserRegionCode: _own, ...rest } = part
    const redraw = {
      ...rest,
      drawId: 'd4'.repeat(32),
      parentDrawId: drawId,
      purpose: redrawPurposes.toWire('REMATCH'),
      number: 1,
      asOf: '2026-03-02T02:30:00.000Z',
      labels: labels.slice(0, 1),
      drawnLabels: [...labels],
    }
    const refrozen = async (change: object): Promise<Snapshot> => {
      const { snapshotJson } = await client.unary('freezeRedraw', { ...redraw, ...change }, context())
      return (JSON.parse(snapshotJson) as { readonly snapshot: Snapshot }).snapshot
    }
    const { root, keyDigest, privateFileDigest } = theirs
    const again = await refrozen({})
    expect(again).toMatchObject({ regionCode: other, labelsOf: drawId, root, keyDigest, privateFileDigest })
    expect(again.strata.map(({ mapped, eligible }) => [mapped, eligible])).toEqual([[2, 1]])
    const ownLabels = await labelsOf()
    const here = {
      drawId: 'd5'.repeat(32),
      regionCode: '230300',
      matchingUnitIds: ['230300-scj'],
      labels: ownLabels.slice(0, 1),
      drawnLabels: [...ownLabels],
    }
    expect(await refrozen(here)).toMatchObject({ regionCode: '230300', labelsOf: drawId, root: own.root, keyDigest: own.keyDigest })
    await expect(refrozen({ ...here, drawId: 'd6'.repeat(32), labels: labels.slice(0, 1) })).rejects.toMatchObject({
      code: 'label-unknown',
    })
    await expect(refrozen({ drawId: 'd7'.repeat(32), regionCode: '230900' })).rejects.toMatchObject({ kind: 'not-found' })
    // Its inspectors are labelled with the parent's id, under the city's K.
    const inputs = []
    const asked = { drawId: redraw.drawId, labels: labels.slice(0, 1), itemCodes: [] }
    for await (const { inspectors } of client.stream('streamMatchInputs', asked, context())) inputs.push(...inspectors)
    const { label, salt, inspectorId } = inputs[0] ?? { label: '', salt: '', inspectorId: '' }
    expect(labelOf(hash, 'inspector', drawId, salt, inspectorId)).toBe(label)
    const auditor = await registry.as(['AUDITOR'], { unitId: '230400-scj' })
    expect((await auditor.get<{ key?: string }>(`/v1/draws/${redraw.drawId}/key`)).body.key).toBe(
      await keyOf(`?regionCode=${other}`, '230400-scj'),
    )
  })
})
