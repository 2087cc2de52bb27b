import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { spawnTethered } from '../src/tethered.ts'
import { pidOf, runs } from './processes.ts'

const env = process.env
/** Starts a grandchild, writes its pid, and waits for it. */
const family = 'sleep 300 & echo $! ; wait'
/** Does not end on SIGTERM. */
const stubborn = 'trap "" TERM; echo up; while true; do sleep 0.05; done'

describe('a tethered process', () => {
  let folder = ''
  const logFile = () => join(folder, 'out.log')
  const log = () => readFile(logFile(), 'utf8').catch(() => '')

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-random-tether-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const printed = (text: RegExp) => vi.waitFor(async () => expect(await log()).toMatch(text), { timeout: 5000, interval: 20 })

  it('ends with all it started, and its folders are there until stop has returned', async () => {
    const process = spawnTethered({ run: { command: 'sh', args: ['-c', family] }, env, logFile: logFile(), removeAfter: [folder] })
    await printed(/^\d+\n/)
    const [child, grandchild] = [await pidOf(process), Number(await log())]
    expect([runs(child), runs(grandchild)]).toEqual([true, true])
    expect(await process.stop()).toEqual({ code: null, signal: 'SIGTERM' })
    expect([runs(child), runs(grandchild), existsSync(folder), process.pid()]).toEqual([false, false, false, undefined])
  })

  it('takes its grandchildren along when it ends by itself, and leaves its log to be read', async () => {
    const args = ['-c', 'sleep 300 & echo $! ; exit 7']
    const process = spawnTethered({ run: { command: 'sh', args }, env, logFile: logFile(), removeAfter: [folder] })
    expect(await process.exited).toEqual({ code: 7, signal: null })
    expect(runs(Number(await log()))).toBe(false)
    await process.stop()
    expect(existsSync(folder)).toBe(false)
  })

  it('is killed when it does not end within the grace', async () => {
    const process = spawnTethered({ run: { command: 'sh', args: ['-c', stubborn] }, env, logFile: logFile(), graceMs: 200 })
    await printed(/up/)
    expect(await process.stop()).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('ends when told to though it is suspended, and not by the grace', async () => {
    const suspended = spawnTethered({
      run: { command: 'sh', args: ['-c', 'echo up; sleep 300'] },
      env,
      logFile: logFile(),
      graceMs: 300_000,
    })
    await printed(/up/)
    process.kill(await pidOf(suspended), 'SIGSTOP')
    expect(await suspended.stop()).toEqual({ code: null, signal: 'SIGTERM' })
  })

  it('ended, keeps its folders until it is stopped; let go, leaves them to another', async () => {
    const start = (args: readonly string[]) =>
      spawnTethered({ run: { command: 'sh', args }, env, logFile: logFile(), removeAfter: [folder] })
    const first = start(['-c', 'sleep 300'])
    await vi.waitFor(() => expect(first.pid()).toBeDefined(), { timeout: 5000, interval: 20 })
    await first.end('SIGKILL')
    const second = start(['-c', 'sleep 300'])
    first.letGo()
    await first.stop()
    expect(existsSync(folder)).toBe(true)
    await second.stop()
    expect(existsSync(folder)).toBe(false)
  })

  it('says when the command is not there', async () => {
    const exit = await spawnTethered({ run: { command: 'dual-random-no-such-tool', args: [] }, env }).exited
    expect(exit.error).toContain('ENOENT')
  })

  it('runs only after its preparation succeeded', async () => {
    const run = { command: 'sh', args: ['-c', 'echo ran'] }
    const failed = spawnTethered({ prepare: { command: 'sh', args: ['-c', 'exit 4'] }, run, env, logFile: logFile() })
    expect(await failed.exited).toEqual({ code: 4, signal: null })
    expect(await log()).toBe('')
    const prepared = spawnTethered({ prepare: { command: 'sh', args: ['-c', 'echo prepared'] }, run, env, logFile: logFile() })
    await prepared.exited
    expect(await log()).toBe('prepared\nran\n')
  })

  describe('of a parent killed with SIGKILL', () => {
    let parent: ChildProcess | undefined
    afterEach(() => parent?.kill('SIGKILL'))

    it('ends, with its grandchildren and its folder', async () => {
      const module = new URL('../src/tethered.ts', import.meta.url).href
      const options = { run: { command: 'sh', args: ['-c', family] }, env: {}, logFile: logFile(), removeAfter: [folder] }
      const script = `const { spawnTethered } = await import(${JSON.stringify(module)}); spawnTethered(${JSON.stringify(options)})`
      parent = spawn(process.execPath, ['--input-type=module', '--conditions=development', '-e', script], { stdio: 'ignore' })
      await printed(/^\d+\n/)
      const grandchild = Number(await log())
      expect(runs(grandchild)).toBe(true)
      parent.kill('SIGKILL')
      await vi.waitFor(() => expect([runs(grandchild), existsSync(folder)]).toEqual([false, false]), { timeout: 5000, interval: 20 })
    })
  })
})
