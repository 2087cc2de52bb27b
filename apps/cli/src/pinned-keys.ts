import { type KeysFile, keysFileWords, parseKeysFile } from '@dual-random/witness'
import { CommandError } from './command.ts'
import { readGiven } from './own-files.ts'
import { both, text } from './text.ts'

/** The pinned keys of a region. */
export async function readPinned(path: string): Promise<KeysFile> {
  const read = parseKeysFile(await readGiven(path))
  if (read.ok) return read.value
  throw new CommandError(text(`${path}: ${both(keysFileWords(read.error))}`, 'see dual-random keys check'))
}
