import { open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CommandError } from './command.ts'
import { text } from './text.ts'

/** What a failed file operation says, without a stack. */
export const codeOf = (thrown: unknown): string => String((thrown as NodeJS.ErrnoException).code ?? thrown)

/** Writes a new file, synced with its folder; one that is there already is never overwritten. Only its owner may read it where it is `secret`. */
export async function writeNew(path: string, content: string, { secret }: { readonly secret: boolean }): Promise<void> {
  try {
    const handle = await open(path, 'wx', secret ? 0o600 : 0o644)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await syncFolder(dirname(path))
  } catch (thrown) {
    const code = codeOf(thrown)
    if (code === 'EEXIST') throw new CommandError(text(`${path}: 已存在，不覆盖`, `${path}: is there already and is not overwritten`))
    throw new CommandError(text(`${path}: 不能写入（${code}）`, `${path}: cannot be written (${code})`))
  }
}

/** Makes the name of a new file as durable as its content. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The text of a file that holds a secret; one that others may read is refused. */
export async function readSecret(path: string): Promise<string> {
  await requireOwn(path)
  return readGiven(path)
}

export async function readGiven(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

/** Refuses a file of secrets that its group or others may read. Windows has no such bits. */
export async function requireOwn(path: string): Promise<void> {
  const { mode } = await stat(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown)
  })
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new CommandError(
      text(`${path}: 他人可读，先执行 chmod 600 ${path}`, `${path}: others may read it; run chmod 600 ${path}, and ask whether they have`),
    )
  }
}

const unreadable = (path: string, thrown: unknown): CommandError =>
  new CommandError(text(`${path}: 读不到（${codeOf(thrown)}）`, `${path}: cannot be read (${codeOf(thrown)})`))
