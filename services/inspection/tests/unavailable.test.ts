import { events } from '@dual-random/contracts'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { city, drawOf, fire, market, subjectOf } from './support/draws.ts'
import { entryOf, type Paged } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface Flagged {
  readonly taskId: string
  readonly status: string
  readonly object: { readonly code: string }
  readonly team: {
    readonly members: readonly { readonly subject: string; readonly unavailable?: { readonly reason: string; readonly from: string } }[]
  }
}

/** The teams are 1 and 2, 2 and 3, 3 and 4 of the unit, counted from 0. */
const draw = drawOf({ name: 'leaving', codes: ['U-1', 'U-2', 'U-3'], units: [{ unitId: market, itemCodes: ['SCJG-01'] }] })
const later = drawOf({ name: 'later', codes: ['U-9'], units: [{ unitId: market, itemCodes: ['SCJG-01'] }] })

const { inspectorChanged } = events.registry
const { topic } = inspectorChanged

const inspectorIdOf = (subject: string): string =>
  [...draw.inspectors.values()].find((inspector) => inspector.subject === subject)?.inspectorId ?? ''

describe('an assigned inspector who leaves', () => {
  let world: World
  let dispatcher: Api
  const told = new Map<string, number>()

  beforeAll(async () => {
    world = await startWorld({ now: '2026-04-10T02:00:00.000Z' })
    dispatcher = await world.as(['DISPATCHER'])
    await world.dispatch(draw)
  })
  afterAll(() => world?.dispose())

  const tell = async (number: number, leaving: Readonly<Record<string, string>>, unitId = market) => {
    const inspectorId = inspectorIdOf(subjectOf(market, number))
    const event = { inspectorId, regionCode: city, unitId, status: 'ACTIVE', ...leaving }
    await world.bus.send([world.bus.tell(inspectorChanged, inspectorId, event)])
    const seq = (told.get(inspectorId) ?? 0) + 1
    told.set(inspectorId, seq)
    await eventually(async () => expect(await world.applied(topic, inspectorId)).toBe(seq))
  }
  const tasks = async (query = '', api = dispatcher) => (await api.get<Paged<Flagged>>(`/v1/tasks${query}`)).body.items
  const flags = (found: readonly Flagged[]) =>
    found
      .flatMap(({ object, team }) =>
        team.members.flatMap(({ subject, unavailable }) =>
          unavailable === undefined ? [] : [`${object.code} ${subject} ${unavailable.reason} ${unavailable.from}`],
        ),
      )
      .sort()

  it('REG-35 flags every open task of the person to the dispatcher, names who and from when, and no completed one', async () => {
    expect(flags(await tasks())).toEqual([])
    const [first] = (await tasks()).filter(({ object }) => object.code === 'U-1')
    const inspector = await world.as(['INSPECTOR'], { subject: first?.team.members[0]?.subject ?? '' })
    expect((await inspector.post(`/v1/tasks/${first?.taskId}/results`, entryOf('SCJG-01'))).status).toBe(201)

    await tell(2, { status: 'RETIRED', unavailableFrom: '2026-04-20', unavailableReason: 'RETIRED' })
    expect(flags(await tasks('?unavailable=true'))).toEqual([`U-2 ${subjectOf(market, 2)} RETIRED 2026-04-20`])
    expect(flags(await tasks())).toEqual(flags(await tasks('?unavailable=true')))
    const fireDispatcher = await world.as(['DISPATCHER'], { unitId: fire })
    expect(await tasks('?unavailable=true', fireDispatcher)).toEqual([])
    const [visitId] = (
      await dispatcher.get<Paged<{ visitId: string; object: { code: string } }>>('/v1/tasks?unavailable=true')
    ).body.items.map((task) => task.visitId)
    const visit = await dispatcher.get<{ tasks: readonly Flagged[] }>(`/v1/visits/${visitId}`)
    expect(JSON.stringify(visit.body.tasks)).toContain('"RETIRED"')
  })

  it('REG-35 flags a transfer, and drops the flag of who is back', async () => {
    await tell(4, { status: 'TRANSFERRED', unavailableFrom: '2026-04-12', unavailableReason: 'TRANSFERRED' })
    const transferred = `U-3 ${subjectOf(market, 4)} TRANSFERRED 2026-04-12`
    expect(flags(await tasks('?unavailable=true'))).toContain(transferred)
    await tell(4, {}, fire)
    expect(flags(await tasks('?unavailable=true'))).toContain(transferred)
    await tell(4, {})
    expect(flags(await tasks('?unavailable=true'))).not.toContain(transferred)
  })

  it('REG-35 a certificate flags what is still open on the day after its last, not before', async () => {
    await tell(3, { unavailableFrom: '2026-05-05', unavailableReason: 'UNQUALIFIED' })
    const lapsed = async () => flags(await tasks('?unavailable=true')).filter((flag) => flag.includes('UNQUALIFIED'))
    world.clock.advance(Date.parse('2026-05-04T15:59:59.999Z') - Date.parse(world.clock.now()))
    expect(await lapsed()).toEqual([])
    world.clock.advance(1)
    expect(await lapsed()).toEqual([
      `U-2 ${subjectOf(market, 3)} UNQUALIFIED 2026-05-05`,
      `U-3 ${subjectOf(market, 3)} UNQUALIFIED 2026-05-05`,
    ])
  })

  it('REG-35 a task dispatched after the person left is flagged as it is made', async () => {
    await tell(1, { status: 'LEFT', unavailableFrom: '2026-05-01', unavailableReason: 'LEFT' })
    await world.dispatch(later)
    expect(flags(await tasks(`?unavailable=true&drawId=${later.drawId}`))).toContain(`U-9 ${subjectOf(market, 1)} LEFT 2026-05-01`)
  })
})
