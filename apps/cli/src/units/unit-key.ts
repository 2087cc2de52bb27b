import { randomBytes } from 'node:crypto'
import { type Ed25519Key, ed25519Key } from '@dual-random/beacon'
import type { Signer } from '@dual-random/draw'
import { canonicalJson, fromHex, isId, parseCanonicalJson, toHex } from '@dual-random/kernel'
import type { KeyRecord } from '@dual-random/witness'
import * as z from 'zod'
import { CommandError } from '../command.ts'
import { readSecret } from '../own-files.ts'
import { text } from '../text.ts'

/** The key with which a unit signs tips and reveals, or its superior admits keys. The seed never leaves its file. */
export type UnitKey = {
  readonly type: 'dual-random/unit-key/v1'
  readonly keyId: string
  readonly unitId: string
  readonly publicKey: string
  /** 32 bytes in hex. */
  readonly seed: string
}

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const id = z.string().refine(isId)
const shape = z.strictObject({ type: z.literal('dual-random/unit-key/v1'), keyId: id, unitId: id, publicKey: hex32, seed: hex32 })

/** A fresh key of a unit. */
export function newUnitKey(unitId: string, keyId: string): UnitKey {
  const seed = new Uint8Array(randomBytes(32))
  return { type: 'dual-random/unit-key/v1', keyId, unitId, publicKey: ed25519Key(seed).publicKey, seed: toHex(seed) }
}

export const unitKeyText = (key: UnitKey): string => `${canonicalJson(key)}\n`

/** The record that the superior signs, so that the unit's key holds in a region's log (§16). */
export const keyRecordOf = ({ keyId, unitId, publicKey }: UnitKey): KeyRecord => ({
  type: 'dual-random/key/v1',
  keyId,
  role: 'unit',
  algorithm: 'ed25519',
  publicKey,
  unitId,
})

export interface UnitSigner extends Signer {
  readonly unitId: string
  readonly publicKey: string
}

/** Reads a key file; its public key must be that of its seed. */
export async function readUnitKey(path: string): Promise<UnitSigner> {
  const parsed = parseCanonicalJson((await readSecret(path)).trimEnd())
  const read = parsed.ok ? shape.safeParse(parsed.value) : undefined
  const key = read?.success === true ? ed25519Key(fromHex(read.data.seed) as Uint8Array) : undefined
  if (read?.success !== true || key?.publicKey !== read.data.publicKey) {
    throw new CommandError(text(`${path}: 不是密钥文件（由 unit key new 生成）`, `${path}: is no key file as unit key new writes it`))
  }
  return signerOf(read.data, key)
}

const signerOf = ({ keyId, unitId, publicKey }: UnitKey, { sign }: Ed25519Key): UnitSigner => ({ keyId, unitId, publicKey, sign })
