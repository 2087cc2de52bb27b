import type { Ed25519Key } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { appendEntry, type DrawHash, genesisDigest, type LogEntry, type LogGenesis, ndjson, signDigest } from '@dual-random/draw'
import { canonicalJson, type Instant, type Json, toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { type Bundle, type Verdict, verifyBundle } from '@dual-random/portal/verify'
import { describe, expect, it } from 'vitest'
import { demoBundle } from './demo-bundle.ts'
import { verifyBundle as verifyAlone } from './verify.mjs'

// The page's part of docs/draw-protocol.md §13.8: pinned keys, checkpoints and cosignatures.

const hash: DrawHash = { name: 'sha256', digest: (bytes) => digest('sha256', bytes) }
const keys = demoKeys('verifier tests')
const regionCode = '230300'
const witnessIds = ['w-1', 'w-2', 'w-3', 'w-4']
const keyOf = (name: string): Ed25519Key => keys.ed25519(name)
const drawing = { keyId: `drawing-${regionCode}`, sign: keyOf(`drawing/${regionCode}`).sign }
const recordDigest = (record: Json): string => toHex(hash.digest(utf8(canonicalJson(record))))

/** S at 01:05, its round at 01:35, a margin of ten minutes. */
const inTime = '2026-03-02T01:25:00.000Z'
const tooLate = '2026-03-02T01:25:00.001Z'

const files = demoBundle({ onCommitment: (s) => ({ ...s, witnesses: { count: 4, quorum: 3 } }) })
const [genesisLine, ...entries] = files.log
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as LogEntry & { readonly record?: LogGenesis })
const genesis = genesisLine?.record
if (genesisLine === undefined || genesis === undefined) throw new Error('no genesis')
const log: readonly LogEntry[] = [genesisLine, ...entries]

const pinned = {
  type: 'dual-random/keys/v1',
  regionCode,
  hash: 'sha256',
  genesis: genesisDigest(hash, genesis),
  superior: { keyId: 'superior', publicKey: keyOf('superior').publicKey, unitId: 'superior-230000' },
  witnesses: witnessIds.map((witnessId) => ({ witnessId, publicKey: keyOf(witnessId).publicKey })),
  quorum: 3,
  tolerated: 1,
}

/** witnessId → when it first held the head; signed by the witness, or by whom `by` says. */
type Seen = Readonly<Record<string, string>>

function checkpoint(seq: number, seen: Seen, lines: readonly LogEntry[] = log, by: (witnessId: string) => string = (id) => id) {
  const said = { type: 'dual-random/checkpoint/v1', regionCode, seq, head: lines[seq]?.head ?? '' }
  const of = recordDigest(said)
  const cosignatures = Object.entries(seen).map(([witnessId, receivedAt]) => {
    const cosigned = recordDigest({ type: 'dual-random/cosignature/v1', checkpoint: of, receivedAt, witnessId })
    const { signature } = signDigest({ keyId: witnessId, sign: keyOf(by(witnessId)).sign }, 'cosignature', regionCode, null, cosigned)
    return { receivedAt, signature, witnessId }
  })
  return { checkpoint: said, cosignatures, ...signDigest(drawing, 'checkpoint', regionCode, null, of) }
}

const commitmentSeen: Seen = { 'w-1': inTime, 'w-2': inTime, 'w-3': inTime }
const transcriptSeen: Seen = { 'w-2': '2026-03-02T02:00:00.000Z', 'w-3': '2026-03-02T02:00:00.000Z', 'w-4': '2026-03-02T02:00:00.000Z' }
const honest = [checkpoint(2, commitmentSeen), checkpoint(3, transcriptSeen)]

const file = (name: string, text: string) => ({ name, bytes: Buffer.from(text, 'utf8') })
const logFile = (lines: readonly Json[]) => file('region-log-230300.ndjson', ndjson(lines))
const checkpointsFile = (lines: readonly Json[]) => file('checkpoints-230300.ndjson', ndjson(lines))
const keysFile = (value: Json) => file('keys-230300.json', `${canonicalJson(value)}\n`)

const whole: Required<Pick<Bundle, 'transcript' | 'commitment' | 'roster' | 'log' | 'checkpoints' | 'keys'>> = {
  transcript: file('transcript.json', files.transcript),
  commitment: file('commitment.json', files.commitment),
  roster: file('roster.ndjson', files.roster),
  log: file('region-log-230300.ndjson', files.log),
  checkpoints: checkpointsFile(honest),
  keys: keysFile(pinned),
}
const said = (verdict: Verdict): string => {
  if (verdict.status === 'DIFFERENT') return `${verdict.file} ${verdict.where}`
  return verdict.status === 'PENDING' ? `PENDING ${verdict.missing}` : verdict.status
}
const saidOf = (change: Partial<Bundle>): string => said(verifyBundle({ ...whole, ...change }))
const without = (...parts: readonly (keyof Bundle)[]): string =>
  said(
    verifyBundle(Object.fromEntries(Object.entries(whole).filter(([part]) => !parts.includes(part as keyof Bundle))) as unknown as Bundle),
  )

describe('witnesses in the page', { timeout: 60_000 }, () => {
  it('DRW-32 make a MATCH where a quorum saw S by the deadline, and the transcript at all', () => {
    expect(saidOf({})).toBe('MATCH')
  })

  it('DRW-32 are asked for by name: PENDING says what is missing', () => {
    expect(without('keys')).toBe('PENDING keys')
    expect(without('log')).toBe('PENDING log')
    expect(without('checkpoints')).toBe('PENDING checkpoints')
    expect(saidOf({ checkpoints: checkpointsFile(honest.slice(0, 1)) })).toBe('PENDING witnesses')
    const three = checkpoint(3, { 'w-1': inTime, 'w-2': inTime })
    expect(saidOf({ checkpoints: checkpointsFile([honest[0] ?? null, three]) })).toBe('PENDING witnesses')
  })

  it('DRW-32 must be a quorum at the deadline, not a millisecond later', () => {
    const late = checkpoint(2, { ...commitmentSeen, 'w-3': tooLate })
    expect(saidOf({ checkpoints: checkpointsFile([late, ...honest.slice(1)]) })).toBe('region-log-230300.ndjson line 3')
    const byFour = checkpoint(2, { ...commitmentSeen, 'w-3': tooLate, 'w-4': inTime })
    expect(saidOf({ checkpoints: checkpointsFile([byFour, ...honest.slice(1)]) })).toBe('MATCH')
  })

  it('DRW-32 count by their pinned keys alone: another signature is a difference, another name nothing', () => {
    const forged = checkpoint(2, commitmentSeen, log, (id) => (id === 'w-2' ? 'w-1' : id))
    expect(saidOf({ checkpoints: checkpointsFile([forged, ...honest.slice(1)]) })).toBe(
      'checkpoints-230300.ndjson line 1 /cosignatures/1/signature',
    )
    const stranger = checkpoint(2, { 'w-1': inTime, 'w-2': inTime, 'x-1': inTime })
    expect(saidOf({ checkpoints: checkpointsFile([stranger, ...honest.slice(1)]) })).toBe('region-log-230300.ndjson line 3')
  })

  it('DRW-32 hold the log that was given: another head, region, order or keeper is a difference', () => {
    const other = log.map((entry) => ({ ...entry, head: 'ab'.repeat(32) }))
    const cases = [
      [[checkpoint(2, commitmentSeen, other)], '1 /checkpoint/head'],
      [honest.toReversed(), '2 /checkpoint/seq'],
      [[{ ...honest[0], signature: honest[1]?.signature }], '1 /signature'],
      [[checkpoint(9, commitmentSeen)], '1 /checkpoint/head'],
    ] as const
    for (const [lines, where] of cases)
      expect(saidOf({ checkpoints: checkpointsFile(lines as unknown as readonly Json[]) })).toBe(`checkpoints-230300.ndjson line ${where}`)
  })

  it('DRW-32 are those that S names, beside the genesis that is pinned', () => {
    expect(saidOf({ keys: keysFile({ ...pinned, quorum: 4 }) })).toBe('commitment.json /witnesses/quorum')
    expect(saidOf({ keys: keysFile({ ...pinned, quorum: 2 }) })).toBe('keys-230300.json /quorum')
    expect(saidOf({ keys: keysFile({ ...pinned, genesis: 'ab'.repeat(32) }) })).toBe('transcript.json /transcript/log/genesis')
    expect(saidOf({ keys: keysFile({ ...pinned, regionCode: '230400' }) })).toBe('transcript.json /transcript/log/genesis/regionCode')
    expect(saidOf({ keys: keysFile({ ...pinned, witnesses: pinned.witnesses.toReversed() }) })).toBe('keys-230300.json /witnesses/1')
    const twice = pinned.witnesses.map((one, index) => (index === 3 ? { ...one, publicKey: pinned.superior.publicKey } : one))
    expect(saidOf({ keys: keysFile({ ...pinned, witnesses: twice }) })).toBe('keys-230300.json /witnesses')
  })

  it('DRW-32 void a draw by the deadline only', () => {
    const record = { type: 'dual-random/void/v1', drawId: files.drawId, reason: 'x' }
    const of = recordDigest(record)
    const last = log.at(-1)
    if (last === undefined) throw new Error('no entry')
    const told = { kind: 'void', drawId: files.drawId, digest: of, receivedAt: inTime as Instant } as const
    const voided = appendEntry(hash, last, { ...told, record }, signDigest(drawing, 'void', regionCode, files.drawId, of))
    const longer = [...log, voided]
    const seenAt = (at: string) => [...honest, checkpoint(4, { 'w-1': at, 'w-2': at, 'w-3': at }, longer)]
    const change = (at: string) => ({ log: logFile(longer), checkpoints: checkpointsFile(seenAt(at)) })
    expect(saidOf(change(inTime))).toBe('region-log-230300.ndjson line 5')
    expect(saidOf(change(tooLate))).toBe('MATCH')
    const otherReason = longer.map((entry) => (entry.kind === 'void' ? { ...entry, record: { ...record, reason: 'y' } } : entry))
    expect(saidOf({ log: logFile(otherReason) })).toBe('region-log-230300.ndjson line 5 /digest')
  })
})

describe('both verifiers on a witnessed draw', { timeout: 60_000 }, () => {
  const {
    drawId,
    transcript,
    commitment,
    roster,
    openings,
    log: logText,
    checkpoints = '',
    keys: keysText = '',
  } = demoBundle({
    witnessed: true,
    withReveal: true,
  })
  const bundle = {
    transcript: file(`transcript-${drawId}.json`, transcript),
    commitment: file(`commitment-${drawId}.json`, commitment),
    roster: file(`rosters/${drawId}.ndjson`, roster),
    openings: file(`openings/${drawId}.ndjson`, openings),
    log: file(`region-log-${regionCode}.ndjson`, logText),
    checkpoints: file(`checkpoints-${regionCode}.ndjson`, checkpoints),
    keys: file(`keys-${regionCode}.json`, keysText),
  }
  const both = async (given: Omit<typeof bundle, 'keys'>): Promise<readonly string[]> => [
    verifyBundle(given).status,
    (await verifyAlone(given, { demo: true })).status,
  ]

  it('DRW-32 say MATCH with tips, reveals, keys of units and cosignatures, and PENDING without the pinned keys', async () => {
    expect(await both(bundle)).toEqual(['MATCH', 'MATCH'])
    const { keys: _keys, ...unpinned } = bundle
    expect(await both(unpinned)).toEqual(['PENDING', 'PENDING'])
  })
})
