import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { startKeeper } from './support/keeper.ts'
import { downloaded, draw, drawId, published, regionCode, witnessHome } from './support/mirrored-draw.ts'

const inCheckout = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
/** As npm starts it for `npx dual-random`, and the program that this starts. */
const npx = [inCheckout('apps/cli/bin/dual-random.mjs'), 'witness']
const program = ['--conditions=development', inCheckout('apps/cli/src/main.ts'), 'witness']

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const work of cleanUp.splice(0).toReversed()) await work()
})

interface Started {
  readonly child: ChildProcess
  readonly base: string
}

async function home() {
  const made = await witnessHome()
  cleanUp.push(() => rm(made.folder, { recursive: true, force: true }))
  return made
}

function spawned(words: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, words, { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUp.push(() => child.kill('SIGKILL'))
  return child
}

/** Runs until it says that it is ready, and on which port. */
async function started(words: readonly string[], env: Readonly<Record<string, string>>, source: string): Promise<Started> {
  const keepers = JSON.stringify({ [regionCode]: [source] })
  const child = spawned(words, { ...env, DR_WITNESS_KEEPERS: keepers, DR_WITNESS_MIRROR_S: '1' })
  for await (const line of createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })) {
    const { msg, httpPort } = JSON.parse(line) as { readonly msg: string; readonly httpPort: number }
    if (msg === 'ready') return { child, base: `http://127.0.0.1:${httpPort}` }
  }
  throw new Error('it ended before it was ready')
}

const until = async (check: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 50))
}
const isThere = async (base: string, path: string): Promise<boolean> => (await fetch(`${base}/v1/public/${path}`)).ok
const roster = `draws/${drawId}/roster`

describe('npx dual-random witness', { timeout: 60_000 }, () => {
  it('runs a witness that keeps and serves the public files, until it is told to stop', async () => {
    const { folder, env } = await home()
    await using keeper = await startKeeper(published)
    const { child, base } = await started(npx, env, keeper.url)
    expect((await fetch(`${base}/readyz`)).status).toBe(200)
    await until(() => isThere(base, `draws/${drawId}/openings`))
    await downloaded(base, join(folder, 'fetched'))
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('ends with 78 and names what is wrong with its configuration', async () => {
    const { env } = await home()
    const child = spawned(npx, { ...env, DR_WITNESS_KEY: '00' })
    expect(await once(child, 'exit')).toEqual([78, null])
  })

  it('killed in the middle of a file, shows nothing of it, and keeps it whole once it runs again', async () => {
    const { folder, env } = await home()
    await using keeper = await startKeeper(published)
    keeper.stuck.add(roster)
    const first = await started(program, env, keeper.url)
    await until(() => keeper.asked.includes(roster))
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    keeper.stuck.clear()
    await using empty = await startKeeper({})
    const without = await started(program, env, empty.url)
    expect(await isThere(without.base, roster)).toBe(false)
    without.child.kill('SIGTERM')
    await once(without.child, 'exit')
    const again = await started(program, env, keeper.url)
    await until(() => isThere(again.base, `draws/${drawId}/openings`))
    expect(await (await fetch(`${again.base}/v1/public/${roster}`)).text()).toBe(draw.roster)
    expect(await readdir(join(folder, 'data', regionCode, 'public', 'roster'))).toEqual([drawId])
  })
})
