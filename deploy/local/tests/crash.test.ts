import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { accepts, commandsNaming, environment, runs, stateOf } from './processes.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const firstStartMs = 900_000 // the store may have to be built

describe('the program that holds a stack', () => {
  let folder = ''
  let holder: ChildProcessByStdio<null, Readable, null>

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-random-crash-'))
    holder = spawn(process.execPath, ['--conditions=development', main], {
      env: environment({ TMPDIR: folder }),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  })
  afterEach(async () => {
    holder.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  async function addresses(): Promise<string[]> {
    let text = ''
    for await (const chunk of holder.stdout) {
      text += String(chunk)
      const found = /KAFKA_BROKERS=(\S+)\nMONGODB_URI=(\S+)\n/.exec(text)
      if (found !== null) return [found[1] ?? '', new URL(found[2] ?? '').host]
    }
    throw new Error('the stack did not start')
  }

  it('killed with SIGKILL, leaves no process, no port and no file', { timeout: firstStartMs }, async () => {
    const servers = await addresses()
    expect(await Promise.all(servers.map(accepts))).toEqual([true, true])
    holder.kill('SIGKILL')
    const left = async () => [...(await Promise.all(servers.map(accepts))), commandsNaming(folder), await readdir(folder)]
    await vi.waitFor(async () => expect(await left()).toEqual([false, false, [], []]), { timeout: 60_000, interval: 100 })
  })

  it('told to stop by SIGTERM, ends cleanly and leaves nothing', { timeout: firstStartMs }, async () => {
    const servers = await addresses()
    holder.kill('SIGTERM')
    expect(await once(holder, 'exit')).toEqual([0, null])
    expect(await Promise.all(servers.map(accepts))).toEqual([false, false])
    expect(commandsNaming(folder)).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a process with private servers', () => {
  it('killed with SIGKILL while one is suspended and one lies between two lives, leaves no process and no file', {
    timeout: firstStartMs,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dual-random-crash-'))
    const program = fileURLToPath(new URL('./fixtures/holder.ts', import.meta.url))
    const holder = spawn(process.execPath, ['--conditions=development', program], {
      env: environment({ TMPDIR: folder }),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    try {
      const [line] = (await once(holder.stdout, 'data')) as [Buffer]
      const { storePid } = JSON.parse(String(line)) as { storePid: number }
      await vi.waitFor(async () => expect([stateOf(storePid), (await readdir(folder)).length]).toEqual(['T', 2]), {
        timeout: 5000,
        interval: 5,
      })
      holder.kill('SIGKILL')
      const left = async () => [runs(storePid), commandsNaming(folder), await readdir(folder)]
      await vi.waitFor(async () => expect(await left()).toEqual([false, [], []]), { timeout: 60_000, interval: 100 })
    } finally {
      holder.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  })
})
