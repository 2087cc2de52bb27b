import { toHex } from '@dual-random/kernel'
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'

/** The suite of RFC 9180 A.1: X25519 is no stronger than AES-128, and its published vectors cover the whole of it. */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() })

/** What was sealed: the encapsulated key (32 bytes), and the ciphertext with its tag. */
export interface Sealed {
  readonly enc: Uint8Array
  readonly ciphertext: Uint8Array
}

/** What a sealing is bound to: opened with any other it fails. */
export interface Context {
  readonly info: Uint8Array
  readonly aad: Uint8Array
}

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** Seals to a public key (32 bytes) in base mode; throws for one that is no point. */
export async function seal(publicKey: Uint8Array, plaintext: Uint8Array, { info, aad }: Context): Promise<Sealed> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(bufferOf(publicKey))
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: bufferOf(info) }, bufferOf(plaintext), bufferOf(aad))
  return { enc: new Uint8Array(enc), ciphertext: new Uint8Array(ct) }
}

/** Opens by a private key (32 bytes); undefined where key, context or a bit of it is another. */
export async function open(privateKey: Uint8Array, { enc, ciphertext }: Sealed, { info, aad }: Context): Promise<Uint8Array | undefined> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(bufferOf(privateKey))
    const plaintext = await suite.open({ recipientKey, enc: bufferOf(enc), info: bufferOf(info) }, bufferOf(ciphertext), bufferOf(aad))
    return new Uint8Array(plaintext)
  } catch {
    return undefined
  }
}

/** A key pair of RFC 9180 §7.1.3, always the same from one seed of at least 32 bytes. */
export interface KeyPair {
  readonly privateKey: Uint8Array
  /** 32 bytes in hex. */
  readonly publicKey: string
}

export async function keyPairOf(seed: Uint8Array): Promise<KeyPair> {
  const pair = await suite.kem.deriveKeyPair(bufferOf(seed))
  return {
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
    publicKey: toHex(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey))),
  }
}
