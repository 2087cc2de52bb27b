import { err, fromHex, ok, type Result } from '@dual-random/kernel'
import { type ChainKey, chainHash } from './chain.ts'
import { isScheme, type Scheme, schemes, schemeTerms } from './scheme.ts'

/** A chain as drand publishes it at /info. Without `genesisSeed` it is not known what its first round was chained to. */
export interface ChainInfo extends ChainKey {
  /** The group hash, in lower-case hex. */
  readonly genesisSeed?: string
}

export type ChainInfoError =
  | { readonly code: 'not-an-object' }
  | { readonly code: 'no-scheme' }
  | { readonly code: 'unknown-scheme'; readonly scheme: string; readonly known: readonly Scheme[] }
  | { readonly code: 'bad-public-key'; readonly scheme: Scheme; readonly bytes: number }
  /** `hash` is not that of the other members. */
  | { readonly code: 'other-hash'; readonly expected: string; readonly found: string }

/** Reads drand's /info: `public_key` and `schemeID` are needed; where all members of the chain hash stand in it, it must be theirs. */
export function parseChainInfo(value: unknown): Result<ChainInfo, ChainInfoError> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err({ code: 'not-an-object' })
  const given = value as Readonly<Record<string, unknown>>
  // drand v2 calls the member `scheme`.
  const scheme = given['schemeID'] ?? given['scheme']
  if (typeof scheme !== 'string') return err({ code: 'no-scheme' })
  if (!isScheme(scheme)) return err({ code: 'unknown-scheme', scheme, known: schemes })
  const publicKey = given['public_key']
  const bytes = schemeTerms(scheme).keyBytes
  if (typeof publicKey !== 'string' || fromHex(publicKey)?.length !== bytes) return err({ code: 'bad-public-key', scheme, bytes })
  const genesisSeed = hexMember(given['groupHash'] ?? given['genesis_seed'])
  const hash = hexMember(given['hash'] ?? given['chain_hash'])
  const expected = hash === undefined ? undefined : expectedHash(given, publicKey, genesisSeed)
  if (hash !== undefined && expected !== undefined && hash !== expected) return err({ code: 'other-hash', expected, found: hash })
  return ok({ scheme, publicKey, ...(genesisSeed === undefined ? {} : { genesisSeed }) })
}

const hexMember = (value: unknown): string | undefined => (typeof value === 'string' && fromHex(value)?.length === 32 ? value : undefined)

function expectedHash(given: Readonly<Record<string, unknown>>, publicKey: string, groupHash: string | undefined): string | undefined {
  const metadata = given['metadata'] as { readonly beaconID?: unknown } | null | undefined
  const periodSeconds = given['period']
  const genesisTime = given['genesis_time']
  const beaconId = metadata?.beaconID ?? given['beacon_id']
  if (groupHash === undefined || !Number.isSafeInteger(periodSeconds) || !Number.isSafeInteger(genesisTime)) return undefined
  if (typeof beaconId !== 'string') return undefined
  return chainHash({ publicKey, groupHash, beaconId, periodSeconds: Number(periodSeconds), genesisTime: Number(genesisTime) })
}
