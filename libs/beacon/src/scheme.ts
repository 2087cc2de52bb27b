/** drand's schemes over BLS12-381. Each message has one signature under a key, so nobody who signs can choose what comes out. */
export const schemes = ['pedersen-bls-chained', 'pedersen-bls-unchained', 'bls-unchained-on-g1', 'bls-unchained-g1-rfc9380'] as const

export type Scheme = (typeof schemes)[number]

/** The scheme of quicknet and of regions' beacons: the only one whose rounds a commitment may name, for a transcript has no previous signature. */
export const drawScheme = 'bls-unchained-g1-rfc9380'

/** Where keys and signatures lie, how a message is hashed to the curve, and whether it holds the previous round's signature. */
export interface SchemeTerms {
  readonly signatureGroup: 'G1' | 'G2'
  /** Domain separation tag of RFC 9380. */
  readonly domain: string
  readonly chained: boolean
  /** Lengths of the compressed points. */
  readonly keyBytes: 48 | 96
  readonly signatureBytes: 48 | 96
}

const g1Domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
const g2Domain = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_'

const onG1 = { signatureGroup: 'G1', keyBytes: 96, signatureBytes: 48 } as const
const onG2 = { signatureGroup: 'G2', keyBytes: 48, signatureBytes: 96 } as const

/** drand, crypto/schemes.go. */
const terms: Readonly<Record<Scheme, SchemeTerms>> = {
  'pedersen-bls-chained': { ...onG2, domain: g2Domain, chained: true },
  'pedersen-bls-unchained': { ...onG2, domain: g2Domain, chained: false },
  // Deprecated by drand: it hashes to G1 under the tag of G2 (drand/kyber-bls12381#22), and its chains stay as they were signed.
  'bls-unchained-on-g1': { ...onG1, domain: g2Domain, chained: false },
  'bls-unchained-g1-rfc9380': { ...onG1, domain: g1Domain, chained: false },
}

export const schemeTerms = (scheme: Scheme): SchemeTerms => terms[scheme]

export const isScheme = (name: unknown): name is Scheme => schemes.some((scheme) => scheme === name)

/** Whether a round is signed together with the signature before it. */
export const isChained = (scheme: Scheme): boolean => terms[scheme].chained
