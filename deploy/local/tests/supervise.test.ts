import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePort, type Supervised, type SupervisedExit, superviseProcess } from '../src/index.ts'
import { accepts, pidOf, runs } from './processes.ts'

const service = fileURLToPath(new URL('./fixtures/service.mjs', import.meta.url))

describe('superviseProcess', () => {
  let folder = ''
  let supervised: Supervised | undefined
  const exits: SupervisedExit[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-random-supervise-'))
    exits.length = 0
  })
  afterEach(async () => {
    await supervised?.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  const start = (port: number, restart: boolean) => {
    supervised = superviseProcess({
      name: 'service',
      command: process.execPath,
      args: [service],
      env: { PORT: String(port), WORD: 'double-random' },
      readyUrl: `http://127.0.0.1:${port}/`,
      logFile: join(folder, 'service.log'),
      restart,
      onExit: (exit) => exits.push(exit),
    })
    return supervised
  }

  const wordOf = async (port: number) => (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text()

  it('starts a killed service again with the same environment, on the same port', async () => {
    const port = await freePort()
    const running = start(port, true)
    await running.ready
    const first = await pidOf(running)
    process.kill(first, 'SIGKILL')
    await vi.waitFor(() => expect(exits).toEqual([{ code: null, signal: 'SIGKILL', willRestart: true }]), { timeout: 5000, interval: 20 })
    await running.ready
    expect(await wordOf(port)).toBe('double-random')
    expect(running.restarts).toBe(1)
    expect([runs(first), runs(await pidOf(running))]).toEqual([false, true])
  })

  it('stops for good: nothing runs, the port is free, nothing is started again', async () => {
    const port = await freePort()
    const running = start(port, true)
    await running.ready
    const pid = await pidOf(running)
    await running.stop()
    expect([runs(pid), running.pid(), await accepts(`127.0.0.1:${port}`)]).toEqual([false, undefined, false])
    expect(exits).toEqual([{ code: null, signal: 'SIGTERM', willRestart: false }])
    await expect(running.ready).rejects.toThrow('service')
  })

  it('leaves a dead process dead when no restart is asked for', async () => {
    const running = start(await freePort(), false)
    await running.ready
    process.kill(await pidOf(running), 'SIGKILL')
    await vi.waitFor(() => expect(exits).toEqual([{ code: null, signal: 'SIGKILL', willRestart: false }]), { timeout: 5000, interval: 20 })
    expect(running.restarts).toBe(0)
  })

  it('gives up a service that never gets ready, and says why', async () => {
    const restarts: number[] = []
    supervised = superviseProcess({
      name: 'planning',
      command: 'sh',
      args: ['-c', 'echo MONGODB_URI is missing; exit 1'],
      readyUrl: `http://127.0.0.1:${await freePort()}/`,
      logFile: join(folder, 'planning.log'),
      restart: true,
      onRestart: (count) => restarts.push(count),
    })
    await expect(supervised.ready).rejects.toThrow(/planning[^]*exit code 1[^]*MONGODB_URI is missing/)
    expect(restarts).toEqual([1, 2, 3, 4])
  })
})
