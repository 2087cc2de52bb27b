import { movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const drawIds = ['d1', 'd2'].map((byte) => byte.repeat(32)) as [string, string]
let registry: Harness
const labelsOf = new Map<string, readonly string[]>()

/** Three enterprises and an individual business fit the item; a draw maps all four. */
beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'local/four-coal-cities', from: '2026-01-01' })
  const clerk = await registry.as(['REGISTRY_CLERK'])
  const list = '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
  expect(await clerk.upload(list, itemsCsv, 'text/csv')).toMatchObject({ status: 200 })
  const rows = [objectRow(1), objectRow(2), objectRow(3), objectRow(4, { kind: '个体工商户' })]
  expect((await clerk.upload('/v1/objects/import', objectsCsv(rows), 'text/csv')).body).toMatchObject({ created: 4 })
  clock.advance(60_000)
  const asOf = clock.now()
  clock.advance(60_000)
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const drawing = await registry.serviceGrpc('drawing')
  for (const drawId of drawIds) {
    await client.unary(
      'freezeRoster',
      {
        drawId,
        regionCode: '230300',
        planId: 'plan-230300-2026-INTERNAL-230300-scj',
        lineId: 'L01',
        batch: 1,
        attempt: 1,
        asOf,
        itemCodes: ['SP-01'],
        byGrade: false,
        earlierDraws: [],
        matchingUnitIds: [bureau],
        checkUntil: '2026-03-31',
      },
      context(),
    )
    const labels: { readonly label: string; readonly code: string }[] = []
    for await (const { entries } of client.stream('streamRoster', { drawId, includeExcluded: true, firstEntry: 0 }, context())) {
      const objectLabels = entries.map(({ label }) => label)
      const asked = { drawId, objectLabels, inspectorLabels: [] }
      for await (const { objects } of drawing.client.stream('streamOpenings', asked, drawing.context()))
        labels.push(...objects.map(({ label, objectCode }) => ({ label, code: objectCode })))
    }
    // In the order of the codes, so that the same place in two draws is the same object: 1 to 4.
    labelsOf.set(
      drawId,
      labels.sort((a, b) => (a.code.slice(8, 17) < b.code.slice(8, 17) ? -1 : 1)).map(({ label }) => label),
    )
  }
})
afterAll(() => registry?.dispose())

const labels = (drawId: string, ...places: readonly number[]) => ({
  drawId,
  labels: places.map((place) => labelsOf.get(drawId)?.[place - 1] ?? ''),
})
const count = async (...draws: readonly ReturnType<typeof labels>[]) => {
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  return (await client.unary('countDrawnEnterprises', { draws: [...draws] }, context())).enterprises
}

describe('enterprises behind the labels of several draws', () => {
  const [first, second] = drawIds

  it('CRD-08 counts an enterprise once, in however many draws it was drawn', async () => {
    expect(labelsOf.get(first)?.filter((label) => labelsOf.get(second)?.includes(label))).toEqual([])
    expect(await count()).toBe(0)
    expect(await count(labels(first, 1, 2))).toBe(2)
    expect(await count(labels(first, 1, 2), labels(second, 1, 2))).toBe(2)
    expect(await count(labels(first, 1, 2), labels(second, 2, 3))).toBe(3)
  })

  it('CRD-08 counts no object that is not an enterprise', async () => {
    expect(await count(labels(first, 1, 4), labels(second, 4))).toBe(1)
  })

  it('CRD-08 refuses a label of another draw, and whoever may not draw', async () => {
    await expect(count({ drawId: first, labels: labels(second, 1).labels })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'label-unknown',
    })
    await expect(count({ drawId: 'ee'.repeat(32), labels: [] })).rejects.toMatchObject({ kind: 'not-found' })
    const { client, context } = await registry.grpc(['REGISTRY_CLERK'])
    await expect(client.unary('countDrawnEnterprises', { draws: [] }, context())).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
