import { ed25519Verify } from '@dual-random/beacon'
import type { Commitment, CommittedBeacon, LogEntry, LogGenesis, Transcript, TranscriptLog } from '@dual-random/draw'
import { addMs, canonicalJson, type Instant } from '@dual-random/kernel'
import { type CosignedCheckpoint, deadlineMsOf, type KeysFile } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { chainsFor, demoBundle, hashNamed, superior, unit, witnesses } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import type { LogCrypto } from './check-log.ts'
import {
  checkCheckpoints,
  checkRegionBeacons,
  checkTips,
  checkWitnessedCommitment,
  type IsWitnessed,
  isTranscriptWitnessed,
  withoutWitnesses,
  witnessedBy,
} from './check-witnesses.ts'

const files = demoBundle({ witnessed: true, withReveal: true })
const { transcript, commitment, log } = readDraw(files)
const keys = JSON.parse(files.keys ?? '') as KeysFile
const checkpoints = (files.checkpoints ?? '')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as CosignedCheckpoint)
const [first, second] = checkpoints as [CosignedCheckpoint, CosignedCheckpoint]
const lineOf = (kind: LogEntry['kind']): number => log.findIndex((one) => one.kind === kind && one.drawId === commitment.drawId) + 1
const elsewhere = '0'.repeat(64)

describe('the checkpoints of a log', () => {
  const crypto: LogCrypto = { hash: hashNamed, verifyEd25519: ed25519Verify }
  /** Faults beside signatures. */
  const unsigned: LogCrypto = { hash: hashNamed, verifyEd25519: () => true }
  const judged = (list: readonly CosignedCheckpoint[], by = unsigned) => told(checkCheckpoints(by, list, log, transcript.log, keys))
  const over = (one: CosignedCheckpoint, change: Partial<CosignedCheckpoint['checkpoint']>): CosignedCheckpoint => ({
    ...one,
    checkpoint: { ...one.checkpoint, ...change },
  })

  it('DRW-31 holds when keeper and witnesses signed them', () => {
    expect(judged(checkpoints, crypto)).toEqual([])
    expect(judged([], crypto)).toEqual([])
  })

  it('DRW-31 may begin with the genesis, ascends by number and ends with the log', () => {
    const genesis = over(first, { seq: 0, head: log[0]?.head ?? '' })
    expect(judged([genesis, ...checkpoints])).toEqual([])
    expect(judged([first, first])).toEqual(['line 2 /checkpoint/seq: seq-not-ascending'])
    expect(judged([second, first])).toEqual(['line 2 /checkpoint/seq: seq-not-ascending'])
    const last = log.at(-1) as LogEntry
    expect(judged([over(first, { seq: last.seq, head: last.head })])).toEqual([])
    expect(judged([over(first, { seq: log.length, head: last.head })])).toEqual([
      'line 1 /checkpoint/seq: log-ends-before',
      'line 1 /checkpoint/head: differs',
    ])
  })

  it('DRW-31 is of this region’s log, at this head', () => {
    expect(judged([first, over(second, { regionCode: '230400' })])).toEqual(['line 2 /checkpoint/regionCode: differs'])
    expect(judged([over(first, { head: elsewhere })])).toEqual(['line 1 /checkpoint/head: differs'])
  })

  it('DRW-31 is signed by the keeper with its drawing key', () => {
    expect(judged([{ ...first, keyId: 'registry-230300' }])).toEqual(['line 1 /keyId: unknown-key'])
    expect(judged([{ ...first, keyId: 'nobody' }])).toEqual(['line 1 /keyId: unknown-key'])
    expect(judged([{ ...first, signature: second.signature }], crypto)).toEqual(['line 1 /signature: bad-signature'])
    expect(judged([over(first, { seq: second.checkpoint.seq, head: second.checkpoint.head })], crypto)).toContain(
      'line 1 /signature: bad-signature',
    )
  })

  it('DRW-32 has the word of each witness once, in order, and by its own key', () => {
    const [one, two, ...more] = first.cosignatures as [CosignedCheckpoint['cosignatures'][number], never, ...never[]]
    const said = (...cosignatures: CosignedCheckpoint['cosignatures']) => judged([{ ...first, cosignatures }], crypto)
    expect(said(one, one)).toEqual(['line 1 /cosignatures/1: out-of-order'])
    expect(said(two, one, ...more)).toEqual(['line 1 /cosignatures/1: out-of-order'])
    expect(said({ ...one, receivedAt: addMs(one.receivedAt, 1) }, two)).toEqual(['line 1 /cosignatures/0/signature: bad-signature'])
    expect(said(one, { ...one, witnessId: (two as typeof one).witnessId })).toEqual(['line 1 /cosignatures/1/signature: bad-signature'])
    const stranger = first.cosignatures.find(({ witnessId }) => !witnesses.some(({ keyId }) => keyId === witnessId))
    if (stranger === undefined) throw new Error('no stranger')
    expect(said({ ...stranger, receivedAt: addMs(stranger.receivedAt, 1) })).toEqual([])
  })
})

describe('what a quorum of the pinned witnesses held', () => {
  const at = (time: string): Instant => `2026-03-02T${time}.000Z` as Instant
  const seen = (seq: number, ...by: readonly (readonly [witness: number, time: string])[]): CosignedCheckpoint => ({
    ...first,
    checkpoint: { ...first.checkpoint, seq },
    cosignatures: by.map(([witness, time]) => ({
      witnessId: witnesses[witness]?.keyId ?? 'stranger',
      receivedAt: at(time),
      signature: '',
    })),
  })
  const held = (...list: readonly CosignedCheckpoint[]): IsWitnessed => witnessedBy(list, keys)
  const ms = (time: string): bigint => BigInt(Date.parse(at(time)))

  it('DRW-32 is an entry at or before a head that three of four saw, by the instant of the third', () => {
    const isWitnessed = held(seen(5, [0, '01:00:00'], [1, '01:01:00'], [2, '01:02:00']))
    for (const seq of [4, 5]) expect(isWitnessed({ seq })).toBe(true)
    expect(isWitnessed({ seq: 6 })).toBe(false)
    expect(isWitnessed({ seq: 5 }, ms('01:02:00'))).toBe(true)
    expect(isWitnessed({ seq: 5 }, ms('01:02:00') - 1n)).toBe(false)
  })

  it('DRW-32 counts nobody who is not pinned', () => {
    expect(held(seen(5, [0, '01:00:00'], [1, '01:01:00'], [9, '01:01:00']))({ seq: 5 })).toBe(false)
  })

  it('whatever a demonstration without witnesses has in its log counts', () => {
    expect(withoutWitnesses({ seq: 9 }, 0n)).toBe(true)
  })

  it('DRW-31 may be the transcript of this draw', () => {
    const upTo =
      (last: number): IsWitnessed =>
      ({ seq }) =>
        seq <= last
    const seq = lineOf('transcript') - 1
    expect(isTranscriptWitnessed(upTo(seq), log, commitment.drawId)).toBe(true)
    expect(isTranscriptWitnessed(upTo(seq - 1), log, commitment.drawId)).toBe(false)
    expect(isTranscriptWitnessed(upTo(99), log, elsewhere)).toBe(false)
    expect(isTranscriptWitnessed(upTo(99), log.slice(0, seq), commitment.drawId)).toBe(false)
  })
})

describe('S in front of its witnesses', () => {
  const deadlineMs = deadlineMsOf(commitment)
  /** Witnessed, by its deadline, of the lines given. */
  const inTime =
    (...lines: readonly number[]): IsWitnessed =>
    ({ seq }, byMs) =>
      byMs === deadlineMs && lines.includes(seq + 1)
  const s = lineOf('commitment')
  const judged = (isWitnessed: IsWitnessed, lines: readonly LogEntry[] = log, proof: TranscriptLog = transcript.log) =>
    told(checkWitnessedCommitment(isWitnessed, proof, commitment, lines))
  const voided = (seq: number, drawId = commitment.drawId): LogEntry => ({ ...(log[0] as LogEntry), kind: 'void', drawId, seq })

  it('DRW-32 was held in time', () => {
    expect(judged(inTime(s))).toEqual([])
    expect(judged(inTime(s - 1, s + 1))).toEqual([`line ${s}: not-witnessed-in-time`])
  })

  it('DRW-32 stands where the transcript says, in a log that goes so far', () => {
    expect(judged(inTime(s), log.slice(0, s))).toEqual([])
    expect(judged(inTime(s), log.slice(0, s - 1))).toEqual([': not-witnessed-in-time'])
    const without = { ...transcript.log, entries: transcript.log.entries.slice(0, 1) }
    expect(judged(inTime(s), log, without)).toEqual([': not-witnessed-in-time'])
  })

  it('DRW-32 is not void: a void counts before it, and after it while it was held in time', () => {
    const after = log.length
    expect(judged(inTime(s, after + 1), [...log, voided(after)])).toEqual([`line ${after + 1}: draw-void`])
    expect(judged(inTime(s), [...log, voided(after)])).toEqual([])
    expect(judged(inTime(s), log.with(1, voided(1)))).toEqual(['line 2: draw-void'])
    expect(judged(inTime(s, after + 1), [...log, voided(after, elsewhere)])).toEqual([])
  })
})

describe('the tips of S', () => {
  const deadlineMs = deadlineMsOf(commitment)
  const inTime: IsWitnessed = (_, byMs) => byMs === deadlineMs
  const judged = (lines: readonly LogEntry[], s: Commitment = commitment, isWitnessed = inTime) => told(checkTips(isWitnessed, s, lines))
  const [one, two] = commitment.tips as [Commitment['tips'][number], Commitment['tips'][number]]
  const recordsOf = (kind: 'tip' | 'reveal') => log.filter((line) => line.kind === kind)

  it('DRW-32 are those of the log, whatever order they came in', () => {
    expect(judged(log)).toEqual([])
    expect(judged(log.toReversed())).toEqual([])
    expect(judged(log, { ...commitment, tips: [two, one] })).toContain('/tips: differs')
    expect(judged(log, { ...commitment, tips: [one, { ...two, tip: one.tip }] })).toEqual(['/tips: differs'])
    expect(judged(log, { ...commitment, tips: [one] })).toEqual(['/tips: differs'])
    const [tip] = recordsOf('tip') as [LogEntry]
    expect(judged(log.filter((line) => line !== tip))).toEqual(['/tips: differs'])
    expect(judged([...log, { ...tip, drawId: elsewhere }])).toEqual([])
  })

  it('DRW-32 were each opened by the deadline', () => {
    for (const [index, { unitId }] of commitment.tips.entries()) {
      const reveal = recordsOf('reveal').find((line) => (line.record as { readonly unitId: string }).unitId === unitId) as LogEntry
      const missing = [`/tips/${index}: reveal-missing`]
      expect(judged(log.filter((line) => line !== reveal))).toEqual(missing)
      expect(judged(log.map((line) => (line === reveal ? { ...line, drawId: elsewhere } : line)))).toEqual(missing)
      expect(judged(log, commitment, (entry, byMs) => entry.seq !== reveal.seq && inTime(entry, byMs))).toEqual(missing)
    }
    expect([one.unitId, two.unitId]).toEqual([unit.unitId, superior.unitId])
  })
})

describe('the beacons of other regions', () => {
  const { transcript: t, commitment: s, log: lines } = readDraw(demoBundle({ demo: false, witnessed: true }))
  const keyAgeSeconds = 90
  const chains = s.beacons as readonly CommittedBeacon[]
  const sinceMs = BigInt(Date.parse(s.committedAt)) - 90_000n
  /** Held long enough before S. */
  const oldEnough: IsWitnessed = (_, byMs) => byMs === sinceMs
  const judged = (
    given: readonly LogEntry[] = lines,
    { isWitnessed = oldEnough, of = s, by = t }: { isWitnessed?: IsWitnessed; of?: Commitment; by?: Transcript } = {},
  ) => told(checkRegionBeacons(isWitnessed, keyAgeSeconds, by.log, of, given))
  const place = (index: number): string => `/beacons/${index}/publicKey`
  const keyLine = (publicKey: string): LogEntry =>
    lines.find(({ kind, record }) => kind === 'key' && canonicalJson(record ?? null).includes(publicKey)) as LogEntry
  const lineAt = (index: number): LogEntry => keyLine(chains[index]?.publicKey ?? '')
  const changed = (line: LogEntry, change: object) =>
    lines.map((other) => (other === line ? { ...line, record: { ...(line.record as object), ...change } } : other))

  it('DRW-32 have their keys in the log, each long enough before S', () => {
    expect(chains.map(({ publicKey }) => publicKey).sort()).toEqual(
      chainsFor({})
        .map(({ publicKey }) => publicKey)
        .sort(),
    )
    expect(judged()).toEqual([])
    for (const index of [0, 1, 2]) {
      const { seq } = lineAt(index)
      expect(judged(lines, { isWitnessed: (entry, byMs) => entry.seq !== seq && oldEnough(entry, byMs) })).toEqual([
        `${place(index)}: beacon-key-too-young`,
      ])
      expect(judged(lines.filter((line) => line !== lineAt(index)))).toEqual([`${place(index)}: beacon-key-not-in-log`])
      // A key that entered after S, or for another role.
      expect(judged([...lines.filter((line) => line !== lineAt(index)), lineAt(index)])).toContain(`${place(index)}: beacon-key-not-in-log`)
      expect(judged(changed(lineAt(index), { role: 'unit' }))).toEqual([`${place(index)}: beacon-key-not-in-log`])
    }
  })

  it('DRW-32 are run by others than the organiser, and each by another', () => {
    expect(judged(changed(lineAt(0), { unitId: s.organiserUnitId }))).toEqual([`${place(0)}: beacon-not-run-apart`])
    const { unitId } = lineAt(0).record as { readonly unitId: string }
    expect(judged(changed(lineAt(1), { unitId }))).toEqual([`${place(1)}: beacon-not-run-apart`])
  })

  it('DRW-32 are run by none that gives a tip', () => {
    const { unitId } = lineAt(1).record as { readonly unitId: string }
    const tip = { unitId: 'another', tip: elsewhere }
    expect(judged(lines, { of: { ...s, tips: [tip] } })).toEqual([])
    expect(judged(lines, { of: { ...s, tips: [tip, { ...tip, unitId }] } })).toEqual(['/tips/1: tip-by-beacon-operator'])
  })

  it('DRW-32 may have their keys in the genesis of a log that is old enough', () => {
    const named = (source: string): string => `beacon-of-${source.slice(-6)}`
    const inGenesis = (role: 'beacon' | 'registry', startedMs: bigint, keyIdOf = named): Transcript => {
      const beaconKeys = chains.map(({ publicKey, source }) => ({ keyId: keyIdOf(source), role, algorithm: 'bls12381-g2', publicKey }))
      const genesis = {
        ...t.log.genesis,
        keys: [...t.log.genesis.keys, ...beaconKeys] as LogGenesis['keys'],
        startedAt: new Date(Number(startedMs)).toISOString() as Instant,
      }
      return { ...t, log: { ...t.log, genesis } }
    }
    const without = lines.map((line) => (line.kind === 'key' ? { ...line, kind: 'closed' as const } : line))
    expect(judged(without, { by: inGenesis('beacon', sinceMs) })).toEqual([])
    const young = [0, 1, 2].map((index) => `${place(index)}: beacon-key-too-young`)
    expect(judged(without, { by: inGenesis('beacon', sinceMs + 1n) })).toEqual(young)
    expect(judged(without, { by: inGenesis('beacon', sinceMs, (source) => source) })).toEqual(
      [0, 1, 2].map((index) => `/beacons/${index}/source: beacon-key-of-another-region`),
    )
    expect(judged(without, { by: inGenesis('registry', sinceMs) })).toEqual(
      [0, 1, 2].map((index) => `${place(index)}: beacon-key-not-in-log`),
    )
  })

  it('DRW-32 are asked of no other beacon', () => {
    const of = { ...s, beacons: chains.map((one) => ({ ...one, kind: 'drand' as const })) }
    expect(judged([], { of }).filter((one) => one.startsWith('/beacons'))).toEqual([])
  })
})
