import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'

const partOf = (name: string): string => `.${name}.part`

/** What a crash left of a file that was being written. */
export const isPart = (name: string): boolean => name.startsWith('.') && name.endsWith('.part')

/** Writes beside and renames, and makes the rename itself durable: under its name a file is whole or not there. */
export async function putWhole(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const beside = join(folder, partOf(name))
  const handle = await open(beside, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, join(folder, name))
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
