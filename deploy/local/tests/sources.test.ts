import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StackUnavailableError, startLocalStack } from '../src/index.ts'
import { storeFolder } from '../src/store-install.ts'
import { environment } from './processes.ts'

describe('where the parts come from', () => {
  let folder = ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-random-sources-'))
    await mkdir(join(folder, 'bin'))
    await mkdir(join(folder, 'tmp'))
    vi.stubEnv('TMPDIR', join(folder, 'tmp'))
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })

  /** An environment in which only the given programs exist and nothing has been cached. */
  const bare = (extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({ PATH: join(folder, 'bin'), HOME: folder, ...extra })

  async function program(path: string, script: string): Promise<void> {
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
  }

  async function problemsIn(env: NodeJS.ProcessEnv): Promise<StackUnavailableError> {
    const outcome = await startLocalStack({ env }).catch((error: unknown) => error)
    if (outcome instanceof StackUnavailableError) return outcome
    throw new Error('the stack should have been unavailable', { cause: outcome })
  }

  it('given addresses are used as they stand, without a connection', async () => {
    const env = bare({ KAFKA_BROKERS: 'b1.example:9092,b2.example:9092', MONGODB_URI: 'mongodb://db.example/?replicaSet=rs1' })
    await using stack = await startLocalStack({ env })
    expect(stack.kafkaBrokers).toBe('b1.example:9092,b2.example:9092')
    expect(stack.mongodbUri).toBe('mongodb://db.example/?replicaSet=rs1')
    expect(stack.sources).toEqual({ kafka: 'given', store: 'given' })
  })

  it('a machine without any tool is told every missing one and every way out', async () => {
    const { message } = await problemsIn(bare())
    const named = ['java (JDK 17', 'mvn (Apache Maven', 'cargo', 'rustc ≥ 1.95', 'cmake', 'make', 'C compiler', 'docker']
    for (const text of [...named, 'KAFKA_BROKERS=', 'MONGODB_URI=']) expect(message).toContain(text)
  })

  it('only the part that is not given is looked for', async () => {
    expect((await problemsIn(bare({ MONGODB_URI: 'mongodb://db.example' }))).problems.map(({ part }) => part)).toEqual(['kafka'])
    expect((await problemsIn(bare({ KAFKA_BROKERS: 'b:1', MONGODB_URI: '' }))).problems.map(({ part }) => part)).toEqual(['store'])
  })

  it('a tool that is too old is named with the version found', async () => {
    await program(join(folder, 'bin', 'java'), `echo 'openjdk version "16.0.2"' >&2`)
    await program(join(folder, 'bin', 'rustc'), `echo 'rustc 1.94.0 (4a4ef493e 2026-03-02)'`)
    const { message } = await problemsIn(bare())
    expect(message).toContain('found 16')
    expect(message).toContain('found rustc 1.94.0')
  })

  it('a server that ends at once is reported with its log, and leaves nothing behind', async () => {
    const env = environment({ KAFKA_BROKERS: 'b:1', XDG_CACHE_HOME: folder, DOCKER_HOST: `unix://${folder}/no-engine` })
    await mkdir(join(storeFolder(env), 'bin'), { recursive: true })
    await program(join(storeFolder(env), 'bin', 'secantusd-rs'), 'echo "no space left" >&2; exit 3')
    await expect(startLocalStack({ env })).rejects.toThrow(/exit code 3[^]*no space left/)
    expect(await readdir(join(folder, 'tmp'))).toEqual([])
  })
})
