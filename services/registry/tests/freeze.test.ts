import { verify } from 'node:crypto'
import type { DrawScope, FreezeRosterRequest } from '@dual-random/contracts/registry'
import {
  type InspectorFacts,
  labelOf,
  type ObjectFacts,
  parseRoster,
  type Snapshot,
  signatureInput,
  snapshotDigest,
} from '@dual-random/draw'
import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { parseWrappedKey, unwrapKey } from '@dual-random/key-wrap'
import { type MovableClock, movableClock, stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snapshotSigner } from '../src/app/snapshot-signer.ts'
import { creditCode, inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry, superiorWrapKey } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const asOf = '2026-03-02T02:00:00.000Z'
const hash = { name: 'sha256', digest: sha256 } as const

let registry: Harness

/** 1 to 12 are restaurants: grades A (1–6), B (7–9), none (10–12); 13 is a print shop that no item fits; 12 is deregistered before the freeze. */
async function prepare(harness: Harness, time: MovableClock): Promise<void> {
  const operator = await harness.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await harness.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  for (const [regionCode, preset] of [
    ['230000', 'heilongjiang'],
    ['230300', 'local/four-coal-cities'],
  ]) {
    expect(await admin.post('/v1/policy-bindings', { regionCode, preset, from: '2026-01-01' })).toMatchObject({ status: 200 })
  }
  const clerk = await harness.as(['REGISTRY_CLERK'])
  const list = '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
  expect(await clerk.upload(list, itemsCsv, 'text/csv')).toMatchObject({ status: 200, body: { created: 2, listVersion: 1 } })
  const rows = Array.from({ length: 12 }, (_, index) => objectRow(index + 1))
  expect(await clerk.upload('/v1/objects/import', objectsCsv([...rows, objectRow(13, { industry: 'C2319' })]), 'text/csv')).toMatchObject({
    body: { created: 13 },
  })
  expect(await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')).toMatchObject({ body: { created: 5 } })
  const pool = await clerk.get<{ items: { inspectorId: string }[] }>('/v1/inspectors')
  const training = { audience: 'OWN_LEVEL', title: '业务培训', heldOn: time.now().slice(0, 10) }
  const inspectorIds = pool.body.items.map(({ inspectorId }) => inspectorId)
  expect(await clerk.post('/v1/trainings', { ...training, inspectorIds })).toMatchObject({ status: 201, body: { attendees: 5 } })
  const grades = Array.from({ length: 9 }, (_, index) => `${creditCode(index + 1)},${index < 6 ? 'A' : 'B'}`)
  const credit = await harness.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
  const pushed = await credit.upload(
    '/v1/credit-results/import?asOf=2026-01-31',
    ['统一社会信用代码,等级', ...grades, `${creditCode(999)},A`, ''].join('\n'),
    'text/csv',
  )
  expect(pushed).toMatchObject({ body: { received: 10, created: 9, unmatched: 1, rejected: 0 } })
  time.advance(600_000)
  await clerk.upload('/v1/objects/import', objectsCsv([objectRow(12, { status: '注销' })]), 'text/csv')
}

beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now, env: { DR_ENV: 'demo', DR_DEMO_SEED: 'one' } })
  await prepare(registry, clock)
  clock.advance(7_200_000)
})
afterAll(() => registry.dispose())

const noScope: DrawScope = { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] }

const request: FreezeRosterRequest = {
  drawId: 'a1'.repeat(32),
  regionCode: '230300',
  planId: 'plan-230300-2026-INTERNAL-230300-scj',
  lineId: 'L01',
  batch: 1,
  attempt: 1,
  asOf,
  itemCodes: ['SP-01'],
  byGrade: true,
  earlierDraws: [],
  matchingUnitIds: ['230300-scj'],
  checkUntil: '2026-03-31',
}

interface MatchFactsLine {
  readonly inspector?: InspectorFacts
  readonly object?: ObjectFacts
}

interface Signed {
  readonly keyId: string
  readonly signature: string
  readonly snapshot: Snapshot
}

async function freeze(changes: Partial<FreezeRosterRequest> = {}, harness = registry): Promise<Signed> {
  const { client, context } = await harness.grpc(['DRAW_ORGANISER'])
  const { snapshotJson } = await client.unary('freezeRoster', { ...request, ...changes }, context())
  return JSON.parse(snapshotJson) as Signed
}

const rosterOf = async (drawId: string, includeExcluded = true) => (await stream(drawId, { includeExcluded })).entries

/** A roster stream from an entry on. */
async function stream(drawId: string, { includeExcluded = true, firstEntry = 0 } = {}) {
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  const messages = []
  for await (const message of client.stream('streamRoster', { drawId, includeExcluded, firstEntry }, context())) messages.push(message)
  return { entries: messages.flatMap(({ entries }) => entries), attestations: messages.map(({ attestation }) => attestation) }
}

async function openings(drawId: string, objectLabels: string[]) {
  const { client, context } = await registry.serviceGrpc('drawing')
  const found = []
  for await (const message of client.stream('streamOpenings', { drawId, objectLabels, inspectorLabels: [] }, context()))
    found.push(...message.objects)
  return found
}

describe('determinism', () => {
  it.each([
    ['one', true],
    ['two', false],
  ])('rule 17: the same data and request under seed %s give the same snapshot whenever they were loaded: %s', async (seed, same) => {
    const first = await freeze()
    const other = movableClock('2026-01-15T08:30:00.123Z')
    const again = await startRegistry({ clock: other.now, env: { DR_ENV: 'demo', DR_DEMO_SEED: seed } })
    try {
      await prepare(again, other)
      other.advance(Date.parse('2026-03-05T00:00:00Z') - Date.parse(other.now()))
      const second = await freeze({}, again)
      expect(second.snapshot.strata).toEqual(first.snapshot.strata)
      expect(JSON.stringify(second) === JSON.stringify(first)).toBe(same)
      expect(second.snapshot.root === first.snapshot.root).toBe(same)
    } finally {
      await again.dispose()
    }
  })
})

describe('freeze', () => {
  it('CRD-16 CRD-21 maps by grade as of the instant, ungraded apart, and excludes the deregistered (REG-30)', async () => {
    const { snapshot } = await freeze()
    expect(snapshot.strata).toEqual([
      { stratum: 'A', mapped: 6, eligible: 6 },
      { stratum: 'B', mapped: 3, eligible: 3 },
      { stratum: 'UNGRADED', mapped: 3, eligible: 2 },
    ])
    expect(snapshot.exclusions.counts).toEqual([{ ground: 'MERGED', count: 1 }])
    expect(snapshot.asOf).toBe(asOf)
  })

  it('CRD-21 DRW-26 stores of every candidate its owner region, its grade, where that comes from and as of when, and of one without a grade that it has none', async () => {
    await freeze()
    const text = await registry.text(`/v1/draws/${request.drawId}/files/objects`, ['AUDITOR'])
    const candidates = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; grade: unknown; ownerRegion: string })
    // Of the county that each is registered in, though the city draws.
    expect(new Set(candidates.map(({ ownerRegion }) => ownerRegion))).toEqual(new Set(['230302']))
    const graded = (value: string) => ({ value, source: 'GENERAL_RESULT', asOf: '2026-01-30T16:00:00.000Z' })
    const expected = Array.from({ length: 12 }, (_, index) => ({
      id: creditCode(index + 1),
      grade: index < 6 ? graded('A') : index < 9 ? graded('B') : null,
    }))
    expect(new Map(candidates.map(({ id, grade }) => [id, grade]))).toEqual(new Map(expected.map(({ id, grade }) => [id, grade])))
    expect(candidates).toHaveLength(12)
  })

  it('CRD-21 keeps of every candidate of a plan its grade, source and as-of, sealed, as they were when the plan was settled', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const asked = { planId: request.planId, regionCode: '230300', sets: [{ itemCodes: ['SP-01'], scoped: [] }], asOf }
    const keep = async (changes: Partial<typeof asked> = {}) => {
      const { kept } = await client.unary('keepCandidates', { ...asked, ...changes }, context())
      return kept
    }
    const [kept = { candidatesId: '', digest: '', mapped: [] }] = await keep()
    expect(kept.mapped).toEqual([
      { grade: '', count: 3, enterprises: 3 },
      { grade: 'A', count: 6, enterprises: 6 },
      { grade: 'B', count: 3, enterprises: 3 },
    ])
    const path = `/v1/plan-candidates/${kept.candidatesId}`
    const text = await registry.text(path, ['AUDITOR'])
    expect(Buffer.from(sha256(Buffer.from(text))).toString('hex')).toBe(kept.digest)
    const graded = (value: string) => ({ value, source: 'GENERAL_RESULT', asOf: '2026-01-30T16:00:00.000Z' })
    const lines = text.trimEnd().split('\n')
    const candidates = lines.map((line) => JSON.parse(line) as { readonly id: string; readonly grade: unknown })
    expect(new Map(candidates.map(({ id, grade }) => [id, grade]))).toEqual(
      new Map(Array.from({ length: 12 }, (_, index) => [creditCode(index + 1), index < 6 ? graded('A') : index < 9 ? graded('B') : null])),
    )
    expect(candidates).toHaveLength(12)
    expect(await keep()).toEqual([kept])
    expect(await registry.text(path, ['AUDITOR'])).toBe(text)
    const [other] = await keep({ planId: 'plan-2' })
    expect(other).toMatchObject({ digest: kept.digest, candidatesId: expect.not.stringMatching(kept.candidatesId) })
    expect(registry.sensitiveReads).toContainEqual(expect.objectContaining({ what: 'plan-candidates', target: kept.candidatesId }))
    await expect(keep({ sets: [...asked.sets, { itemCodes: ['XX-9'], scoped: [] }] })).rejects.toMatchObject({ code: 'item-not-in-force' })
    await expect(keep({ sets: [...asked.sets, { itemCodes: [], scoped: [] }] })).rejects.toMatchObject({
      kind: 'invalid',
      violations: [{ pointer: '/sets/1/itemCodes', code: 'missing-field' }],
    })
    await expect(keep({ sets: Array.from({ length: 5001 }, () => ({ itemCodes: ['SP-01'], scoped: [] })) })).rejects.toMatchObject({
      kind: 'invalid',
    })
    await expect(keep({ planId: 'plan 1' })).rejects.toMatchObject({ kind: 'invalid' })
    expect(await (await registry.as(['AUDITOR'])).get(`/v1/plan-candidates/${'0'.repeat(64)}`)).toMatchObject({ status: 404 })
  })

  it('CRD-21 keeps the candidates of many sets in one call: of each set those that are kept of it alone', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const sets = [['SP-01'], ['TZ-01'], ['TZ-01', 'SP-01']].map((itemCodes) => ({ itemCodes, scoped: [] }))
    const keep = async (planId: string, some: typeof sets) => {
      const { kept } = await client.unary('keepCandidates', { planId, regionCode: '230300', sets: some, asOf }, context())
      return kept
    }
    // In the order in which the store gave them, which another query need not share.
    const linesOf = async ({ candidatesId, digest }: { readonly candidatesId: string; readonly digest: string }) => {
      const text = await registry.text(`/v1/plan-candidates/${candidatesId}`, ['AUDITOR'])
      expect(toHex(sha256(Buffer.from(text)))).toBe(digest)
      return text.split('\n').sort()
    }
    const kept = await keep('plan-3', sets)
    expect(new Set(kept.map(({ candidatesId }) => candidatesId)).size).toBe(3)
    for (const [place, ofSet] of kept.entries()) {
      const set = sets.slice(place, place + 1)
      for (const alone of await keep(`plan-4-${place}`, set)) {
        expect(ofSet.mapped).toEqual(alone.mapped)
        expect(await linesOf(ofSet)).toEqual(await linesOf(alone))
      }
      expect(await keep('plan-3', set)).toEqual([ofSet])
    }
    expect(kept.map(({ mapped }) => mapped.reduce((sum, { count }) => sum + count, 0))).toEqual([12, 13, 13])
  })

  it('gives the same bytes for the same request, and refuses another under the same draw id', async () => {
    expect(await freeze()).toEqual(await freeze())
    await expect(freeze({ byGrade: false })).rejects.toMatchObject({ kind: 'already-exists', code: 'draw-frozen-differently' })
  })

  it('signs the snapshot with the key of the seed, over a root that the roster file leads to', async () => {
    const { keyId, signature, snapshot } = await freeze()
    const input = signatureInput('snapshot', '230300', request.drawId, snapshotDigest(hash, snapshot))
    const { publicKey } = snapshotSigner('registry', Buffer.from('33'.repeat(32), 'hex'))
    const key = { key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') }, format: 'jwk' } as const
    expect(keyId).toBe('registry')
    expect(verify(null, input, key, Buffer.from(signature, 'hex'))).toBe(true)
    const entries = await rosterOf(request.drawId)
    const text = entries
      .map(({ label, stratum, excluded }) => `{"excluded":${excluded},"label":"${label}","stratum":"${stratum}"}\n`)
      .join('')
    expect(parseRoster(text).ok).toBe(true)
    expect(Buffer.from(sha256(Buffer.from(text))).toString('hex')).toBe(snapshot.rosterDigest)
  })

  it('streams the eligible by stratum, then label', async () => {
    await freeze()
    const entries = await rosterOf(request.drawId, false)
    expect(entries).toHaveLength(11)
    const keys = entries.map(({ stratum, label }) => `${stratum} ${label}`)
    expect(keys).toEqual([...keys].sort())
  })

  it('DRW-31 streams from any entry on, each stream under the count and root that were signed', async () => {
    const { keyId, signature, snapshot } = await freeze()
    for (const [includeExcluded, count] of [
      [true, 12],
      [false, 11],
    ] as const) {
      const whole = await stream(request.drawId, { includeExcluded })
      expect(whole.entries).toHaveLength(count)
      for (const firstEntry of [0, 1, count - 1, count]) {
        const { entries, attestations } = await stream(request.drawId, { includeExcluded, firstEntry })
        expect(entries).toEqual(whole.entries.slice(firstEntry))
        expect(attestations.slice(1).every((attestation) => attestation === undefined)).toBe(true)
        expect(attestations[0]).toMatchObject({ count, root: snapshot.root })
        expect(JSON.parse(attestations[0]?.snapshotJson ?? '')).toEqual({ keyId, signature, snapshot })
      }
      await expect(stream(request.drawId, { includeExcluded, firstEntry: count + 1 })).rejects.toMatchObject({
        kind: 'invalid',
        violations: [expect.objectContaining({ pointer: '/firstEntry' })],
      })
    }
  })

  it('SEC-04 opens labels to salts that lead back to them, and records the read', async () => {
    await freeze()
    const entries = await rosterOf(request.drawId, false)
    const labels = entries.slice(0, 3).map(({ label }) => label)
    const found = await openings(request.drawId, labels)
    expect(found.map(({ label }) => label)).toEqual(labels)
    for (const { label, salt, objectCode } of found) expect(labelOf(hash, 'object', request.drawId, salt, objectCode)).toBe(label)
    expect(registry.sensitiveReads).toContainEqual(
      expect.objectContaining({
        what: 'openings',
        target: request.drawId,
        count: 3,
        by: expect.objectContaining({ unitId: 'service-drawing', roles: ['SERVICE'] }),
      }),
    )
    const { client: clerk, context: ofClerk } = await registry.grpc(['REGISTRY_CLERK'])
    const refused = clerk.stream('streamOpenings', { drawId: request.drawId, objectLabels: labels, inspectorLabels: [] }, ofClerk())
    await expect(refused[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('REG-28 opens labels to the items of the draw that applied to the object at the snapshot, and to no others', async () => {
    const drawId = '19'.repeat(32)
    const { snapshot } = await freeze({ drawId, itemCodes: ['TZ-01', 'SP-01'], byGrade: false })
    // Both items fit the restaurants, one of them the print shop.
    expect(snapshot.strata).toEqual([{ stratum: 'ALL', mapped: 13, eligible: 12 }])
    const clerk = await registry.as(['REGISTRY_CLERK'])
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(2, { industry: 'C2319' })]), 'text/csv')
    const opened = await openings(
      drawId,
      (await rosterOf(drawId)).map(({ label }) => label),
    )
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(2)]), 'text/csv')
    const byCode = new Map(opened.map(({ objectCode, itemCodes }) => [objectCode, itemCodes]))
    expect(byCode.get(creditCode(13))).toEqual(['TZ-01'])
    expect(byCode.get(creditCode(2))).toEqual(['SP-01', 'TZ-01'])
    expect([...byCode.values()].filter((codes) => codes.join() === 'SP-01,TZ-01')).toHaveLength(12)
  })

  it('DRW-03 DRW-05 REG-33 REG-35 streams inspectors in post, with the kind of unit that they serve in, until the end of the window, with who is recused from what', async () => {
    await freeze()
    const entries = await rosterOf(request.drawId, false)
    const labels = entries.map(({ label }) => label)
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    const objects = []
    const inspectors = []
    for await (const message of client.stream('streamMatchInputs', { drawId: request.drawId, labels, itemCodes: [] }, context())) {
      objects.push(...message.objects)
      inspectors.push(...message.inspectors)
    }
    // 赵四 is retired, 钱五 leaves within the window.
    expect(inspectors.map(({ homeUnitId, homeKind, hasRecusalScope }) => `${homeUnitId} ${homeKind} ${hasRecusalScope}`).sort()).toEqual([
      '230300-scj-jg UNIT_KIND_BUREAU_OFFICE true',
      '230300-scj-s1 UNIT_KIND_STATION false',
      '230300-scj-s1 UNIT_KIND_STATION true',
    ])
    for (const { label, salt, inspectorId } of inspectors) expect(labelOf(hash, 'inspector', request.drawId, salt, inspectorId)).toBe(label)
    const recused = objects.filter(({ recusedInspectorLabels }) => recusedInspectorLabels.length > 0)
    expect(recused).toHaveLength(1)
    expect(recused[0]?.recusalGrounds).toEqual(['配偶任职'])
    expect(objects.every(({ specialities }) => specialities.join() === '食品')).toBe(true)
  })

  it('DRW-31 answers an auditor what drawing was told of matching, as of the snapshot, whatever the register says since', async () => {
    const { snapshot } = await freeze()
    const path = `/v1/draws/${request.drawId}/match-facts`
    const text = await registry.text(path, ['AUDITOR'])
    const [header, ...lines] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as MatchFactsLine)
    expect(header).toEqual({ type: 'dual-random/match-facts/v1', drawId: request.drawId, regionCode: '230300', asOf: snapshot.asOf })
    const inspectors = lines.flatMap(({ inspector }) => inspector ?? [])
    expect(inspectors.map(({ homeUnitId, homeKind, recusalScope }) => `${homeUnitId} ${homeKind} ${recusalScope}`).sort()).toEqual([
      '230300-scj-jg OFFICE true',
      '230300-scj-s1 STATION false',
      '230300-scj-s1 STATION true',
    ])
    for (const { label, salt, id, unitId, validTo } of inspectors) {
      expect(labelOf(hash, 'inspector', request.drawId, salt, id)).toBe(label)
      expect([unitId, validTo]).toEqual(['230300-scj', '2029-12-31'])
    }
    const objects = lines.flatMap(({ object }) => object ?? [])
    const drawable = (await rosterOf(request.drawId, false)).map(({ label }) => label)
    expect(objects.map(({ label }) => label)).toEqual(drawable.toSorted())
    expect(objects.every(({ specialities }) => specialities.join() === '食品')).toBe(true)
    expect(objects.flatMap(({ recusals }) => recusals.map(({ ground }) => ground))).toEqual(['配偶任职'])
    const clerk = await registry.as(['REGISTRY_CLERK'])
    clock.advance(60_000)
    const later = inspectorsCsv.replace(`食品,2029-12-31,${creditCode(1)}=配偶任职`, '特种设备,2029-12-31,无')
    expect(await clerk.upload('/v1/inspectors/import', later, 'text/csv')).toMatchObject({ body: { changed: 1 } })
    expect(await registry.text(path, ['AUDITOR'])).toBe(text)
    clock.advance(60_000)
    expect(await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')).toMatchObject({ body: { changed: 1 } })
  })

  it('REG-35 opens a draw as of its snapshot, though another unit took an inspector over since', async () => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const fire = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    const [header = ''] = inspectorsCsv.split('\n')
    const row = (homeUnitId: string, post: string) =>
      `${header}\nSL030,沈二,shen2,${homeUnitId},食品,2029-12-31,无,行政执法类公务员,${post}\n`
    const load = async (api: typeof clerk, file: string) =>
      (await api.upload<{ changed: number; created: number }>('/v1/inspectors/import', file, 'text/csv')).body
    expect(await load(clerk, row('230300-scj-jg', '在岗,'))).toMatchObject({ created: 1 })
    const pool = await clerk.get<{ items: { inspectorId: string; certificateNumber: string }[] }>('/v1/inspectors')
    const inspectorIds = pool.body.items
      .filter(({ certificateNumber }) => certificateNumber === 'SL030')
      .map(({ inspectorId }) => inspectorId)
    await clerk.post('/v1/trainings', { audience: 'OWN_LEVEL', title: '补训', heldOn: '2026-03-02', inspectorIds })

    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    const unitsOf = async (drawId: string) => {
      const units: string[] = []
      for await (const { inspectors } of client.stream('streamMatchInputs', { drawId, labels: [], itemCodes: [] }, context()))
        units.push(...inspectors.filter(({ inspectorId }) => inspectorIds.includes(inspectorId)).map(({ unitId }) => unitId))
      return units
    }
    const frozenNow = async (drawId: string, matchingUnitIds: string[]) => {
      const at = clock.now()
      clock.advance(60_000)
      await freeze({ drawId, asOf: at, matchingUnitIds })
    }
    await frozenNow('35'.repeat(32), ['230300-scj'])
    expect(await load(clerk, row('230300-scj-jg', '调转,2026-03-02'))).toMatchObject({ changed: 1 })
    expect(await load(fire, row('230300-xfj', '在岗,'))).toMatchObject({ changed: 1 })
    await frozenNow('36'.repeat(32), ['230300-scj'])
    await frozenNow('37'.repeat(32), ['230300-xfj'])
    expect(await Promise.all(['35', '36', '37'].map((each) => unitsOf(each.repeat(32))))).toEqual([['230300-scj'], [], ['230300-xfj']])
  })

  it('REG-40 leaves out who was not trained by the instant of the draw, where policy says so', async () => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const [header = ''] = inspectorsCsv.split('\n')
    const untrained = `${header}\nSL020,许一,xu1,230300-scj-jg,食品,2029-12-31,无,行政执法类公务员,在岗,\n`
    clock.advance(600_000)
    expect(await clerk.upload('/v1/inspectors/import', untrained, 'text/csv')).toMatchObject({ body: { created: 1 } })
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    const candidates = async (drawId: string, at: string): Promise<number> => {
      await freeze({ drawId, asOf: at })
      let count = 0
      for await (const { inspectors } of client.stream('streamMatchInputs', { drawId, labels: [], itemCodes: [] }, context()))
        count += inspectors.length
      return count
    }
    const before = clock.now()
    clock.advance(60_000)
    expect(await candidates('4a'.repeat(32), before)).toBe(3)
    const pool = await clerk.get<{ items: { inspectorId: string; certificateNumber: string }[] }>('/v1/inspectors')
    const inspectorIds = pool.body.items
      .filter(({ certificateNumber }) => certificateNumber === 'SL020')
      .map(({ inspectorId }) => inspectorId)
    const training = { audience: 'OWN_LEVEL', title: '补训', heldOn: '2026-03-02', inspectorIds }
    expect(await clerk.post('/v1/trainings', training)).toMatchObject({ status: 201 })
    const after = clock.now()
    clock.advance(60_000)
    expect(await candidates('4b'.repeat(32), after)).toBe(4)
    expect(await candidates('4a'.repeat(32), before)).toBe(3)
  })

  it('CRD-09 CRD-07 keeps out a low-risk object drawn before, and without a reason one of grade B', async () => {
    await freeze()
    const drawn = (await rosterOf(request.drawId, false)).filter(({ stratum }) => stratum !== 'UNGRADED').map(({ label }) => label)
    const { snapshot } = await freeze({ drawId: 'b2'.repeat(32), batch: 2, earlierDraws: [{ drawId: request.drawId, labels: drawn }] })
    expect(snapshot.strata).toEqual([
      { stratum: 'A', mapped: 6, eligible: 0 },
      { stratum: 'B', mapped: 3, eligible: 0 },
      { stratum: 'UNGRADED', mapped: 3, eligible: 2 },
    ])
    expect(snapshot.exclusions.counts).toEqual([{ ground: 'MERGED', count: 10 }])
  })

  it('DRW-25 TGT-09 freezes for a task on clues in the place of a plan line, narrowed to its scope', async () => {
    const clueTask = { taskId: 'clue-task-1', clueIds: ['clue-2', 'clue-1'] }
    const targeted = { planId: '', lineId: '', clueTask, byGrade: false }
    const all = { drawId: '71'.repeat(32), ...targeted }
    const { snapshot } = await freeze(all)
    expect(snapshot.strata).toMatchObject([{ stratum: 'ALL', mapped: 12 }])
    expect((await freeze({ ...all, clueTask: { ...clueTask, clueIds: ['clue-1', 'clue-2'] } })).snapshot).toEqual(snapshot)
    await expect(freeze({ ...all, clueTask: { ...clueTask, taskId: 'clue-task-2' } })).rejects.toMatchObject({
      code: 'draw-frozen-differently',
    })

    const scope = { ...noScope, industryPrefixes: ['H62'], regionCodes: ['230302'] }
    const narrowed = await freeze({ drawId: '72'.repeat(32), ...targeted, scope })
    expect(narrowed.snapshot.strata).toMatchObject([{ stratum: 'ALL', mapped: 12 }])
    expect(await openings('72'.repeat(32), [(await rosterOf('72'.repeat(32), false))[0]?.label ?? ''])).toHaveLength(1)
    await expect(freeze({ drawId: '73'.repeat(32), ...targeted, scope: { ...scope, industryPrefixes: ['R89'] } })).rejects.toMatchObject({
      code: 'mapped-set-empty',
    })
    await expect(freeze({ drawId: '74'.repeat(32), ...targeted, scope: { ...scope, regionCodes: ['230400'] } })).rejects.toMatchObject({
      violations: [{ pointer: '/scope/regionCodes/0', code: 'scope-outside-region' }],
    })
  })

  it('DRW-01 PLN-13 REG-28 freezes for a plan line what its items apply to within its scope: nothing else is ever in the roster', async () => {
    const line = { itemCodes: ['TZ-01'], byGrade: false }
    const drawn = async (drawId: string, scope: Partial<DrawScope> | undefined) => {
      await freeze({ drawId, ...line, ...(scope === undefined ? {} : { scope: { ...noScope, ...scope } }) })
      const labels = (await rosterOf(drawId)).map(({ label }) => label)
      return (await openings(drawId, labels)).map(({ objectCode }) => objectCode).sort()
    }
    const all = Array.from({ length: 13 }, (_, index) => creditCode(index + 1)).sort()
    expect(await drawn('75'.repeat(32), undefined)).toEqual(all)
    expect(await drawn('76'.repeat(32), { industryPrefixes: ['C'], kinds: ['OBJECT_KIND_ENTERPRISE'] })).toEqual([creditCode(13)])
    expect(await drawn('77'.repeat(32), { industryPrefixes: ['H62'] })).toEqual(all.filter((code) => code !== creditCode(13)))
    expect(await drawn('78'.repeat(32), { kinds: ['OBJECT_KIND_ENTERPRISE'], regionCodes: ['230302'] })).toEqual(all)
    await expect(drawn('79'.repeat(32), { tags: ['星级饭店'] })).rejects.toMatchObject({ code: 'mapped-set-empty' })
    await expect(drawn('7a'.repeat(32), { kinds: ['OBJECT_KIND_PROJECT'] })).rejects.toMatchObject({ code: 'mapped-set-empty' })
    await expect(drawn('76'.repeat(32), { industryPrefixes: ['C'] })).rejects.toMatchObject({ code: 'draw-frozen-differently' })
    await expect(drawn('7b'.repeat(32), { kinds: ['OBJECT_KIND_UNSPECIFIED'] })).rejects.toMatchObject({
      violations: [{ pointer: '/scope/kinds/0', code: 'malformed-value' }],
    })
  })

  it('PLN-13 CRD-18 CRD-21 counts and keeps within a scope what a draw within it would freeze', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const within = (scope: Partial<DrawScope>, itemCodes: string[] = []) => ({
      itemCodes,
      scoped: [{ itemCodes: ['TZ-01'], scope: { ...noScope, ...scope } }],
    })
    const sets = [within({ industryPrefixes: ['C'] }), within({ industryPrefixes: ['C'] }, ['SP-01']), within({}), within({ tags: ['无'] })]
    const { pools } = await client.unary('countPools', { regionCode: '230300', asOf, sets }, context())
    const sizes = pools.map(({ mapped }) => mapped.reduce((total, { count }) => total + count, 0))
    expect(sizes).toEqual([1, 13, 13, 0])
    const { kept } = await client.unary('keepCandidates', { planId: 'plan-scoped', regionCode: '230300', asOf, sets }, context())
    expect(kept.map(({ mapped }) => mapped)).toEqual(pools.map(({ mapped }) => mapped))
    const outside = { regionCode: '230300', asOf, sets: [within({ regionCodes: ['230400'] })] }
    await expect(client.unary('countPools', outside, context())).rejects.toMatchObject({
      violations: [{ pointer: '/sets/0/scoped/0/scope/regionCodes/0', code: 'scope-outside-region' }],
    })
  })

  it('DRW-25 PLN-11 freezes for one subject: a plan line whole, or a task on clues, never both and never neither', async () => {
    const clueTask = { taskId: 'clue-task-1', clueIds: ['clue-1'] }
    const pointersOf = async (changes: Partial<FreezeRosterRequest>) =>
      freeze({ drawId: '75'.repeat(32), ...changes }).then(
        () => [],
        (error: { violations: readonly { pointer: string }[] }) => error.violations.map(({ pointer }) => pointer),
      )
    expect(await pointersOf({ planId: '', lineId: '' })).toEqual(['/planId', '/lineId'])
    expect(await pointersOf({ lineId: '' })).toEqual(['/lineId'])
    expect(await pointersOf({ clueTask })).toEqual(['/clueTask'])
    expect(await pointersOf({ planId: '', lineId: '', clueTask: { ...clueTask, clueIds: [] } })).toEqual(['/clueTask/clueIds'])
    expect(await pointersOf({ planId: '', lineId: '', clueTask: { ...clueTask, taskId: '' } })).toEqual(['/clueTask/taskId'])
  })

  it('REG-13 DRW-33 refuses an item that is on no list in force', async () => {
    await expect(freeze({ drawId: 'd4'.repeat(32), itemCodes: ['SP-01', 'XX-99'] })).rejects.toMatchObject({
      kind: 'failed-precondition',
      code: 'item-not-in-force',
      meta: { itemCodes: 'XX-99' },
    })
  })

  it('refuses an instant less than 5 s past, takes one exactly 5 s past', async () => {
    const now = Date.parse(clock.now())
    const at = (offset: number) => new Date(now - offset).toISOString()
    await expect(freeze({ drawId: 'e5'.repeat(32), asOf: at(4999) })).rejects.toMatchObject({ code: 'as-of-too-recent' })
    await expect(freeze({ drawId: 'e5'.repeat(32), asOf: at(5000) })).resolves.toBeDefined()
  })

  it('SEC-02 refuses a region that is not the organiser’s', async () => {
    await expect(freeze({ drawId: 'f6'.repeat(32), regionCode: '230400' })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'region-not-allowed',
    })
  })

  it('does not see what was recorded after the instant', async () => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(14), objectRow(1, { status: '吊销' })]), 'text/csv')
    clock.advance(10_000)
    const { snapshot } = await freeze({ drawId: '17'.repeat(32) })
    expect(snapshot.strata.map(({ mapped }) => mapped)).toEqual([6, 3, 3])
    const { snapshot: after } = await freeze({ drawId: '18'.repeat(32), asOf: new Date(Date.parse(clock.now()) - 5000).toISOString() })
    expect(after.strata).toEqual([
      { stratum: 'A', mapped: 6, eligible: 5 },
      { stratum: 'B', mapped: 3, eligible: 3 },
      { stratum: 'UNGRADED', mapped: 4, eligible: 3 },
    ])
  })

  it('REG-28 REG-30 sees an object as it was at the instant: a version holds from its first instant up to, not at, the next one’s', async () => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const add = async (row: string): Promise<string> => {
      clock.advance(60_000)
      expect(await clerk.upload('/v1/objects/import', objectsCsv([row]), 'text/csv')).toMatchObject({ status: 200, body: { rejected: 0 } })
      return clock.now()
    }
    const code = creditCode(21)
    const entered = await add(objectRow(21, { name: '旧名餐馆' }))
    const renamed = await add(objectRow(21, { name: '新名餐馆' }))
    const refitted = await add(objectRow(21, { name: '新名印务', industry: 'C2319' }))
    clock.advance(10_000)
    /** What the object was called at an instant; undefined outside the mapped set. */
    const nameAt = async (drawId: string, at: string, millisecondsBefore = 0): Promise<string | undefined> => {
      await freeze({ drawId: drawId.repeat(32), asOf: new Date(Date.parse(at) - millisecondsBefore).toISOString() })
      const labels = (await rosterOf(drawId.repeat(32))).map(({ label }) => label)
      return (await openings(drawId.repeat(32), labels)).find(({ objectCode }) => objectCode === code)?.name
    }
    expect(await nameAt('21', entered, 1)).toBeUndefined()
    expect(await nameAt('22', entered)).toBe('旧名餐馆')
    expect(await nameAt('23', renamed, 1)).toBe('旧名餐馆')
    expect(await nameAt('24', renamed)).toBe('新名餐馆')
    expect(await nameAt('25', refitted, 1)).toBe('新名餐馆')
    expect(await nameAt('26', refitted)).toBeUndefined()
  })

  it('CRD-01 counts the pool by grade as the freeze maps it', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const counted = await client.unary('countPool', { regionCode: '230300', itemCodes: ['SP-01'], asOf }, context())
    expect(counted.mapped).toEqual([
      { grade: '', count: 3, enterprises: 3 },
      { grade: 'A', count: 6, enterprises: 6 },
      { grade: 'B', count: 3, enterprises: 3 },
    ])
    expect(counted.enterprises).toBe(12)
  })

  it('CRD-08 tells the enterprises of each grade among the objects of every kind, counted and kept alike', async () => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const business = objectsCsv([objectRow(31, { kind: '个体工商户' })])
    expect(await clerk.upload('/v1/objects/import', business, 'text/csv')).toMatchObject({ body: { created: 1 } })
    const since = clock.now()
    clock.advance(10_000)
    const { client, context } = await registry.grpc(['PLANNER'])
    const asked = { regionCode: '230300', asOf: since, sets: [{ itemCodes: ['SP-01'], scoped: [] }] }
    const { pools } = await client.unary('countPools', asked, context())
    const others = pools[0]?.mapped.map(({ grade, count, enterprises }) => [grade, count - enterprises])
    expect(others).toEqual([
      ['', 1],
      ['A', 0],
      ['B', 0],
    ])
    const alone = await client.unary('countPool', { regionCode: '230300', itemCodes: ['SP-01'], asOf: since }, context())
    expect(pools[0]?.mapped).toEqual(alone.mapped)
    const { kept } = await client.unary('keepCandidates', { planId: 'plan-kinds', ...asked }, context())
    expect(kept[0]?.mapped).toEqual(alone.mapped)
  })

  it('CRD-18 counts many pools in one pass, each as it is counted alone', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const { items } = await client.unary('listCheckItems', { regionCode: '230300', at: '2026-03-02' }, context())
    const codes = items.map(({ code }) => code)
    const sets = [...codes.map((code) => [code]), codes, [...codes, ...codes].slice(1, 4), []]
    const instants = [asOf, '2026-02-01T00:00:00.000Z']
    for (const at of instants) {
      const asked = { regionCode: '230300', asOf: at, sets: sets.map((itemCodes) => ({ itemCodes, scoped: [] })) }
      const together = await client.unary('countPools', asked, context())
      const alone = await Promise.all(
        sets.map((itemCodes) => client.unary('countPool', { regionCode: '230300', itemCodes, asOf: at }, context())),
      )
      expect(together.pools.map(({ mapped }) => mapped)).toEqual(alone.map(({ mapped }) => mapped))
      expect(alone.map(({ enterprises }) => enterprises)).toEqual(sets.map(() => together.enterprises))
    }
    expect(codes.length).toBeGreaterThan(1)
  })

  it('CRD-08 CRD-18 counts nothing of items off the lists, and refuses too many sets', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const ask = (sets: readonly (readonly string[])[]) =>
      client.unary(
        'countPools',
        { regionCode: '230300', asOf, sets: sets.map((itemCodes) => ({ itemCodes: [...itemCodes], scoped: [] })) },
        context(),
      )
    await expect(ask([['SP-01'], ['OFF-LIST']])).rejects.toMatchObject({ code: 'item-not-in-force' })
    await expect(ask(Array.from({ length: 5001 }, () => []))).rejects.toMatchObject({ kind: 'invalid' })
    expect(await ask([])).toEqual({ pools: [], enterprises: 12 })
  })

  it('CRD-11 REG-30 compares pools at two instants as they are counted at either, and refuses a second one before the first', async () => {
    const { client, context } = await registry.grpc(['PLANNER'])
    const alone = { itemCodes: [], scope: { ...noScope, industryPrefixes: ['H62'] } }
    const sets = [
      { itemCodes: ['SP-01'], scoped: [] },
      { itemCodes: [], scoped: [alone] },
    ]
    const of = { regionCode: '230300', sets }
    const to = clock.now()
    const { pools } = await client.unary('comparePools', { ...of, from: asOf, to }, context())
    for (const [at, side] of [
      [asOf, 'from'],
      [to, 'to'],
    ] as const) {
      const counted = await client.unary('countPools', { ...of, asOf: at }, context())
      const sizes = pools.map(({ flows }) => flows.reduce((total, flow) => (flow[side] === undefined ? total : total + flow.count), 0))
      expect(sizes).toEqual(counted.pools.map(({ mapped }) => mapped.reduce((total, { count }) => total + count, 0)))
    }
    const [ofItem, ofScope] = pools.map(({ flows }) => flows)
    expect(ofItem).toContainEqual({ from: { grade: 'A', active: true }, to: { grade: 'A', active: false }, count: 1 })
    expect(ofScope).toContainEqual({ from: { grade: 'A', active: true }, to: undefined, count: 1 })
    await expect(client.unary('comparePools', { ...of, from: to, to: asOf }, context())).rejects.toMatchObject({
      violations: [{ pointer: '/to', code: 'malformed-value' }],
    })
    expect((await client.unary('comparePools', { ...of, from: to, to }, context())).pools).toHaveLength(2)
  })

  it('ACC-07 gives K to an auditor only, and records it', async () => {
    await freeze()
    const auditor = await registry.as(['AUDITOR'])
    expect((await auditor.get<{ key: string }>(`/v1/draws/${request.drawId}/key`)).body.key).toMatch(/^[0-9a-f]{64}$/)
    expect(registry.sensitiveReads).toContainEqual(expect.objectContaining({ what: 'draw-key', target: request.drawId }))
    const organiser = await registry.as(['DRAW_ORGANISER'])
    expect(await organiser.get(`/v1/draws/${request.drawId}/key`)).toMatchObject({ status: 403 })
  })
})

describe('K for the superior', () => {
  const wrapped = async (drawId: string) => parseWrappedKey(await registry.text(`/v1/draws/${drawId}/wrapped-key`, ['AUDITOR']))

  it('DRW-31 wraps K once for the superior, who alone opens it, and records who takes it', async () => {
    await freeze()
    const first = await wrapped(request.drawId)
    if (!first.ok) throw new Error(first.error)
    expect(first.value).toMatchObject({ drawId: request.drawId, keyId: 'wrap-230000' })
    const auditor = await registry.as(['AUDITOR'])
    const { key } = (await auditor.get<{ key: string }>(`/v1/draws/${request.drawId}/key`)).body
    const { privateKey } = await superiorWrapKey
    expect(toHex((await unwrapKey(privateKey, first.value)) ?? new Uint8Array(0))).toBe(key)
    // Frozen again, after a crash or not, it is the same K in the same wrapping.
    await freeze()
    expect(await wrapped(request.drawId)).toEqual(first)
    expect(registry.sensitiveReads).toContainEqual(expect.objectContaining({ what: 'draw-wrapped-key', target: request.drawId }))
    const organiser = await registry.as(['DRAW_ORGANISER'])
    expect(await organiser.get(`/v1/draws/${request.drawId}/wrapped-key`)).toMatchObject({ status: 403 })
  })
})

describe('freshness', () => {
  it('DQ-07 keeps with each draw how old its sources were, and flags what is staler than policy allows', async () => {
    const api = await registry.as(['DRAW_ORGANISER'])
    const sourcesOf = async (drawId: string) => (await api.get<{ stale: boolean; sources: object[] }>(`/v1/draws/${drawId}/sources`)).body
    const fresh = { ...request, drawId: 'f1'.repeat(32) }
    await freeze(fresh)
    expect(await sourcesOf(fresh.drawId)).toMatchObject({
      stale: false,
      sources: [
        { dataset: 'OBJECT_POOL', of: '230300-scj', asOf: '2026-03-02T01:10:00.000Z', limitDays: 7, stale: false },
        { dataset: 'INSPECTOR_POOL', of: '230300-scj', asOf: '2026-03-02T01:00:00.000Z', limitDays: 7, stale: false },
        { dataset: 'CREDIT_RESULTS', of: '230300', asOf: '2026-01-30T16:00:00.000Z', limitDays: 31, stale: false },
      ],
    })
    const stale = { ...request, drawId: 'f2'.repeat(32), asOf: '2026-03-10T01:15:00.000Z' }
    clock.advance(Math.max(0, Date.parse('2026-03-10T02:00:00.000Z') - Date.parse(clock.now())))
    await freeze(stale)
    expect(await sourcesOf(stale.drawId)).toMatchObject({
      stale: true,
      sources: [
        { dataset: 'OBJECT_POOL', stale: true },
        { dataset: 'INSPECTOR_POOL', stale: true },
        { dataset: 'CREDIT_RESULTS', stale: true },
      ],
    })
    expect(await (await registry.as(['AUDITOR'], { unitId: '230400-scj' })).get(`/v1/draws/${fresh.drawId}/sources`)).toMatchObject({
      status: 403,
    })
  })

  it('DQ-07 tells whoever freezes which sources were stale', async () => {
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    const stale = await client.unary('freezeRoster', { ...request, drawId: 'f2'.repeat(32), asOf: '2026-03-10T01:15:00.000Z' }, context())
    expect(stale.staleSources).toMatchObject([
      { dataset: 'OBJECT_POOL', of: '230300-scj', limitDays: 7 },
      { dataset: 'INSPECTOR_POOL', of: '230300-scj', limitDays: 7 },
      { dataset: 'CREDIT_RESULTS', of: '230300', asOf: '2026-01-30T16:00:00.000Z', limitDays: 31 },
    ])
    expect((await client.unary('freezeRoster', { ...request, drawId: 'f1'.repeat(32) }, context())).staleSources).toEqual([])
  })

  it('DQ-07 DRW-31 reads and freezes again a draw that was stored before freshness was kept', async () => {
    const drawId = 'f3'.repeat(32)
    const before = await freeze({ drawId })
    const direct = new MongoClient(stackAddress().mongodbUri)
    const stored = await direct
      .db(registry.scope.database)
      .collection<{ _id: string }>('frozen_draws')
      .updateOne({ _id: drawId }, { $unset: { sources: '' } })
    await direct.close()
    expect(stored.modifiedCount).toBe(1)
    const api = await registry.as(['DRAW_ORGANISER'])
    expect(await api.get(`/v1/draws/${drawId}/sources`)).toMatchObject({ status: 200, body: { drawId, stale: null, sources: [] } })
    expect(await freeze({ drawId })).toEqual(before)
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
    expect(await client.unary('freezeRoster', { ...request, drawId }, context())).toMatchObject({ staleSources: [] })
    const objectLabels = (await rosterOf(drawId, false)).map(({ label }) => label).slice(0, 1)
    expect(await openings(drawId, objectLabels)).toHaveLength(1)
  })
})
