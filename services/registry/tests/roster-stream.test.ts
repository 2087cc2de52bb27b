import { type FreezeRosterRequest, RegistryServiceClient, type StreamRosterResponse } from '@dual-random/contracts/registry'
import { type RosterEntry, rootOfTree, rosterDigest, rosterTree, type Snapshot } from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { cuttableProxy, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const hash = { name: 'sha256', digest: sha256 } as const
/** More than fits on the way between server and a client that does not read. */
const objects = 4500

const request: FreezeRosterRequest = {
  drawId: 'a1'.repeat(32),
  regionCode: '230300',
  planId: 'plan-230300-2026-INTERNAL-230300-scj',
  lineId: 'L01',
  batch: 1,
  attempt: 1,
  asOf: '2026-03-02T01:30:00.000Z',
  itemCodes: ['SP-01'],
  byGrade: false,
  earlierDraws: [],
  matchingUnitIds: ['230300-scj'],
  checkUntil: '2026-03-31',
}

describe('a roster of several thousand over a connection that breaks', { timeout: 120_000 }, () => {
  let registry: Harness

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
    const rows = Array.from({ length: objects }, (_, index) => objectRow(index + 1))
    expect(await clerk.upload('/v1/objects/import', objectsCsv(rows), 'text/csv')).toMatchObject({ body: { created: objects } })
    clock.advance(7_200_000)
  }, 120_000)
  afterAll(() => registry.dispose())

  it('DRW-31 is whole after it was taken up where it broke, and leads to the signed root', async () => {
    const { context } = await registry.grpc(['DRAW_ORGANISER'])
    const line = await cuttableProxy('127.0.0.1', registry.service.grpcPort)
    const client = createGrpcClient(RegistryServiceClient, { address: `127.0.0.1:${line.port}`, peer: 'registry' })
    try {
      const { snapshotJson } = await client.unary('freezeRoster', request, context())
      const { snapshot } = JSON.parse(snapshotJson) as { readonly snapshot: Snapshot }
      const entries: RosterEntry[] = []
      const attestations: StreamRosterResponse['attestation'][] = []
      const read = async (breakOff: boolean): Promise<void> => {
        const asked = { drawId: request.drawId, includeExcluded: true, firstEntry: entries.length }
        for await (const message of client.stream('streamRoster', asked, context())) {
          entries.push(...message.entries)
          if (message.attestation !== undefined) attestations.push(message.attestation)
          if (breakOff && entries.length > 0) line.cut()
        }
      }
      await expect(read(true)).rejects.toMatchObject({ kind: 'unavailable' })
      expect(entries.length).toBeGreaterThan(0)
      expect(entries.length).toBeLessThan(objects)
      line.restore()
      await read(false)
      expect(attestations).toEqual([
        { count: objects, root: snapshot.root, snapshotJson },
        { count: objects, root: snapshot.root, snapshotJson },
      ])
      expect(entries).toHaveLength(objects)
      expect(toHex(rootOfTree(rosterTree(hash, entries)))).toBe(snapshot.root)
      expect(rosterDigest(hash, entries)).toBe(snapshot.rosterDigest)
    } finally {
      client.close()
      await line.close()
    }
  })
})
