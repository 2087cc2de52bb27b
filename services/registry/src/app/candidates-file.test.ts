import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { MemoryBlobs } from '../../tests/memory-blobs.ts'
import { createSealer } from '../store/sealer.ts'
import { candidateLine, candidateLines, openCandidatesFile } from './candidates-file.ts'
import type { PlanCandidates } from './ports.ts'
import { partSealer } from './sealed-parts.ts'

const sealer = createSealer(Buffer.alloc(32, 7))
const at = '2026-03-02T01:00:00.000Z' as Instant
const [first, second] = ['{"grade":null,"id":"a"}\n', '{"grade":null,"id":"b"}\n'] as const

const record: PlanCandidates = {
  id: 'c1',
  planId: 'plan-1',
  regionCode: '230300' as RegionCode,
  itemCodes: ['SP-01'],
  asOf: at,
  unitId: '230300-scj' as UnitId,
  byGrade: [{ grade: '', count: 2, enterprises: 2 }],
  digest: toHex(sha256(utf8(first + second))),
  blob: 'b1',
  keptBy: 'planner',
  keptAt: at,
}

async function textOf(blobs: MemoryBlobs, kept: PlanCandidates): Promise<string> {
  let text = ''
  for await (const part of candidateLines({ blobs, sealer }, kept)) text += new TextDecoder().decode(part)
  return text
}

describe('kept candidates', () => {
  it('CRD-21 are given as they were kept, and not as a whole where lines are missing', async () => {
    const read = (stored: readonly string[]): Promise<string> => {
      const blobs = new MemoryBlobs()
      const seal = partSealer(sealer, 'plan-candidates c1')
      blobs.stored.set('b1', Buffer.concat(stored.map((text) => seal(utf8(text)))))
      return textOf(blobs, record)
    }
    expect(await read([first, second])).toBe(first + second)
    await expect(read([first])).rejects.toThrow('not those that were kept')
    await expect(read([first, first])).rejects.toThrow('not those that were kept')
  })

  it('CRD-21 say of each its grade, source and as-of, or that it has no grade', () => {
    const result = { source: 'PROFESSIONAL_RESULT', field: '食品', grade: 'H', asOf: at, recordedAt: at } as const
    expect(candidateLine('甲1', result)).toBe(`{"grade":{"asOf":"${at}","source":"PROFESSIONAL_RESULT","value":"H"},"id":"甲1"}\n`)
    expect(candidateLine('甲2', undefined)).toBe('{"grade":null,"id":"甲2"}\n')
  })

  it.each([0, 1, 999, 1000, 1001, 2500])('CRD-21 SEC-04 are written sealed, part by part: %i of them', async (count) => {
    const blobs = new MemoryBlobs()
    const sizes: number[] = []
    blobs.beforeWrite = async (part) => void sizes.push(part.length)
    const file = openCandidatesFile({ blobs, sealer }, 'c1')
    const lines = Array.from({ length: count }, (_, index) => candidateLine(`object-${String(index).padStart(5, '0')}`, undefined))
    for (const [index, line] of lines.entries()) file.add({ line, stratifying: undefined, isWhiteListed: false, isEnterprise: index > 0 })
    await file.write()
    expect(sizes).toHaveLength(Math.floor(count / 1000))
    const { blob, digest, byGrade } = await file.finish()
    expect(sizes).toHaveLength(Math.ceil(count / 1000))
    expect(Math.max(0, ...sizes)).toBeLessThan(1001 * (lines[0]?.length ?? 1))
    expect(digest).toBe(toHex(sha256(utf8(lines.join('')))))
    expect(byGrade).toEqual(count === 0 ? [] : [{ grade: '', count, enterprises: count - 1 }])
    expect(Buffer.from(await blobs.bytes(blob)).includes('object-')).toBe(false)
    expect(await textOf(blobs, { ...record, blob, digest })).toBe(lines.join(''))
  })
})
