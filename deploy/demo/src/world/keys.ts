import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { toHex } from '@dual-random/kernel'
import { seededKey } from './seeded.ts'

export interface Jwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly d: string
  readonly kid: string
}

/** The keys of one run by their names: asked again for a name, the same key. */
export interface KeyRing {
  /** 32 bytes in hex: an Ed25519 seed, or a symmetric key. */
  hex(name: string): string
  /** The public half of the Ed25519 key whose seed `hex` gives. */
  publicHex(name: string): string
  /** The same as a private JWK whose `kid` is the name. */
  jwk(name: string): Jwk
}

/** Keys that anybody can make again from the seed: those of the demonstration. */
export const seededKeys = (seed: string): KeyRing => ringOf((name) => seededKey(seed, name))

/** Keys by chance, each for itself; they are gone with this process. */
export function freshKeys(): KeyRing {
  const made = new Map<string, Uint8Array>()
  return ringOf((name) => {
    const key = made.get(name) ?? new Uint8Array(randomBytes(32))
    made.set(name, key)
    return key
  })
}

const ringOf = (bytesOf: (name: string) => Uint8Array): KeyRing => {
  const jwk = (name: string): Jwk => jwkOf(bytesOf(name), name)
  return { hex: (name) => toHex(bytesOf(name)), publicHex: (name) => toHex(Buffer.from(jwk(name).x, 'base64url')), jwk }
}

/** DER prefix of a PKCS#8 Ed25519 private key (RFC 8410 §7): the 32-byte seed follows. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

function jwkOf(seed: Uint8Array, kid: string): Jwk {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const { d = '' } = privateKey.export({ format: 'jwk' })
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid }
}

export const publicJwk = ({ kty, crv, x, kid }: Jwk) => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }) as const
