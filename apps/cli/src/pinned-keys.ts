import { assertNever } from '@dual-random/kernel'
import { type KeysFile, type KeysFileError, parseKeysFile } from '@dual-random/witness'
import { CommandError } from './command.ts'
import { readGiven } from './own-files.ts'
import { both, type Text, text } from './text.ts'

/** What is wrong with a keys file, for people. */
export function keysProblem(error: KeysFileError): Text {
  switch (error.code) {
    case 'malformed':
      return text(`${error.pointer || '/'}: 格式不符（${error.reason}）`, `${error.pointer || '/'}: malformed (${error.reason})`)
    case 'quorum-too-small':
      return text(
        `/quorum: 至少 ${error.atLeast}，否则两个法定多数可能没有共同的诚实见证方（2q > n + f）`,
        `/quorum: at least ${error.atLeast}, or two quorums may share no honest witness (2q > n + f)`,
      )
    case 'not-ascending':
      return text(`${error.pointer}: 见证方应按标识升序，不得重复`, `${error.pointer}: witnesses ascend by their id, none twice`)
    case 'key-twice':
      return text(
        `${error.pointer}: 公钥重复，或与上级的相同`,
        `${error.pointer}: this public key stands there already, or is the superior's`,
      )
    default:
      return assertNever(error)
  }
}

/** The pinned keys of a region. */
export async function readPinned(path: string): Promise<KeysFile> {
  const read = parseKeysFile(await readGiven(path))
  if (read.ok) return read.value
  throw new CommandError(text(`${path}: ${both(keysProblem(read.error))}`, 'see dual-random keys check'))
}
