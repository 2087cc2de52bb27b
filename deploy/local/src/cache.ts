import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Progress } from './progress.ts'

/** The per-user folder outside the checkout where fetched and built programs are kept, one folder per version. */
export const cacheRoot = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'dual-random')

export type Installation = {
  /** The folder that exists only when complete. */
  readonly target: string
  readonly label: string
  /** Fills `folder`, which does not exist yet; it becomes `target` when this returns. */
  readonly build: (folder: string) => Promise<void>
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** Makes `target` unless it is there. Of several starters one builds, the others wait; an interrupted build leaves no half `target`. */
export async function installOnce({ target, label, build, progress, signal }: Installation): Promise<void> {
  if (existsSync(target)) return
  await mkdir(dirname(target), { recursive: true })
  const release = await lock(`${target}.lock`, signal, () => progress(`等待另一个进程完成: ${label} / waiting for another process`))
  try {
    if (existsSync(target)) return
    await removeLeftovers(target)
    const part = `${target}.${process.pid}.part`
    try {
      await build(part)
      await rename(part, target)
    } finally {
      await rm(part, { recursive: true, force: true })
    }
  } finally {
    await release()
  }
}

async function removeLeftovers(target: string): Promise<void> {
  const prefix = `${basename(target)}.`
  const leftovers = (await readdir(dirname(target))).filter((name) => name.startsWith(prefix) && name.endsWith('.part'))
  for (const name of leftovers) await rm(join(dirname(target), name), { recursive: true, force: true })
}

const beatMs = 2000
const staleMs = 20_000

/**
 * A lock file kept fresh by its holder; one that went stale belonged to a killed process and is taken over.
 * Two holders after a long suspension are harmless: each builds in its own folder and the rename decides.
 */
async function lock(path: string, signal: AbortSignal, onWait: () => void): Promise<() => Promise<void>> {
  let waited = false
  while (!(await tryCreate(path))) {
    if (await isStale(path)) {
      await rm(path, { force: true })
      continue
    }
    if (!waited) onWait()
    waited = true
    await delay(250, undefined, { signal })
  }
  const touch = () => utimes(path, new Date(), new Date()).catch(() => undefined)
  await touch()
  const beat = setInterval(() => void touch(), beatMs)
  return async () => {
    clearInterval(beat)
    await rm(path, { force: true })
  }
}

async function tryCreate(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isStale(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > staleMs
}
