import { type DrawChain, singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import type { Signer } from '@dual-random/draw'
import { toHex } from '@dual-random/kernel'

/** Everyone in a draw of the tests: their keys follow from a text, so that a test can also play who cheats. */
export const keys = demoKeys('verifier tests')

export const regionCode = '230300'

export const hex = (purpose: string, name: string): string => toHex(keys.bytes(purpose, name))

/** A party that signs, and the public key that others know it by. */
export interface Party extends Signer {
  readonly publicKey: string
}

const party = (keyId: string, name: string): Party => ({ keyId, ...keys.ed25519(name) })

/** A city's own keys: what an insider there holds. */
export interface City {
  readonly regionCode: string
  readonly registry: Party
  readonly drawing: Party
}
export const cityOf = (code: string): City => ({
  regionCode: code,
  registry: party(`registry-${code}`, `registry/${code}`),
  drawing: party(`drawing-${code}`, `drawing/${code}`),
})
export const organiser = cityOf(regionCode)
export const { registry, drawing } = organiser

/** Outside the insider's reach: the superior, whose pinned key admits others, a unit with a key of its own, four witnesses. */
export const superior = { unitId: 'superior-230000', ...party('superior-key', 'superior/230000') } as const
export const unit = { unitId: 'auditor-230300', ...party('auditor-key', 'auditor/230300') } as const
export const witnesses: readonly Party[] = ['city-230200', 'city-230800', 'city-230900', 'province-230000'].map((name) =>
  party(name, `witness/${name}`),
)
/** Cosigns too, but nobody has pinned it. */
export const stranger = party('stranger', 'witness/stranger')

const beacon = (name: string, kind: 'self' | 'region', periodSeconds = 30): DrawChain =>
  singleKeyChain(keys.beaconSecret(name), {
    source: `${kind}/${name}`,
    kind,
    genesisTime: Date.parse('2026-01-01T00:00:00Z') / 1000,
    periodSeconds,
    beaconId: 'dual-random',
  })

/** The organiser's own beacon, for demonstrations alone, and those of other cities, one of them slow. */
export const selfChain = beacon(regionCode, 'self')
export const regionChain = beacon('230900', 'region')
export const slowChain = beacon('230500', 'region', 3600)
export const thirdChain = beacon('230400', 'region')
export const fourthChain = beacon('231100', 'region')
/** Those that carry a draw: two where a unit outside the organiser gives a tip, else three (docs/draw-protocol.md §9). */
export const chainsFor = ({ withReveal = false }: { readonly withReveal?: boolean | undefined }): readonly DrawChain[] =>
  withReveal ? [regionChain, slowChain] : [regionChain, slowChain, fourthChain]
export const beaconSecretOf = ({ source }: Pick<DrawChain, 'source'>): Uint8Array => keys.beaconSecret(source.split('/')[1] ?? '')
