import { ed25519Verify } from '@dual-random/beacon'
import type { CommittedBeacon, LogGenesis, Transcript } from '@dual-random/draw'
import type { KeysFile } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { demoBundle, drawing, hashNamed, registry, superior, witnesses } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import { type CityLog, checkLogProofs, checkPinnedGenesis, checkPinnedTerms, cityLogsOf, type LogCrypto } from './check-log.ts'
import { isSigned } from './check-signed.ts'

const crypto: LogCrypto = { hash: hashNamed, verifyEd25519: ed25519Verify }
const files = demoBundle({ witnessed: true })
const { signed, transcript, commitment } = readDraw(files)
const keys = JSON.parse(files.keys ?? '') as KeysFile
const { genesis, entries } = transcript.log
const elsewhere = '0'.repeat(64)

describe('the log’s part in a transcript', () => {
  /** Faults beside the signatures, which are of what stood there before. */
  const judged = (change: Partial<Transcript['log']>, s = commitment, by: LogCrypto = { ...crypto, verifyEd25519: () => true }) =>
    told(checkLogProofs(by, { ...signed, transcript: { ...transcript, log: { ...transcript.log, ...change } } }, s))
  type Proof = (typeof entries)[number]
  const [first, second] = entries as [Proof, Proof]
  const at = (index: number, change: Partial<Proof>) =>
    judged({ entries: entries.with(index, { ...(entries[index] as Proof), ...change }) })
  const place = '/transcript/log/entries'

  it('DRW-31 holds as it was signed', () => {
    expect(judged({}, commitment, { ...crypto, verifyEd25519: ed25519Verify })).toEqual([])
  })

  it('DRW-31 is of this region, by this hash', () => {
    const snapshot = { ...commitment.snapshot, regionCode: '230400' }
    expect(judged({}, { ...commitment, snapshot })).toContain('/transcript/log/genesis/regionCode: differs')
    expect(judged({ genesis: { ...genesis, hash: 'sm3' } })).toContain('/transcript/log/genesis/hash: differs')
  })

  it('DRW-31 has each key under one name, and each name for one key', () => {
    const [one, two, ...others] = genesis.keys as [LogGenesis['keys'][number], LogGenesis['keys'][number]]
    const repeated = '/transcript/log/genesis/keys: repeated-key'
    const held = (...list: readonly object[]) =>
      judged({ genesis: { ...genesis, keys: list as unknown as LogGenesis['keys'] } }).filter((fault) => fault === repeated)
    expect(held(one, two, ...others)).toEqual([])
    expect(held(one, { ...two, publicKey: one.publicKey }, ...others)).toEqual([repeated])
    expect(held(one, two, { ...two, publicKey: elsewhere }, ...others)).toEqual([repeated])
  })

  it('DRW-31 has the entries of snapshot and S, in this order', () => {
    expect(judged({ entries: [first] })).toContain(`${place}: differs`)
    expect(judged({ entries: [second, first] })).toEqual(expect.arrayContaining([`${place}: differs`, `${place}/1/seq: seq-not-ascending`]))
    expect(at(0, { seq: 0 })).toContain(`${place}/0/seq: seq-not-ascending`)
  })

  it('DRW-31 has their links: to the genesis or the entry before where they are next to it, and their own', () => {
    expect(at(0, { head: elsewhere })).toContain(`${place}/0/head: differs`)
    expect(at(1, { previous: elsewhere })).toEqual(expect.arrayContaining([`${place}/1/previous: differs`, `${place}/1/head: differs`]))
    expect(at(0, { digest: elsewhere })).toEqual(expect.arrayContaining([`${place}/0/digest: differs`, `${place}/0/head: differs`]))
    expect(at(1, { digest: elsewhere })).toContain(`${place}/1/digest: differs`)
    // With entries of others in between, what stands before it is theirs.
    expect(second.seq).toBe(first.seq + 1)
    expect(at(1, { seq: second.seq + 1, previous: elsewhere })).not.toContain(`${place}/1/previous: differs`)
  })

  it('DRW-31 is signed: the snapshot by registry as S has it, S and transcript by drawing', () => {
    expect(at(0, { keyId: drawing.keyId })).toEqual([`${place}/0/keyId: unknown-key`, `${place}/0/keyId: differs`])
    expect(at(1, { keyId: registry.keyId })).toEqual([`${place}/1/keyId: unknown-key`])
    expect(at(0, { signature: second.signature })).toEqual([`${place}/0/signature: differs`])
    const other = told(checkLogProofs(crypto, { ...signed, keyId: registry.keyId }, commitment))
    expect(other).toEqual(['/keyId: unknown-key'])
    expect(told(checkLogProofs(crypto, { ...signed, signature: second.signature }, commitment))).toEqual(['/signature: bad-signature'])
    expect(told(checkLogProofs({ ...crypto, verifyEd25519: () => false }, signed, commitment))).toEqual([
      `${place}/0/signature: bad-signature`,
      `${place}/1/signature: bad-signature`,
      '/signature: bad-signature',
    ])
  })

  it('DRW-32 has the key of a self beacon in its genesis', () => {
    const [beacon] = commitment.beacons as [CommittedBeacon]
    const unknown = ['/transcript/log/genesis/keys: self-beacon-key-unknown']
    expect(judged({}, { ...commitment, beacons: [{ ...beacon, publicKey: elsewhere }] })).toEqual(unknown)
    expect(judged({}, { ...commitment, beacons: [{ ...beacon, publicKey: registry.publicKey }] })).toEqual(unknown)
    expect(judged({}, { ...commitment, beacons: [{ ...beacon, kind: 'drand', publicKey: elsewhere }] })).toEqual([])
  })
})

describe('a transcript and the pinned keys', () => {
  const judged = (change: Partial<KeysFile>) => told(checkPinnedGenesis(crypto, transcript.log, { ...keys, ...change }))

  it('DRW-31 has the pinned genesis, of this region and by this hash', () => {
    expect(judged({})).toEqual([])
    expect(judged({ genesis: elsewhere })).toEqual(['/transcript/log/genesis: differs'])
    expect(judged({ regionCode: '230400' })).toEqual(['/transcript/log/genesis/regionCode: differs'])
    expect(judged({ hash: 'sm3' })).toEqual(['/transcript/log/genesis/hash: differs'])
  })

  it('DRW-31 has no key that is the superior’s or a witness’s', () => {
    expect(judged({ superior: { ...superior, publicKey: registry.publicKey } })).toEqual(['/transcript/log/genesis/keys/0: key-of-others'])
    const pinned = keys.witnesses.map((one, index) => (index === 3 ? { ...one, publicKey: drawing.publicKey } : one))
    expect(judged({ witnesses: pinned })).toEqual(['/transcript/log/genesis/keys/1: key-of-others'])
  })

  it('DRW-32 names the pinned number of witnesses and their quorum', () => {
    const named = (count: number, quorum: number) => {
      const [city] = cityLogsOf(signed, { ...commitment, witnesses: { count, quorum } }) as [CityLog]
      return told(checkPinnedTerms(city, commitment, keys))
    }
    expect([named(4, 3), named(5, 3), named(4, 4)]).toEqual([[], ['/witnesses/count: differs'], ['/witnesses/quorum: differs']])
  })

  it('DRW-32 and its least margin, 600 seconds where nothing is said', () => {
    const [city] = cityLogsOf(signed, { ...commitment, witnesses: { count: 4, quorum: 3 } }) as [CityLog]
    const leaving = (marginSeconds: number, pinned: KeysFile = keys) =>
      told(checkPinnedTerms(city, { ...commitment, marginSeconds }, pinned))
    expect([leaving(600), leaving(599)]).toEqual([[], ['/marginSeconds: margin-too-short']])
    const less = { ...keys, leastMarginSeconds: 20 }
    expect([leaving(20, less), leaving(19, less)]).toEqual([[], ['/marginSeconds: margin-too-short']])
  })
})

describe('one signature', () => {
  const of = { kind: 'transcript', regionCode: '230300', drawId: null, digest: elsewhere } as const
  const sound = registry.publicKey
  const signature = entries[0]?.signature ?? ''
  const signedBy = (publicKey: string, text: string, verify = () => true) => isSigned(verify, publicKey, text, of)

  it('DRW-31 is of 64 bytes, by sound points alone, and verified', () => {
    expect(signedBy(sound, signature)).toBe(true)
    expect(signedBy(sound, signature, () => false)).toBe(false)
    for (const text of ['', 'zz', signature.slice(2), `${signature}00`, `${elsewhere}${signature.slice(64)}`, `01${'0'.repeat(126)}`])
      expect(signedBy(sound, text)).toBe(false)
    // Points of small order, and none at all.
    for (const key of [`01${'0'.repeat(62)}`, elsewhere, '', 'zz']) expect(signedBy(key, signature)).toBe(false)
    for (const { publicKey } of witnesses) expect(signedBy(publicKey, signature)).toBe(true)
  })
})
