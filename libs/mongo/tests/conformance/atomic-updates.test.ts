import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, documentOf, openConformance, thrownBy, times } from './bench.ts'

let bench: ConformanceBench

beforeAll(async () => {
  bench = await openConformance()
})
afterAll(() => bench[Symbol.asyncDispose]())

const duplicateKey = 11000
const writers = 32
const claimants = 16

/** Runs so many at once. */
const together = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> => Promise.all(times(count, run))

describe('an update filtered on the version', () => {
  it('is won by exactly one of 32 writers, version by version', async () => {
    const rounds = 15
    const collection = await bench.collection([{ _id: 'a', version: 0, by: [] }])
    for (let version = 0; version < rounds; version++) {
      const outcomes = await together(writers, (by) =>
        collection.updateOne({ _id: 'a', version }, { $set: { version: version + 1 }, $push: { by } } as never),
      )
      expect(outcomes.filter(({ matchedCount, modifiedCount }) => matchedCount === 1 && modifiedCount === 1)).toHaveLength(1)
    }
    const { version, by } = await documentOf<{ version: number; by: readonly number[] }>(collection, 'a')
    expect([version, by.length]).toEqual([rounds, rounds])
  })

  it('that each writer repeats until it wins counts every writer once', async () => {
    const collection = await bench.collection([{ _id: 'a', version: 0, sum: 0 }])
    await together(writers, async (own) => {
      for (;;) {
        const { version, sum } = await documentOf<{ version: number; sum: number }>(collection, 'a')
        const won = await collection.updateOne({ _id: 'a', version }, { $set: { version: version + 1, sum: sum + own } })
        if (won.matchedCount === 1) return
      }
    })
    expect(await collection.findOne({ _id: 'a' })).toEqual({ _id: 'a', version: writers, sum: (writers * (writers - 1)) / 2 })
  })

  it('is seen whole or not at all', async () => {
    const collection = await bench.collection([{ _id: 'a', left: 0, outbox: [0], right: 0 }])
    const written = new AbortController()
    const torn: unknown[] = []
    const readers = together(4, async () => {
      while (!written.signal.aborted) {
        const found = await documentOf<{ left: number; outbox: readonly number[]; right: number }>(collection, 'a')
        if (found.left !== found.right || found.outbox.at(-1) !== found.left) torn.push(found)
      }
    })
    for (let n = 1; n <= 150; n++) await collection.updateOne({ _id: 'a' }, { $set: { left: n, right: n }, $push: { outbox: n } } as never)
    written.abort()
    await readers
    expect(torn).toEqual([])
  })
})

describe('an array inside a document', () => {
  it('takes no more than its bound from 32 writers, by a filter on the element that must not be there', async () => {
    const bound = 10
    const collection = await bench.collection([{ _id: 'a', outbox: [] }])
    const outcomes = await together(writers, (seq) =>
      collection.updateOne({ _id: 'a', [`outbox.${bound - 1}`]: { $exists: false } }, { $push: { outbox: { $each: [{ seq }] } } } as never),
    )
    const accepted = times(writers, (seq) => seq).filter((seq) => outcomes[seq]?.matchedCount === 1)
    const { outbox } = await documentOf<{ outbox: readonly { readonly seq: number }[] }>(collection, 'a')
    expect(accepted).toHaveLength(bound)
    expect(outbox.map(({ seq }) => seq).toSorted((left, right) => left - right)).toEqual(accepted)
  })

  it('takes several in order by one $each, at its end, up to 1,000', async () => {
    const collection = await bench.collection([{ _id: 'a', outbox: [] }])
    const push = (from: number, count: number) =>
      collection.updateOne({ _id: 'a', 'outbox.999': { $exists: false } }, {
        $push: { outbox: { $each: times(count, (index) => from + index) } },
      } as never)
    for (let from = 0; from < 1000; from += 100) expect((await push(from, 100)).matchedCount).toBe(1)
    expect((await push(1000, 1)).matchedCount).toBe(0)
    expect((await collection.findOne({ _id: 'a' }))?.['outbox']).toEqual(times(1000, (index) => index))
  })

  it('pushed to and pulled from at once loses nothing and resurrects nothing', async () => {
    const pushers = 4
    const each = 60
    const collection = await bench.collection([{ _id: 'a', outbox: [] }])
    const pushed: { by: number; seq: number }[] = []
    const pulled: { by: number; seq: number }[] = []
    const allPushed = new AbortController()
    const pulling = (async () => {
      while (!allPushed.signal.aborted || pulled.length < pushed.length - pushers) {
        const one = pushed[pulled.length]
        if (one === undefined) {
          await collection.findOne({ _id: 'a' })
          continue
        }
        // Everything of that pusher up to there, as a relay removes what was acknowledged.
        await collection.updateOne({ _id: 'a' }, { $pull: { outbox: { by: one.by, seq: { $lte: one.seq } } } } as never)
        pulled.push(one)
      }
    })()
    await together(pushers, async (by) => {
      for (let seq = 1; seq <= each; seq++) {
        await collection.updateOne({ _id: 'a' }, { $push: { outbox: { $each: [{ by, seq }] } } } as never)
        pushed.push({ by, seq })
      }
    })
    allPushed.abort()
    await pulling
    const last = (by: number) => Math.max(0, ...pulled.filter((one) => one.by === by).map(({ seq }) => seq))
    const { outbox } = await documentOf<{ outbox: readonly { readonly by: number; readonly seq: number }[] }>(collection, 'a')
    expect(outbox.length).toBeGreaterThan(0)
    for (const by of times(pushers, (index) => index))
      expect(outbox.filter((one) => one.by === by).map(({ seq }) => seq)).toEqual(times(each - last(by), (index) => last(by) + 1 + index))
  })

  it('takes a value once by $addToSet, from 32 writers', async () => {
    const collection = await bench.collection([{ _id: 'a', unitIds: ['u0'] }])
    await together(writers, (index) =>
      collection.updateOne({ _id: 'a' }, { $addToSet: { unitIds: { $each: ['u0', `u${index % 4}`] } } } as never),
    )
    const { unitIds } = await documentOf<{ unitIds: readonly string[] }>(collection, 'a')
    expect(unitIds.toSorted()).toEqual(['u0', 'u1', 'u2', 'u3'])
  })
})

describe('a claim by findOneAndUpdate', () => {
  it('gives each document to one of 16 callers', async () => {
    const due = 100
    const collection = await bench.collection(times(due, (index) => ({ _id: `d${index}`, dueAt: String(index % 10), leasedUntil: '0' })))
    await collection.createIndex({ dueAt: 1 })
    const claims = await together(claimants, async (by) => {
      const own: string[] = []
      for (;;) {
        const claimed = await collection.findOneAndUpdate(
          { dueAt: { $lte: '9' }, leasedUntil: { $lte: '1' } },
          { $set: { leasedUntil: '2', by } },
          { sort: { dueAt: 1, _id: 1 }, returnDocument: 'after' },
        )
        if (claimed === null) return own
        expect(claimed).toMatchObject({ leasedUntil: '2', by })
        own.push(claimed._id)
      }
    })
    expect(claims.flat()).toHaveLength(due)
    expect(new Set(claims.flat()).size).toBe(due)
  })

  it('takes the first by the sort, and returns it as it is then', async () => {
    const collection = await bench.collection([
      { _id: 'a', dueAt: '2', n: 0 },
      { _id: 'b', dueAt: '1', n: 0 },
      { _id: 'c', dueAt: '1', n: 0 },
    ])
    const claim = () =>
      collection.findOneAndUpdate(
        { n: 0 },
        { $set: { n: 1 }, $unset: { gone: '' } },
        { sort: { dueAt: 1, _id: -1 }, returnDocument: 'after' },
      )
    expect([await claim(), await claim(), await claim(), await claim()]).toEqual([
      { _id: 'c', dueAt: '1', n: 1 },
      { _id: 'b', dueAt: '1', n: 1 },
      { _id: 'a', dueAt: '2', n: 1 },
      null,
    ])
  })

  it('of a lease is held by one of 16 until it is over', async () => {
    const collection = await bench.collection([{ _id: 'lease', holder: '', until: 0 }])
    for (const now of [1, 10, 20]) {
      const taken = await together(claimants, (holder) =>
        collection.findOneAndUpdate(
          { _id: 'lease', until: { $lte: now } },
          { $set: { holder, until: now + 5 } },
          { returnDocument: 'after' },
        ),
      )
      expect(taken.filter((one) => one !== null)).toHaveLength(1)
    }
  })
})

describe('an upsert of one id by 16 callers', () => {
  it('whose filter fits only what is not there yet inserts once, the others find the key taken', async () => {
    const collection = await bench.collection()
    const outcomes = await Promise.allSettled(
      times(claimants, (holder) =>
        collection.updateOne({ _id: 'a', $or: [{ holder }, { until: { $lte: 0 } }] }, { $set: { holder, until: 5 } }, { upsert: true }),
      ),
    )
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(won.map(({ upsertedCount }) => upsertedCount)).toEqual([1])
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: number }).code] : []))).toEqual(
      times(claimants - 1, () => duplicateKey),
    )
    expect(await collection.countDocuments({})).toBe(1)
  })

  it('never moves a mark back', async () => {
    const collection = await bench.collection()
    const advance = (seq: number) =>
      collection.updateOne({ _id: 'a', seq: { $lt: seq } }, { $set: { seq } }, { upsert: true }).catch((thrown: { code: number }) => {
        if (thrown.code !== duplicateKey) throw thrown
      })
    await together(claimants, (index) => advance(1 + ((index * 7) % claimants)))
    // A first insert may have met another's: what counts is that the highest can always be reached and nothing lower undoes it.
    await advance(claimants)
    await together(claimants, (index) => advance(index))
    expect(await collection.findOne({ _id: 'a' })).toEqual({ _id: 'a', seq: claimants })
  })

  it('by the id alone replaces whole documents, one of them last', async () => {
    const collection = await bench.collection()
    const outcomes = await together(claimants, (index) =>
      collection.replaceOne({ _id: 'a' }, index % 2 === 0 ? { even: index, same: index } : { odd: index, same: index }, { upsert: true }),
    )
    expect(outcomes.reduce((sum, outcome) => sum + outcome.upsertedCount, 0)).toBe(1)
    const document = await collection.findOne({ _id: 'a' })
    expect(Object.keys(document ?? {})).toHaveLength(3)
    expect(document?.['even'] ?? document?.['odd']).toBe(document?.['same'])
  })
})

describe('updates and deletes of many', () => {
  it('count those that matched, changed or not', async () => {
    const collection = await bench.collection(times(10, (index) => ({ _id: `d${index}`, n: index })))
    expect(await collection.updateMany({ n: { $gte: 5 } }, { $set: { n: 9 } })).toMatchObject({ matchedCount: 5, modifiedCount: 4 })
    expect(await collection.updateMany({ n: 99 }, { $set: { n: 9 } })).toMatchObject({
      matchedCount: 0,
      modifiedCount: 0,
      upsertedCount: 0,
    })
    expect(await collection.deleteMany({ n: 9 })).toMatchObject({ deletedCount: 5 })
    expect(await collection.deleteMany({ _id: 'd0', claim: 'other' })).toMatchObject({ deletedCount: 0 })
    expect(await collection.countDocuments({})).toBe(5)
  })

  it('set and unset paths inside, and leave the rest', async () => {
    const collection = await bench.collection([{ _id: 'a', claim: 'x', state: { n: 1, kept: true } }])
    await collection.updateOne({ _id: 'a' }, { $set: { 'state.n': 2, 'inbox.s': 3 }, $unset: { claim: '', absent: '' } })
    expect(await collection.findOne({ _id: 'a' })).toEqual({ _id: 'a', state: { n: 2, kept: true }, inbox: { s: 3 } })
  })

  it('refuse to change an id', async () => {
    const collection = await bench.collection([{ _id: 'a' }])
    expect((await thrownBy(() => collection.updateOne({ _id: 'a' }, { $set: { _id: 'b' } }))).code).toBe(66)
  })
})
