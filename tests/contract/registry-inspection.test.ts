import type { InspectorId, Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectorEvent } from '../../services/registry/src/app/inspector-event.ts'
import type { Inspector, InspectorContent } from '../../services/registry/src/domain/inspector.ts'
import { endOfTime } from '../../services/registry/src/domain/versions.ts'
import { toContract } from '../../services/registry/src/events/publish.ts'
import { hear } from './support/consumer.ts'
import { newEventOf, readEvent } from './support/emitted.ts'
import { golden } from './support/examples.ts'
import { type InspectionWorld, inspectionWorld } from './support/inspection-world.ts'
import { testStore } from './support/test-store.ts'

const changed = golden('inspector-changed')

describe('inspection hears registry', () => {
  let store: Store
  let world: InspectionWorld
  let now = golden('task-dispatched').time

  beforeAll(async () => {
    store = await testStore('inspection')
    world = inspectionWorld(store, () => now)
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('REG-35 registry tells of a person who retires: until when, and nothing that names the person', () => {
    const content: InspectorContent = {
      name: '张三',
      subject: 'zhang.san',
      homeUnitId: '230300-scj-jg' as UnitId,
      specialities: [],
      qualificationKind: null,
      qualificationValidFrom: '2024-01-01' as LocalDate,
      qualificationValidTo: '2029-12-31' as LocalDate,
      recusal: null,
      personnelNature: null,
      status: 'RETIRED',
      entersOn: null,
      leavesOn: '2026-04-15' as LocalDate,
    }
    const at = changed.time as Instant
    const inspector: Inspector = {
      inspectorId: changed.subject as InspectorId,
      certificateNumber: 'SL001',
      regionCode: '230300' as RegionCode,
      unitId: '230300-scj' as UnitId,
      timeline: [{ from: at, to: endOfTime, load: 'file', importId: '', content }],
    }
    const told = readEvent(toContract(inspectorEvent('changed', inspector, at)))
    expect(told).toEqual(newEventOf('inspector-changed'))
    expect(JSON.stringify(told)).not.toMatch(/张三|zhang\.san|SL001/)
  })

  it('REG-35 inspection flags the open tasks of that person', async () => {
    await hear(world.subscriptions, 'draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched')
    now = changed.time
    await hear(world.subscriptions, 'inspector-changed')
    const task = await world.tasks.get(golden('task-dispatched').subject)
    expect(task?.team.members).toMatchObject([
      { inspectorId: changed.subject, unavailable: { reason: 'RETIRED', from: changed.data['unavailableFrom'] } },
    ])
  })
})
