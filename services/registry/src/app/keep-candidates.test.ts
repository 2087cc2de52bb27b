import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { createSealer } from '../store/sealer.ts'
import { candidateLines } from './keep-candidates.ts'
import type { Blobs, PlanCandidates } from './ports.ts'
import { sealParts } from './sealed-parts.ts'

const sealer = createSealer(Buffer.alloc(32, 7))
const [first, second] = ['{"grade":null,"id":"a"}\n', '{"grade":null,"id":"b"}\n'] as const

async function* partsOf(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield utf8(text)
}

/** What the store gives back of a record that was kept as both lines. */
async function read(stored: readonly string[]): Promise<string> {
  const blobs: Pick<Blobs, 'get'> = { get: () => sealParts(sealer, 'plan-candidates c1', partsOf(stored)) }
  const kept: PlanCandidates = {
    id: 'c1',
    planId: 'plan-1',
    regionCode: '230300' as RegionCode,
    itemCodes: ['SP-01'],
    asOf: '2026-03-02T01:00:00.000Z' as Instant,
    unitId: '230300-scj' as UnitId,
    byGrade: [{ grade: '', count: 2 }],
    digest: toHex(sha256(utf8(first + second))),
    blob: 'b1',
    keptBy: 'planner',
    keptAt: '2026-03-02T01:00:00.000Z' as Instant,
  }
  let text = ''
  for await (const part of candidateLines({ blobs: blobs as Blobs, sealer }, kept)) text += new TextDecoder().decode(part)
  return text
}

describe('kept candidates', () => {
  it('CRD-21 are given as they were kept, and not as a whole where lines are missing', async () => {
    expect(await read([first, second])).toBe(first + second)
    await expect(read([first])).rejects.toThrow('not those that were kept')
    await expect(read([first, first])).rejects.toThrow('not those that were kept')
  })
})
