import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type PrivateStore, startPrivateStore } from '../src/index.ts'
import { accepts, commandsNaming, environment, runs, stateOf } from './processes.ts'

const firstStartMs = 900_000 // the store may have to be built

describe('a private store', () => {
  let folder = ''
  let store: PrivateStore

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-random-private-'))
    vi.stubEnv('TMPDIR', folder)
    store = await startPrivateStore({ env: environment() })
  }, firstStartMs)
  afterEach(async () => {
    await store[Symbol.asyncDispose]()
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })

  const connect = () =>
    new MongoClient(store.mongodbUri, { writeConcern: { w: 'majority' }, serverSelectionTimeoutMS: 3000, retryWrites: false })

  /** The signal takes a moment to reach every thread. */
  const suspended = () => vi.waitFor(() => expect(stateOf(store.pid() ?? 0)).toBe('T'), { timeout: 5000, interval: 5 })

  it('killed in the middle of writes, life after life, has every acknowledged document', async () => {
    const acknowledged: string[] = []
    for (let life = 1; life <= 5; life += 1) {
      const client = connect()
      const tasks = client.db('inspection').collection<{ _id: string }>('tasks')
      const writer = async (name: string) => {
        for (let count = 0; ; count += 1) {
          const _id = `${life}-${name}-${count}`
          await tasks.insertOne({ _id })
          acknowledged.push(_id)
        }
      }
      const before = acknowledged.length
      const writers = Promise.allSettled(['a', 'b', 'c', 'd'].map(writer))
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 100), { timeout: 30_000, interval: 1 })
      await store.kill('SIGKILL')
      expect((await writers).map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'rejected'))
      await client.close()

      await store.start()
      await using after = connect()
      const found = after
        .db('inspection')
        .collection<{ _id: string }>('tasks')
        .find({}, { projection: { _id: 1 } })
      const present = new Set((await found.toArray()).map(({ _id }) => _id))
      expect(acknowledged.filter((id) => !present.has(id))).toEqual([])
    }
  })

  it('answers nothing while it is suspended, and what it was asked once it is resumed', async () => {
    await using client = connect()
    await client.db('inspection').collection('tasks').insertOne({ year: 2026 })
    store.suspend()
    await suspended()
    let answered = false
    const asking = client
      .db('inspection')
      .collection('tasks')
      .countDocuments()
      .finally(() => (answered = true))
    expect(await accepts(`127.0.0.1:${store.port}`)).toBe(true)
    expect(answered).toBe(false)
    store.resume()
    expect(await asking).toBe(1)
  })

  it('has one life at a time, on one port, and a new process in each', async () => {
    const first = store.pid() ?? 0
    await expect(store.start()).rejects.toThrow('is running')
    const { exited } = store
    await store.kill('SIGTERM')
    expect(await exited).toEqual({ code: 0, signal: null })
    expect([runs(first), store.pid(), await accepts(`127.0.0.1:${store.port}`)]).toEqual([false, undefined, false])
    await store.kill()
    expect(() => store.suspend()).toThrow('has no process')
    const { ready } = store
    await store.start()
    await ready
    expect([runs(store.pid() ?? 0), store.pid() === first]).toEqual([true, false])
  })

  it('killed while it starts, says so and may be started again', async () => {
    await store.kill()
    const starting = store.start()
    await store.kill()
    await expect(starting).rejects.toThrow('SIGKILL')
    await store.start()
    await using client = connect()
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 })
  })

  it('ends when told to though it is suspended, and takes its data along', async () => {
    store.suspend()
    await store.kill('SIGTERM')
    await store.start()
    store.suspend()
    await store[Symbol.asyncDispose]()
    expect(commandsNaming(folder)).toEqual([])
    expect(await readdir(folder)).toEqual([])
    await expect(store.start()).rejects.toThrow('has been disposed')
  })

  it('leaves data it was given a folder for', async () => {
    const dataDir = join(folder, 'kept')
    const write = async () => {
      await using kept = await startPrivateStore({ env: environment(), dataDir })
      await using client = new MongoClient(kept.mongodbUri)
      const plans = client.db('planning').collection('plans')
      await plans.insertOne({ year: 2026 })
      return await plans.countDocuments()
    }
    expect([await write(), await write()]).toEqual([1, 2])
  })
})
