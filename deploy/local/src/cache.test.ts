import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheRoot, installOnce } from './cache.ts'

describe('cacheRoot', () => {
  it('follows XDG_CACHE_HOME, else the home folder', () => {
    expect(cacheRoot({ XDG_CACHE_HOME: '/x', HOME: '/h' })).toBe('/x/dual-random')
    expect(cacheRoot({ XDG_CACHE_HOME: '', HOME: '/h' })).toBe('/h/.cache/dual-random')
  })
})

describe('installOnce', () => {
  let root = ''
  let builds = 0
  const lines: string[] = []

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'dual-random-cache-'))
    builds = 0
    lines.length = 0
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  const install = (build: (folder: string) => Promise<void>, signal = new AbortController().signal) =>
    installOnce({ target: join(root, 'tool-1'), label: 'tool', build, progress: (line) => lines.push(line), signal })

  const good = async (folder: string) => {
    builds += 1
    await mkdir(folder)
    await writeFile(join(folder, 'program'), 'x')
  }

  it('builds once for several starters and leaves nothing but the target', async () => {
    await Promise.all([install(good), install(good), install(good)])
    await install(good)
    expect(builds).toBe(1)
    expect(await readdir(root)).toEqual(['tool-1'])
    expect(lines.some((line) => line.includes('tool'))).toBe(true)
  })

  it('leaves no half target when the build fails, and builds at the next call', async () => {
    const broken = async (folder: string) => {
      await good(folder)
      throw new Error('disk full')
    }
    await expect(install(broken)).rejects.toThrow('disk full')
    expect(await readdir(root)).toEqual([])
    await install(good)
    expect(existsSync(join(root, 'tool-1', 'program'))).toBe(true)
  })

  it('takes over the lock and the leftovers of a killed process', async () => {
    const lock = join(root, 'tool-1.lock')
    await writeFile(lock, '')
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(lock, longAgo, longAgo)
    await mkdir(join(root, 'tool-1.999.part'))
    await install(good)
    expect(await readdir(root)).toEqual(['tool-1'])
  })

  it('respects the lock of a living process, and stops waiting when told to', async () => {
    await writeFile(join(root, 'tool-1.lock'), '')
    await expect(install(good, AbortSignal.timeout(300))).rejects.toThrow('aborted')
    expect(builds).toBe(0)
  })
})
