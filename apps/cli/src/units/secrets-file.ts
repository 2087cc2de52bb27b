import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ndjson } from '@dual-random/draw'
import { isId, parseCanonicalJson, parseRegionCode } from '@dual-random/kernel'
import * as z from 'zod'
import { CommandError } from '../command.ts'
import { codeOf, readSecret, requireOwn, syncFolder } from '../own-files.ts'
import { text } from '../text.ts'
import { locked } from './file-lock.ts'
import { targetShapes } from './target.ts'

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const id = z.string().refine(isId)
const count = z.number().int().min(1)
const at = z.string()

const secretMembers = {
  type: z.literal('secret'),
  unitId: id,
  regionCode: z.string().refine((code) => parseRegionCode(code) !== undefined),
  hash: z.enum(['sha256', 'sm3']),
  attempt: count,
  drawId: hex32,
  secret: hex32,
  madeAt: at,
}

const shape = z.union([
  ...([targetShapes.line, targetShapes.task, targetShapes.redraw] as const).map((members) =>
    z.strictObject({ ...secretMembers, ...members }),
  ),
  /** The tip stands in the region's log. */
  z.strictObject({ type: z.literal('tip-entered'), drawId: hex32, at }),
  /** The reveal was given to witnesses, the log has it not yet. */
  z.strictObject({ type: z.literal('reveal-handed'), drawId: hex32, commitment: hex32, at }),
  /** The reveal stands in the region's log. */
  z.strictObject({ type: z.literal('reveal-entered'), drawId: hex32, commitment: hex32, at }),
])

/** A line of a unit's secrets file. Lines are only ever added. */
export type SecretLine = Readonly<z.infer<typeof shape>>

/** A secret for one attempt, with all that its drawId derives from. */
export type KeptSecret = Extract<SecretLine, { readonly type: 'secret' }>

/** A secret, and how far it has come. */
export interface SecretState {
  readonly kept: KeptSecret
  readonly isTipEntered: boolean
  readonly reveal: 'none' | 'handed' | 'entered'
}

/** By drawId, in the order in which they were made. */
export type Secrets = ReadonlyMap<string, SecretState>

/** What a secrets file says. What a crash left of its last line is passed over. */
export const readSecrets = async (path: string): Promise<Secrets> => secretsIn(path, wholeLines(await readSecret(path)))

/**
 * Adds to a secrets file what `decide` makes of what it holds, while no other process does; what this answers is on stable storage. Half a line
 * that a crash left is cut off: nobody was told of it.
 */
export function changeSecrets(path: string, decide: (secrets: Secrets) => readonly SecretLine[]): Promise<readonly SecretLine[]> {
  return locked(path, async () => {
    const handle = await opened(path)
    try {
      await requireOwn(path)
      const content = await handle.readFile('utf8')
      const whole = wholeLines(content)
      const size = Buffer.byteLength(whole)
      if (whole.length < content.length) await handle.truncate(size)
      const lines = decide(secretsIn(path, whole))
      await append(handle, lines, size)
      if (size === 0) await syncFolder(dirname(path))
      return lines
    } finally {
      await handle.close()
    }
  })
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a+', 0o600)
  } catch (thrown) {
    throw new CommandError(text(`${path}: 不能写入（${codeOf(thrown)}）`, `${path}: cannot be written (${codeOf(thrown)})`))
  }
}

/** A disk that is full takes a part; the next line must not continue it. */
async function append(handle: FileHandle, lines: readonly SecretLine[], size: number): Promise<void> {
  if (lines.length === 0) return
  try {
    await handle.appendFile(ndjson(lines))
    await handle.sync()
  } catch (thrown) {
    await handle.truncate(size)
    throw thrown
  }
}

const wholeLines = (content: string): string => content.slice(0, content.lastIndexOf('\n') + 1)

function secretsIn(path: string, content: string): Secrets {
  const secrets = new Map<string, SecretState>()
  for (const [index, line] of content.split('\n').slice(0, -1).entries()) {
    const parsed = parseCanonicalJson(line)
    const read = parsed.ok ? shape.safeParse(parsed.value) : undefined
    if (read?.success !== true || !isTaken(secrets, read.data)) {
      throw new CommandError(
        text(
          `${path}: 第 ${index + 1} 行不可用，请用纸质备份恢复到新文件`,
          `${path}: line ${index + 1} does not hold; restore from paper into a new file`,
        ),
      )
    }
  }
  return secrets
}

function isTaken(secrets: Map<string, SecretState>, line: SecretLine): boolean {
  const known = secrets.get(line.drawId)
  if (line.type === 'secret') {
    if (known !== undefined) return false
    secrets.set(line.drawId, { kept: line, isTipEntered: false, reveal: 'none' })
    return true
  }
  if (known === undefined) return false
  const reveal = line.type === 'reveal-entered' ? 'entered' : line.type === 'reveal-handed' ? 'handed' : known.reveal
  secrets.set(line.drawId, { ...known, isTipEntered: known.isTipEntered || line.type === 'tip-entered', reveal })
  return true
}
