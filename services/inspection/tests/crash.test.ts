import { events } from '@dual-random/contracts'
import { tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type Api, api, eventually, startChild, testScope } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { broker } from './support/broker.ts'
import { city, drawOf, market } from './support/draws.ts'
import { startPeers } from './support/peers.ts'
import { fourCities } from './support/policies.ts'
import { environment, inspectionTopics, matched, topics } from './support/world.ts'

const main = new URL('../src/main.ts', import.meta.url)
const drawn = 5000
const codes = Array.from({ length: drawn }, (_, index) => `OBJ-${String(index).padStart(5, '0')}`)

interface TaskRow {
  readonly taskId: string
  readonly taskNumber: string
  readonly visitId: string
}

interface Paged {
  readonly items: readonly TaskRow[]
  readonly next?: string
}

async function allTasks(dispatcher: Api, drawId: string): Promise<readonly TaskRow[]> {
  const rows: TaskRow[] = []
  for (let after = ''; ; ) {
    const { body } = await dispatcher.get<Paged>(`/v1/tasks?drawId=${drawId}&limit=500${after}`)
    rows.push(...body.items)
    if (body.next === undefined) return rows
    after = `&after=${body.next}`
  }
}

describe('a service killed in the middle of a fan-out', () => {
  it('INS-07 a fan-out of 5,000 tasks cut off by kill -9 resumes with nothing lost and nothing doubled', { timeout: 170_000 }, async () => {
    await using scope = await testScope('inspection')
    await scope.createTopics(topics)
    const peers = await startPeers(scope.issuer, fourCities)
    // The child has the machine's clock: no window ends while it runs.
    const window = { start: '2026-01-01', end: '2099-12-31' }
    const draw = drawOf({ name: 'crash', codes, window, units: [{ unitId: market, itemCodes: ['SCJG-01'] }] })
    peers.add(draw)
    const bus = await broker(scope, inspectionTopics)
    const token = await scope.issuer.token({ subject: 'wang.wu', unitId: market, regionCode: city, roles: ['DISPATCHER'] })
    const env = environment(scope, peers)

    // The first life ends within a bulk of tasks, the second between two: the sixth chunk of that life is never opened.
    let child = await startChild(main, env)
    await bus.send([matched(bus, draw)])
    await eventually(() => expect(peers.openingsAsked()).toBeGreaterThanOrEqual(2), { timeoutMs: 60_000, everyMs: 1 })
    await child.kill()

    const sixth = peers.openingsAsked() + 6
    peers.holdOpenings(sixth, new Promise(() => undefined))
    child = await startChild(main, env)
    await eventually(() => expect(peers.openingsAsked()).toBe(sixth), { timeoutMs: 60_000 })
    const halfway = (await allTasks(api(`http://127.0.0.1:${child.httpPort}`, token), draw.drawId)).length
    await child.kill()
    expect(halfway).toBe(drawn / 2)

    child = await startChild(main, env)
    const dispatcher = api(`http://127.0.0.1:${child.httpPort}`, token)
    const rows = await eventually(
      async () => {
        const found = await allTasks(dispatcher, draw.drawId)
        expect(found.length).toBeGreaterThanOrEqual(drawn)
        return found
      },
      { timeoutMs: 90_000, everyMs: 250 },
    )
    const expected = codes.map((code) => toHex(sha256(tlv('task', draw.drawId, draw.labelOf(code), market))).slice(0, 32)).sort()
    expect(rows.map(({ taskId }) => taskId)).toEqual(expected)
    expect(new Set(rows.map(({ taskNumber }) => taskNumber)).size).toBe(drawn)
    expect(new Set(rows.map(({ visitId }) => visitId)).size).toBe(drawn)

    // Relays may send an event twice, which consumers drop by its number; there must be no second event of a task.
    const dispatched = await eventually(
      () => {
        const ids = new Set(bus.heard.filter(({ type }) => type === events.inspection.taskDispatched.type).map(({ id }) => id))
        expect(ids.size).toBeGreaterThanOrEqual(drawn)
        return ids
      },
      { timeoutMs: 60_000, everyMs: 250 },
    )
    expect([...dispatched].sort()).toEqual(expected.map((taskId) => `${taskId}:1`))
    expect(bus.heard.filter(({ seq }) => seq > 1)).toEqual([])
    await child.kill()
    await bus.close()
    await peers.close()
  })
})
