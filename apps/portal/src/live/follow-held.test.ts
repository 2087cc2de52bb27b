import { demoBundle } from '@dual-random/verify/testing'
import { checkpointOf, checkpointsText } from '@dual-random/witness'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commitmentIn } from '../work/held.ts'
import { followHeld, type Held, type HeldQuery, inTime } from './follow-held.ts'

const { drawId, log } = demoBundle({ objects: 20 })
const seq = commitmentIn(log, drawId).entry?.seq ?? Number.NaN
const receivedAt = '2026-03-02T00:10:00.000Z' as const
const heldBy = (...witnessIds: readonly string[]): string =>
  checkpointsText([
    {
      checkpoint: checkpointOf('230300', { seq, head: 'a'.repeat(64) }),
      keyId: 'drawing',
      signature: 'b'.repeat(128),
      cosignatures: witnessIds.map((witnessId) => ({ witnessId, receivedAt: receivedAt as never, signature: 'c'.repeat(128) })),
    },
  ])

const query: HeldQuery = {
  drawId,
  regionCode: '230300',
  seq: undefined,
  quorum: 2,
  deadlineMs: BigInt(Date.parse(receivedAt)),
  isOver: false,
}

/** What is asked of a network with these logs and checkpoints in turn, the last for good, in a minute; a number is a status without a text. */
async function followed(changes: Partial<HeldQuery>, logs: readonly string[], checkpoints: readonly (string | number)[]) {
  const asked: string[] = []
  const left = { log: [...logs], checkpoints: [...checkpoints] }
  vi.stubGlobal('fetch', (path: string) => {
    const file = path.endsWith('/checkpoints') ? 'checkpoints' : 'log'
    asked.push(file)
    const answer = (left[file].length > 1 ? left[file].shift() : left[file][0]) ?? 404
    return Promise.resolve(typeof answer === 'number' ? new Response('{}', { status: answer }) : new Response(answer))
  })
  const told: Held[] = []
  const failures: string[] = []
  const leave = followHeld(
    { ...query, ...changes },
    (held) => told.push(held),
    (reason) => failures.push(reason),
  )
  await vi.advanceTimersByTimeAsync(60_000)
  leave()
  const last = asked.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(last)
  return { asked, failures, counts: told.map(({ holders }) => holders && inTime(holders)), told }
}

describe('following who holds S', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('DRW-31 asks for the checkpoints until a quorum held it in time, and for the log once', async () => {
    const { asked, counts } = await followed({}, [log], [404, heldBy('w1'), heldBy('w1', 'w2'), heldBy('w1', 'w2', 'w3')])
    expect([asked, counts]).toEqual([
      ['log', 'checkpoints', 'checkpoints', 'checkpoints'],
      [0, 1, 2],
    ])
  })

  it('DRW-31 asks on where those who held it were late', async () => {
    const { asked, counts } = await followed({ deadlineMs: query.deadlineMs - 1n }, [log], [heldBy('w1', 'w2')])
    expect(asked.length).toBeGreaterThan(5)
    expect(new Set(counts)).toEqual(new Set([0]))
  })

  it('DRW-31 asks for the log again only while it has no entry of S', async () => {
    const { asked, counts } = await followed({}, ['', log], [heldBy('w1', 'w2')])
    expect([asked, counts]).toEqual([
      ['log', 'log', 'checkpoints'],
      [undefined, 2],
    ])
  })

  it('DRW-31 asks for no log where the transcript has the entry, and but once when the draw is over', async () => {
    const { asked, counts } = await followed({ seq, isOver: true }, [], [heldBy('w1')])
    expect([asked, counts]).toEqual([['checkpoints'], [1]])
  })

  it('DRW-31 tells of what it cannot have, and of lines that it cannot read, and asks on', async () => {
    const { failures, told } = await followed({ seq }, [], [500, `no JSON\n${heldBy('w1')}`, heldBy('w1', 'w2')])
    expect(failures).toHaveLength(1)
    expect(told.map(({ unreadable }) => unreadable)).toEqual([[{ file: 'checkpoints', line: 1 }], []])
  })
})
