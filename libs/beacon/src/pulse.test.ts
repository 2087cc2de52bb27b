import { readFileSync } from 'node:fs'
import { toHex } from '@dual-random/kernel'
import { describe, expect, it, vi } from 'vitest'
import { builtInChains, quicknet } from './chain.ts'
import { demoKeys } from './demo.ts'
import { type Pulse, type PulseError, verifyPulse } from './pulse.ts'
import { isScheme, type Scheme, schemes, schemeTerms } from './scheme.ts'
import { newBeaconSecret, signPulse, singleKeyChain } from './sign.ts'

// The first pairing of a process takes seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

interface Vector {
  readonly note: string
  readonly source: string
  readonly pulse: Pulse & { readonly publicKey: string }
  readonly error: PulseError['code'] | null
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../tests/vectors/${path}`, import.meta.url), 'utf8'))
const vectorsOf = (scheme: Scheme) => (read(`beacon/${scheme}.json`) as { readonly vectors: readonly Vector[] }).vectors

const judged = (scheme: Scheme, { publicKey, ...pulse }: Vector['pulse'], genesisSeed?: string) => {
  const verified = verifyPulse({ scheme, publicKey, ...(genesisSeed === undefined ? {} : { genesisSeed }) }, pulse)
  return verified.ok ? null : verified.error.code
}

describe.each(schemes)('%s', (scheme) => {
  const vectors = vectorsOf(scheme)

  it.each(vectors)('DRW-32 judges $note as the vectors do: $error', ({ pulse, error }) => {
    expect(judged(scheme, pulse)).toBe(error)
  })

  it('has rounds that were published, and many that must fail', () => {
    expect(vectors.filter(({ error }) => error === null).length).toBeGreaterThanOrEqual(3)
    expect(vectors.filter(({ error }) => error !== null).length).toBeGreaterThanOrEqual(25)
  })

  it('DRW-32 accepts no round under another scheme', () => {
    const { pulse } = vectors[0] as Vector
    for (const other of schemes.filter((one) => one !== scheme)) expect(judged(other, pulse), other).not.toBeNull()
  })
})

describe('what every scheme refuses', () => {
  const { pulse } = vectorsOf('bls-unchained-g1-rfc9380')[0] as Vector

  it('DRW-32 takes one text for one value: lower-case hex, whole rounds from 1', () => {
    const upper = { ...pulse, signature: pulse.signature.toUpperCase() }
    for (const bad of [upper, { ...pulse, round: 1.5 }, { ...pulse, round: -1 }, { ...pulse, round: 2 ** 53 }])
      expect(judged('bls-unchained-g1-rfc9380', bad)).toBe('bad-encoding')
  })

  it('names the field that is not well formed', () => {
    const fieldOf = (change: Partial<Vector['pulse']>) => {
      const { publicKey, ...given } = { ...pulse, ...change }
      const verified = verifyPulse({ scheme: 'bls-unchained-g1-rfc9380', publicKey }, given)
      return !verified.ok && 'field' in verified.error && verified.error.field
    }
    for (const field of ['signature', 'randomness', 'publicKey'] as const) expect(fieldOf({ [field]: 'xy' })).toBe(field)
    expect(fieldOf({ round: 0 })).toBe('round')
  })

  it('ignores a previous signature where the scheme has none', () => {
    expect(judged('bls-unchained-g1-rfc9380', { ...pulse, previousSignature: 'aa' })).toBeNull()
  })

  it('DRW-32 chains round 1 to the group hash, where that is known', () => {
    const first = vectorsOf('pedersen-bls-chained').find((one) => one.pulse.round === 1)?.pulse as Vector['pulse']
    expect(judged('pedersen-bls-chained', first, builtInChains.default.groupHash)).toBeNull()
    expect(judged('pedersen-bls-chained', first, quicknet.groupHash)).toBe('bad-signature')
  })
})

describe('the schemes', () => {
  it('are known by the names drand gives them and by no other', () => {
    for (const name of schemes) expect(isScheme(name)).toBe(true)
    for (const name of ['', 'bls-bn254-unchained-on-g1', 'constructor', 'PEDERSEN-BLS-CHAINED', undefined])
      expect(isScheme(name)).toBe(false)
  })

  it('hash to G1 under the tag of G2 in the one that drand deprecated', () => {
    expect(schemeTerms('bls-unchained-on-g1').domain).toBe(schemeTerms('pedersen-bls-unchained').domain)
    expect(schemeTerms('bls-unchained-on-g1').signatureGroup).toBe('G1')
  })
})

describe('a chain of one key', () => {
  const secret = demoKeys('seed').beaconSecret('230300')
  const given = { source: 'self/230300', kind: 'self', genesisTime: 0, periodSeconds: 30, beaconId: 'x' } as const

  it('DRW-32 signs pulses that verify, the same every time', () => {
    const chain = singleKeyChain(secret, given)
    expect(verifyPulse(chain, signPulse(secret, 5))).toEqual({ ok: true, value: signPulse(secret, 5) })
    expect(signPulse(secret, 5).randomness).not.toBe(signPulse(secret, 6).randomness)
  })

  it('has a key of its own for every new secret, and refuses what is no scalar', () => {
    const made = [newBeaconSecret(), newBeaconSecret()]
    expect(made.map(({ length }) => length)).toEqual([32, 32])
    expect(new Set(made.map((one) => singleKeyChain(one, given).publicKey)).size).toBe(2)
    expect(new Set(made.map(toHex)).size).toBe(2)
    for (const bad of [new Uint8Array(32), new Uint8Array(32).fill(255)])
      expect(() => singleKeyChain(bad, given)).toThrow(/scalar|group order|private key|multiply/)
  })
})
