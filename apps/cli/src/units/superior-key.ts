import type { KeysFile } from '@dual-random/witness'
import { CommandError } from '../command.ts'
import { text } from '../text.ts'
import { readUnitKey, type UnitSigner } from './unit-key.ts'

/** The key of the pinned superior; refuses any other. */
export async function readSuperior({ superior }: KeysFile, path: string): Promise<UnitSigner> {
  const signer = await readUnitKey(path)
  const { keyId, publicKey } = signer
  if (superior.keyId === keyId && superior.publicKey === publicKey) return signer
  throw new CommandError(
    text(
      `密钥 ${keyId} 不是钉住的上级密钥 ${superior.keyId}（${superior.publicKey}）`,
      `key ${keyId} is not the pinned superior's ${superior.keyId} (${superior.publicKey})`,
    ),
  )
}
