import { labelBlinder, rosterText } from '@dual-random/draw'
import {
  type InspectorId,
  type Instant,
  type LocalDate,
  type ObjectId,
  type RegionCode,
  toHex,
  type UnitId,
  utf8,
} from '@dual-random/kernel'
import { hmac, sha256 } from '@dual-random/kernel/hash'
import { expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { MemoryBlobs } from '../../tests/memory-blobs.ts'
import type { CheckObject } from '../domain/check-object.ts'
import type { Inspector } from '../domain/inspector.ts'
import { endOfTime } from '../domain/versions.ts'
import { createSealer } from '../store/sealer.ts'
import { sealDrawFile } from './draw-files.ts'
import { obtainDrawKey } from './draw-keys.ts'
import { labelsPerCall } from './frozen-draw.ts'
import { writeLabelIndex } from './label-index.ts'
import { type MatchFactsDeps, matchFacts } from './match-facts.ts'
import type { FrozenDraw, KeptKey, Sealer } from './ports.ts'

const regionCode = '230300' as RegionCode
const unitId = '230300-scj' as UnitId
const from = '2025-06-01T00:00:00.000Z' as Instant
const origin = { from, to: endOfTime, load: 'file', importId: 'i' }
const hash = { name: 'sha256', digest: sha256, hmac: (key: Uint8Array, bytes: Uint8Array) => hmac('sha256', key, bytes) } as const

const objectOf = (index: number): CheckObject => ({
  objectId: toHex(sha256(utf8(`o${index}`))).slice(0, 32) as ObjectId,
  objectCode: `code-${index}`,
  unitId,
  timeline: [
    {
      ...origin,
      content: { name: `对象${index}`, kind: 'ENTERPRISE', industry: 'H6210', regionCode, address: '', tags: [], status: 'ACTIVE' },
    },
  ],
})

/** A frozen draw over so many objects, which counts what is read of it. */
async function frozenDraw(size: number) {
  const reads = { index: 0, inspectors: 0, homes: 0, recusals: 0, objects: 0 }
  const plain = createSealer(Buffer.alloc(32, 7))
  const sealer: Sealer = {
    seal: plain.seal,
    open: (sealed, purpose) => {
      if (purpose.startsWith('recusal')) reads.recusals++
      if (purpose.endsWith('index')) reads.index++
      return plain.open(sealed, purpose)
    },
  }
  const blobs = new MemoryBlobs()
  const drawId = 'ab'.repeat(32)
  const kept: { key?: KeptKey } = {}
  const draws = {
    get: async () => undefined,
    insert: async () => true,
    keyOf: async (_id: string, propose: () => Promise<KeptKey>) => (kept.key ??= await propose()),
    knownKey: async () => kept.key,
  }
  const makeKey = () => new Uint8Array(32).fill(9)
  const key = await obtainDrawKey({ draws, sealer, makeKey, wrapKey: async () => undefined }, { id: drawId, drawId, regionCode })
  const blind = labelBlinder(hash, key, 'object', drawId)
  const objects = new Map(Array.from({ length: size }, (_, index) => objectOf(index)).map((each) => [each.objectId as string, each]))
  const labelled = [...objects.values()].map((object) => ({ object, label: blind(object.objectCode).label }))
  const ascending = labelled.toSorted((a, b) => (a.label < b.label ? -1 : 1))
  const inspector: Inspector = {
    inspectorId: 'i1' as InspectorId,
    certificateNumber: '1',
    regionCode,
    unitId,
    timeline: [
      {
        ...origin,
        content: {
          name: '张三',
          subject: 'zhang.san',
          homeUnitId: unitId,
          specialities: ['食品'],
          qualificationKind: null,
          qualificationValidFrom: null,
          qualificationValidTo: '2027-12-31' as LocalDate,
          recusal: {
            kind: 'scope',
            digest: 'd',
            sealed: toHex(
              plain.seal(
                utf8(JSON.stringify([{ kind: 'OBJECT', target: ascending.at(-1)?.object.objectCode, ground: '配偶任职' }])),
                'recusal i1',
              ),
            ),
          },
          personnelNature: null,
          status: 'ACTIVE',
          entersOn: null,
          leavesOn: null,
        },
      },
    ],
  }
  const draw = {
    id: drawId,
    regionCode,
    asOf: '2026-03-02T02:00:00.000Z' as Instant,
    items: [checkItem('FOOD')],
    matchingUnitIds: [unitId],
    checkUntil: '2026-12-31' as LocalDate,
    trainedOnly: false,
    files: {
      roster: await blobs.put(utf8(rosterText(ascending.map(({ label }) => ({ label, stratum: 'ALL', excluded: false }))))),
      index: await sealDrawFile(
        blobs,
        sealer,
        drawId,
        'index',
        writeLabelIndex(labelled.map(({ object, label }) => ({ label, objectId: object.objectId }))),
      ),
    },
  } as unknown as FrozenDraw
  const deps = {
    draws,
    blobs,
    sealer,
    hash,
    objects: {
      loadMany: async (ids: readonly string[]) => {
        reads.objects += ids.length
        return new Map(ids.flatMap((id) => (objects.has(id) ? [[id, { state: objects.get(id) }] as const] : [])))
      },
    },
    inspectors: {
      everOfUnits: async function* everOfUnits() {
        reads.inspectors++
        yield inspector
      },
    },
    trainings: { heldBy: async () => [] },
    units: {
      loadMany: async () => {
        reads.homes++
        return new Map()
      },
    },
    madeChecks: { ofObjects: async () => new Map() },
  } as unknown as MatchFactsDeps
  return { deps, draw, reads, lastLabel: ascending.at(-1)?.label }
}

it.each([0, 1, labelsPerCall + 1])('DRW-31 tells the facts of %i labels with one reading of what belongs to the draw', async (size) => {
  const { deps, draw, reads, lastLabel } = await frozenDraw(size)
  const [header, ...lines] = (await matchFacts(deps, draw))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(header).toMatchObject({ type: 'dual-random/match-facts/v1', regionCode })
  const named = { object: { label: lastLabel, recusals: [{ ground: '配偶任职' }] } }
  expect(lines).toMatchObject([{ inspector: { id: 'i1', specialities: ['食品'] } }, ...(size === 0 ? [] : [named])])
  expect(reads).toEqual({ index: size === 0 ? 0 : 1, inspectors: 1, homes: 1, recusals: 1, objects: size })
})
