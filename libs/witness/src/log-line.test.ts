import { readFileSync } from 'node:fs'
import { ed25519Verify } from '@dual-random/beacon'
import type { LogEntry } from '@dual-random/draw'
import { canonicalJson, type Json } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { isCheckpointSigned, isCosigned, parseCosignedCheckpoint } from './checkpoint.ts'
import { parseKeysFile } from './keys-file.ts'
import { parseGenesis, parseLogLine } from './log-line.ts'
import { drawId, LogBuilder } from './testing/index.ts'

const read = (line: Json): unknown => {
  const parsed = parseLogLine(canonicalJson(line))
  return parsed.ok ? parsed.value : parsed.error.pointer
}
const builder = new LogBuilder().unitKey().definition().tip().snapshot().commitment()
builder.reveal(builder.last.digest).numbers(builder.last.digest).void().approval(drawId).audited(builder.last.digest).failed()
/** A line of every kind; those without a record are all alike. */
const plain = builder.lines.find(({ kind }) => kind === 'snapshot') as LogEntry
const lines = [...builder.lines, ...(['transcript', 'match', 'closed'] as const).map((kind) => ({ ...plain, kind }))]
const withRecord = lines.filter(({ record }) => record !== undefined)
const without = lines.filter(({ record }) => record === undefined)

describe('a line of a region’s log', () => {
  it('DRW-31 is read back, of every kind', () => {
    expect(new Set(lines.map(({ kind }) => kind)).size).toBe(15)
    for (const line of lines) expect(read(line)).toEqual(line)
  })

  it('DRW-31 carries its record where its kind has one, and nowhere else', () => {
    expect(withRecord.map(({ kind }) => kind)).toEqual([
      'genesis',
      'key',
      'definition',
      'tip',
      'reveal',
      'numbers',
      'void',
      'approval',
      'audited',
      'failed',
    ])
    for (const { record, ...line } of withRecord) {
      expect(read(line)).toBe('/record')
      expect(read({ ...line, record: { ...(record as object), more: 1 } })).toBe('/record/more')
    }
    for (const line of without) expect(read({ ...line, record: {} })).toBe('/record')
  })

  it('DRW-31 is of a draw, but for the genesis, keys and definitions of public numbers', () => {
    for (const line of lines) {
      const isOfNone = ['genesis', 'key', 'definition'].includes(line.kind)
      expect(read({ ...line, drawId: isOfNone ? drawId : null })).toBe('/drawId')
    }
  })

  it('DRW-31 has every member in its form, and no other', () => {
    for (const line of lines) {
      for (const name of ['digest', 'head', 'signature', 'keyId', 'receivedAt', 'seq'])
        expect(read({ ...line, [name]: '-' })).toBe(`/${name}`)
      for (const name of ['digest', 'head', 'signature', 'keyId', 'receivedAt', 'seq', 'drawId']) {
        const { [name]: _, ...others } = line as unknown as Record<string, Json>
        expect(read(others)).toBe(`/${name}`)
      }
      expect(read({ ...line, more: 1 })).toBe('/more')
    }
    for (const kind of ['closing', '', null, 'toString']) expect(read({ ...plain, kind })).toBe('/kind')
  })
})

describe('the genesis of a log', () => {
  const genesis = builder.lines[0]?.record as { readonly [name: string]: Json }
  const [registry] = genesis['keys'] as readonly [{ readonly [name: string]: Json }]
  const fault = (change: { readonly [name: string]: Json }): unknown => {
    const parsed = parseGenesis({ ...genesis, ...change })
    return parsed.ok ? 'good' : parsed.error.pointer
  }
  const key = (change: { readonly [name: string]: Json }) => fault({ keys: [{ ...registry, ...change }] })

  it('DRW-31 says whether it is a demonstration, and by which hash it goes', () => {
    for (const demo of [true, false]) expect(fault({ demo })).toBe('good')
    for (const hash of ['sha256', 'sm3']) expect(fault({ hash })).toBe('good')
    expect([fault({ demo: null }), fault({ hash: 'md5' }), fault({ type: 'dual-random/region-log/v2' })]).toEqual([
      '/demo',
      '/hash',
      '/type',
    ])
    expect(parseGenesis(undefined)).toMatchObject({ ok: false, error: { pointer: '' } })
  })

  it('DRW-32 has Ed25519 keys of registry and drawing, and BLS keys of beacons', () => {
    for (const role of ['registry', 'drawing']) expect(key({ role })).toBe('good')
    expect(key({ role: 'beacon' })).toBe('/keys/0/role')
    const beacon = { role: 'beacon', algorithm: 'bls12381-g2', publicKey: '0'.repeat(192) }
    expect(key(beacon)).toBe('good')
    expect(key({ ...beacon, role: 'drawing' })).toBe('/keys/0/role')
    expect(key({ ...beacon, publicKey: '0'.repeat(64) })).toBe('/keys/0/publicKey')
    expect(key({ algorithm: 'rsa' })).toBe('/keys/0/algorithm')
  })
})

describe.each(['sha256', 'sm3'] as const)('the witnessed log of the second implementation, %s', (name) => {
  const hash = { name, digest: (bytes: Uint8Array) => digest(name, bytes) }
  const { files } = JSON.parse(readFileSync(new URL(`../../../tests/vectors/draw/witnessed-${name}.json`, import.meta.url), 'utf8')) as {
    readonly files: Readonly<Record<string, string>>
  }
  const linesOf = (file: string): readonly string[] => (files[file] ?? '').trimEnd().split('\n')
  const pinned = parseKeysFile(files['keys-230300.json'] ?? '')
  if (!pinned.ok) throw new Error(JSON.stringify(pinned.error))

  it('DRW-31 is read line by line', () => {
    for (const line of linesOf('region-log-230300.ndjson'))
      expect(parseLogLine(line)).toEqual({ ok: true, value: JSON.parse(line) as Json })
  })

  it('DRW-32 has checkpoints by its keeper, and cosignatures by the pinned witnesses', () => {
    const genesis = parseGenesis((JSON.parse(linesOf('region-log-230300.ndjson')[0] ?? '') as { readonly record: Json }).record)
    const drawing = genesis.ok ? genesis.value.keys.find(({ role }) => role === 'drawing')?.publicKey : undefined
    let cosigned = 0
    for (const line of linesOf('checkpoints-230300.ndjson')) {
      const parsed = parseCosignedCheckpoint(line)
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
      expect(isCheckpointSigned(hash, parsed.value, drawing ?? '', ed25519Verify)).toBe(true)
      for (const cosignature of parsed.value.cosignatures) {
        const witness = pinned.value.witnesses.find(({ witnessId }) => witnessId === cosignature.witnessId)
        if (witness === undefined) continue
        expect(isCosigned(hash, parsed.value.checkpoint, cosignature, witness, ed25519Verify)).toBe(true)
        cosigned += 1
      }
    }
    expect(cosigned).toBeGreaterThan(2)
  })
})
