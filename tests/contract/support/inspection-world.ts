import { createHash } from 'node:crypto'
import { type ObjectKindName, objectKinds, type ResultTypeName, resultTypes } from '@dual-random/contracts'
import { appError } from '@dual-random/errors'
import type { DrawId, InspectorId, Instant, ItemCode, LocalDate, ObjectId, RegionCode, ResultId, TaskId, UnitId } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import type { Store } from '@dual-random/mongo'
import type { Assignment, FollowUps, Peers, Results, Tasks } from '../../../services/inspection/src/app/ports.ts'
import type { CheckResult } from '../../../services/inspection/src/domain/result.ts'
import type { CheckObject } from '../../../services/inspection/src/domain/task.ts'
import { inspectionSubscriptions } from '../../../services/inspection/src/events/subscriptions.ts'
import { availabilityStore } from '../../../services/inspection/src/store/availability-store.ts'
import { followUpStore } from '../../../services/inspection/src/store/follow-up-store.ts'
import { policyStore } from '../../../services/inspection/src/store/policy-store.ts'
import { proposalStore } from '../../../services/inspection/src/store/proposal-store.ts'
import { resultStore } from '../../../services/inspection/src/store/result-store.ts'
import { taskStore } from '../../../services/inspection/src/store/task-store.ts'
import { visitStore } from '../../../services/inspection/src/store/visit-store.ts'
import { golden } from './examples.ts'
import { calendarOf2026, cityPolicy } from './policy.ts'
import { listeningOutbox, type Outbox } from './test-store.ts'

const recorded = golden('result-recorded').data
const dispatched = golden('task-dispatched').data
const matched = golden('draw-matched').data
const [batch] =
  (golden('plan-published').data['lines'] as readonly { readonly batches: readonly { readonly mergeWindowId: string }[] }[])[0]?.batches ??
  []

/** The key behind the visit ids of the golden events. */
const visitKey = new Uint8Array(32).fill(7)

const scj = '230300-scj' as UnitId
const gaj = '230300-gaj' as UnitId
const items = { [scj]: 'L001' as ItemCode, [gaj]: 'L002' as ItemCode }

export const object: CheckObject = {
  objectId: String(recorded['objectId']) as ObjectId,
  code: String(recorded['objectCode']),
  name: String(recorded['objectName']),
  kind: objectKinds.toName(recorded['objectKind'] as `OBJECT_KIND_${ObjectKindName}`) ?? 'ENTERPRISE',
  address: '鸡西市鸡冠区',
  industry: 'G5910',
  tags: [],
}

const label = (text: string): string => createHash('sha256').update(text).digest('hex')

/** As many as were drawn; the first is the object of the golden events. */
const assignments: readonly Assignment[] = Array.from({ length: Number(matched['drawn']) }, (_, index) => ({
  position: index + 1,
  label: label(index === 0 ? 'label of the example' : `another ${index}`),
  teams: [scj, gaj].map((unitId) => ({ unitId, inspectorLabels: [label(`inspector of ${unitId}`)] })),
  leaderLabel: label(`inspector of ${scj}`),
  taskDrawId: String(matched['drawId']) as DrawId,
}))

/** What planning, drawing and registry answer about the golden draw. */
const peers: Peers = {
  drawnLine: async ({ clueTask }) => ({
    ...(clueTask === undefined ? {} : { trigger: 'MANY_COMPLAINTS' }),
    regionCode: '230300' as RegionCode,
    unitId: scj,
    year: 2026,
    planType: 'JOINT',
    taskName: '联合检查',
    initiatorUnitId: scj,
    units: [scj, gaj].map((unitId) => ({ unitId, itemCodes: [items[unitId] as ItemCode], teamSize: 1 })),
    batches: [
      {
        number: Number(matched['batch']),
        window: dispatched['window'] as { readonly start: LocalDate; readonly end: LocalDate },
        mergeWindowId: batch?.mergeWindowId ?? '',
      },
    ],
  }),
  undrawnLine: async ({ lineId }) => {
    throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
  },
  clues: async () => [],
  itemNames: async () => new Map(Object.values(items).map((itemCode) => [itemCode, String(recorded['itemName'])])),
  replacedBy: async () => [],
  assignments: async function* () {
    yield assignments
  },
  openings: async (_drawId, labels) => ({
    objects: new Map(
      labels.objects.map((each, index) => [each, index === 0 ? object : { ...object, objectId: each.slice(0, 32) as ObjectId }]),
    ),
    itemCodes: new Map(labels.objects.map((each) => [each, new Set(Object.values(items))])),
    inspectors: new Map(
      labels.inspectors.map((each) => [
        each,
        { label: each, inspectorId: each.slice(0, 32) as InspectorId, name: '张三', unitId: scj, subject: 'zhang.san' },
      ]),
    ),
  }),
  policyAt: async (regionCode, at) => ({ policy: cityPolicy(regionCode, at), digest: '0'.repeat(64) }),
}

/** The golden result as its inspector entered it. */
export const goldenResult: CheckResult = {
  resultId: recorded['resultId'] as ResultId,
  taskId: recorded['taskId'] as TaskId,
  taskNumber: String(dispatched['taskNumber']),
  visitId: recorded['visitId'] as CheckResult['visitId'],
  drawId: recorded['drawId'] as DrawId,
  regionCode: '230300' as RegionCode,
  unitId: scj,
  itemCode: recorded['itemCode'] as ItemCode,
  itemName: String(recorded['itemName']),
  object,
  inspectorIds: recorded['inspectorIds'] as readonly InspectorId[],
  subjects: ['zhang.san'],
  resultType: resultTypes.toName(recorded['resultType'] as `RESULT_TYPE_${ResultTypeName}`) ?? '',
  resultText: '责令改正',
  subValue: String(recorded['subValue']),
  correctBy: recorded['correctBy'] as LocalDate,
  note: String(recorded['note']),
  methods: ['ON_SITE'],
  recordForm: { form: 'SCJG-JC-01/2024', entries: [{ point: '营业执照', finding: '未亮照' }] },
  checkedAt: golden('task-completed').data['checkEndedAt'] as Instant,
  enteredAt: recorded['recordedAt'] as Instant,
  enteredBy: 'zhang.san',
  enteredLate: false,
  opens: { kind: 'CORRECTION', dueDate: recorded['correctBy'] as LocalDate },
  policyDigest: '0'.repeat(64),
  contentDigest: '0'.repeat(64),
}

export interface InspectionWorld {
  readonly outbox: Outbox
  readonly tasks: Tasks
  readonly results: Results
  readonly followUps: FollowUps
  readonly subscriptions: readonly Subscription[]
}

/** Inspection on a real store, with what its peers know of the golden draw. */
export function inspectionWorld(store: Store, now: () => string): InspectionWorld {
  const outbox = listeningOutbox()
  const clock = () => now() as Instant
  const parts = { relay: outbox.relay, clock }
  const tasks = taskStore(store, parts)
  const results = resultStore(store, parts)
  const followUps = followUpStore(store, parts)
  const deps = {
    clock,
    visitKey,
    peers,
    tasks,
    results,
    followUps,
    visits: visitStore(store),
    proposals: proposalStore(store),
    availabilities: availabilityStore(store),
    policies: policyStore(store),
    calendar: calendarOf2026,
  }
  return { outbox, tasks, results, followUps, subscriptions: inspectionSubscriptions(store, deps) }
}
