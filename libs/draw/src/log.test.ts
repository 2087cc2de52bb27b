import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { genesisOf, signerOf } from '../tests/bundle.ts'
import { sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { appendEntry, checkLog, type LogEntry, openLog } from './log.ts'

const vector = bundleVectors[0]
const genesis = genesisOf(vector)
const signer = signerOf('drawing-230300', vector.drawingSeed)
const at = genesis.startedAt
const digestOf = (text: string): string => toHex(sha256(new TextEncoder().encode(text)))

function logOf(records: readonly string[]): readonly LogEntry[] {
  const entries = [openLog(sha256Hash, genesis, signer, at)]
  for (const record of records) {
    const last = entries.at(-1) as LogEntry
    entries.push(
      appendEntry(sha256Hash, last, { kind: 'tip', drawId: null, digest: digestOf(record), receivedAt: at }, { keyId: 'k', signature: '' }),
    )
  }
  return entries
}

describe('the region log', () => {
  it('DRW-31 holds when nothing was touched', () => {
    const entries = logOf(['a', 'b', 'c'])
    expect(checkLog(sha256Hash, genesis, entries)).toEqual({ ok: true, value: { seq: 3, head: entries[3]?.head } })
  })

  it('DRW-31 breaks at the entry that was removed, swapped or rewritten', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 3, maxLength: 8 }), fc.nat(), (records, pick) => {
        const entries = logOf(records)
        const seq = 1 + (pick % (records.length - 1))
        const renumbered = (list: readonly LogEntry[]) => list.map((entry, index) => ({ ...entry, seq: index }))
        const broken = (list: readonly LogEntry[]) => checkLog(sha256Hash, genesis, list)
        expect(broken(entries.filter((entry) => entry.seq !== seq))).toEqual({
          ok: false,
          error: { code: 'broken-log', seq, reason: 'seq' },
        })
        expect(broken(renumbered(entries.filter((entry) => entry.seq !== seq)))).toEqual({
          ok: false,
          error: { code: 'broken-log', seq, reason: 'head' },
        })
        const rewritten = entries.map((entry) => (entry.seq === seq ? { ...entry, digest: digestOf('forged') } : entry))
        expect(broken(rewritten)).toMatchObject({ ok: false, error: { seq, reason: 'head' } })
      }),
    )
  })

  it('DRW-31 refuses another genesis, a second one and an empty log', () => {
    const entries = logOf(['a'])
    const none = { ok: false, error: { code: 'broken-log', seq: 0, reason: 'genesis' } }
    expect(checkLog(sha256Hash, { ...genesis, demo: false }, entries)).toEqual(none)
    expect(checkLog(sha256Hash, genesis, [])).toEqual(none)
    const first = entries[0] as LogEntry
    const second = appendEntry(sha256Hash, first, { kind: 'genesis', drawId: null, digest: first.digest, receivedAt: at }, signerRecord)
    expect(checkLog(sha256Hash, genesis, [first, second])).toMatchObject({ ok: false, error: { seq: 1, reason: 'genesis' } })
    expect(checkLog(sha256Hash, genesis, [{ ...first, kind: 'tip' }])).toEqual(none)
  })

  it('DRW-31 takes an entry of another kind for no genesis, whatever its digest', () => {
    const [first] = logOf([]) as readonly [LogEntry]
    const alike = appendEntry(sha256Hash, first, { kind: 'tip', drawId: null, digest: first.digest, receivedAt: at }, signerRecord)
    expect(checkLog(sha256Hash, genesis, [first, alike])).toEqual({ ok: true, value: { seq: 1, head: alike.head } })
  })
})

const signerRecord = { keyId: 'drawing-230300', signature: '' }
