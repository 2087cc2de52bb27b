import { createPrivateKey, createPublicKey } from 'node:crypto'
import { toHex } from '@dual-random/kernel'
import { seededKey } from './seeded.ts'

export interface Jwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly d: string
  readonly kid: string
}

/** DER prefix of a PKCS#8 Ed25519 private key (RFC 8410 §7): the 32-byte seed follows. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** An Ed25519 key as private JWK, from the demo's seed and the key's name. */
export function demoJwk(seed: string, kid: string): Jwk {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seededKey(seed, kid)]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const { d = '' } = privateKey.export({ format: 'jwk' })
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid }
}

export const publicJwk = ({ kty, crv, x, kid }: Jwk) => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }) as const

export const demoHexKey = (seed: string, name: string): string => toHex(seededKey(seed, name))

/** The public half of the Ed25519 key whose seed `demoHexKey` gives. */
export const publicHexKey = (seed: string, name: string): string => toHex(Buffer.from(demoJwk(seed, name).x, 'base64url'))
