import { randomUUID } from 'node:crypto'
import { link, open, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError } from '../command.ts'
import { codeOf } from '../own-files.ts'
import { text } from '../text.ts'

const waitMs = 100
const attempts = 100

/**
 * Does some work while no other process on this machine does any under the same path. A lock whose process has died, as by `kill -9`, is taken over;
 * whoever does not give it back within 10 s is named.
 */
export async function locked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`
  const mine = `${lock}.${randomUUID()}`
  const content = `${process.pid} ${hostname()}\n`
  const handle = await open(mine, 'wx', 0o600)
  await handle.writeFile(content)
  await handle.close()
  try {
    await acquire(lock, mine)
  } finally {
    await rm(mine)
  }
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

/** A link appears whole or not at all: nobody ever reads a lock without its holder. */
async function acquire(lock: string, mine: string): Promise<void> {
  let holder = ''
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      await link(mine, lock)
      return
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown
    }
    holder = await readFile(lock, 'utf8').catch(() => '')
    if (holder !== '' && isGone(holder)) await takeAway(lock, holder)
    else await pause(waitMs)
  }
  throw new CommandError(
    text(`${lock}: 正被进程 ${holder.trim()} 占用`, `${lock}: held by process ${holder.trim()}; remove the file if that machine is gone`),
  )
}

function isGone(holder: string): boolean {
  const [pid = '', host] = holder.trim().split(' ')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (thrown) {
    return codeOf(thrown) === 'ESRCH'
  }
}

/** Another process may have taken the dead one's lock away in between, and hold its own. */
async function takeAway(lock: string, holder: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
  } catch {
    return
  }
  const moved = await readFile(aside, 'utf8')
  if (moved !== holder) await link(aside, lock).catch(() => undefined)
  await rm(aside)
}
