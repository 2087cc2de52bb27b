import type { Instant } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import type { AggregateStore, Store } from '@dual-random/mongo'
import type { ComparisonPorts } from '../../../services/joint/src/app/compare-lists.ts'
import type { JointTaskPorts } from '../../../services/joint/src/app/follow-joint-tasks.ts'
import type { FindGroups, RecognisedRecords, SharedRecords } from '../../../services/joint/src/app/ports.ts'
import type { JointTask } from '../../../services/joint/src/domain/joint-task.ts'
import { regionSubscriptions } from '../../../services/joint/src/events/joint-subscriptions.ts'
import { departmentTaskStore, jointTaskAggregates, jointTaskStore } from '../../../services/joint/src/store/joint-task-store.ts'
import { drawnListStore, listMatchStore } from '../../../services/joint/src/store/list-store.ts'
import { recognisedRecordStore, sharedRecordStore } from '../../../services/joint/src/store/record-store.ts'
import { golden } from './examples.ts'
import { cityPolicy } from './policy.ts'
import { listeningOutbox, type Outbox } from './test-store.ts'

export interface JointWorld {
  readonly outbox: Outbox
  readonly tasks: AggregateStore<JointTask>
  readonly records: SharedRecords
  readonly recognised: RecognisedRecords
  readonly ports: JointTaskPorts & ComparisonPorts & { readonly findGroups: FindGroups; readonly records: SharedRecords }
  readonly subscriptions: readonly Subscription[]
}

/** Joint on a real store, with planning's answer about the golden line and the policy of its city; no lists are compared. */
export function jointWorld(store: Store, clock: () => string): JointWorld {
  const outbox = listeningOutbox()
  const parts = { relay: outbox.relay, clock: () => clock() as Instant }
  const tasks = jointTaskAggregates(store, parts)
  const records = sharedRecordStore(store, parts)
  const opened = golden('joint-task-opened').data
  const units = (opened['participantUnitIds'] as readonly string[]).map((unitId) => ({ unitId, itemCodes: ['L001'] }))
  const departmentTasks = departmentTaskStore(store)
  const ports: JointWorld['ports'] = {
    findLine: async () => ({ planType: 'JOINT', taskName: '联合检查', initiatorUnitId: String(opened['unitId']), units, cities: [] }),
    findGroups: async (regionCode: string, at: string) => cityPolicy(regionCode, at.slice(0, 10)).find('crossRegion')?.groups ?? [],
    describeLists: async ({ batch: _batch, ...draw }) => [
      {
        ...draw,
        listId: draw.drawId,
        unitId: String(opened['unitId']),
        year: 2026,
        taskName: '联合检查',
        window: { start: '2026-03-01', end: '2026-06-30' },
      },
    ],
    comparesLists: async () => false,
    drawnObjects: async function* drawnObjects() {},
    lists: drawnListStore(store),
    matches: listMatchStore(store, parts),
    comparisonKey: new Uint8Array(32).fill(0x5c),
    clock: parts.clock,
    jointTasks: jointTaskStore(tasks),
    departmentTasks,
    records,
  }
  return { outbox, tasks, records, recognised: recognisedRecordStore(store), ports, subscriptions: regionSubscriptions(store, ports) }
}
