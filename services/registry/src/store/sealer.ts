import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { concatBytes, utf8 } from '@dual-random/kernel'
import type { Sealer } from '../app/ports.ts'

const nonceLength = 12
const tagLength = 16

/** AES-256-GCM (NIST SP 800-38D): nonce, ciphertext, tag; the purpose is authenticated with them, so sealed bytes cannot change places. */
export const createSealer = (key: Uint8Array): Sealer => ({
  seal: (bytes, purpose) => {
    const nonce = randomBytes(nonceLength)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(utf8(purpose))
    return concatBytes([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  },
  open: (sealed, purpose) => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    decipher.setAAD(utf8(purpose))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
    return concatBytes([decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength)), decipher.final()])
  },
})
