import { events } from '@dual-random/contracts'
import type { TransportRecord } from '@dual-random/messaging'
import type { Broker } from './broker.ts'

export const city = '230300'
export const unit = '230300-scj'

/** Every topic oversight reads, and its own. */
export const topics = [
  events.inspection.taskDispatched.topic,
  events.inspection.resultRecorded.topic,
  events.inspection.followUpOpened.topic,
  events.publication.publicationScheduled.topic,
  events.publication.objectionFiled.topic,
  events.drawing.drawFrozen.topic,
  events.joint.jointTaskOpened.topic,
  events.planning.planPublished.topic,
  events.oversight.indicatorSnapshotComputed.topic,
  'oversight.dlq.v1',
]

/** Whose something is; the city's market regulator when absent. */
export interface Owner {
  readonly regionCode?: string
  readonly unitId?: string
}

const ownerOf = ({ regionCode = city, unitId = unit }: Owner) => ({ regionCode, unitId })

export interface TaskFacts extends Owner {
  readonly visitId?: string
  readonly joint?: boolean
  /** Absent: not completed. */
  readonly completedAt?: string
  readonly checkEndedAt?: string
  readonly lapsed?: boolean
  readonly mergedInto?: string
}

/** The events that facts leave behind, as inspection, publication and the others tell them. */
export const factsBy = (tell: Broker['tell']) => ({
  task(taskId: string, facts: TaskFacts = {}): TransportRecord[] {
    const owner = ownerOf(facts)
    const { visitId = `visit-${taskId}`, mergedInto, completedAt, checkEndedAt = completedAt } = facts
    return [
      tell(events.inspection.taskDispatched, taskId, {
        ...owner,
        taskId,
        taskNumber: `N-${taskId}`,
        drawId: 'draw-1',
        visitId,
        planId: 'plan-1',
        lineId: 'L01',
        planType: facts.joint === true ? 'PLAN_TYPE_JOINT' : 'PLAN_TYPE_INTERNAL',
        itemCodes: ['SCJG-01'],
        window: { start: '2026-04-01', end: '2026-04-30' },
        mergeWindowId: '230300-2026-W01',
      }),
      ...(mergedInto === undefined ? [] : [tell(events.inspection.taskMerged, taskId, { ...owner, taskId, visitId: mergedInto })]),
      ...(facts.lapsed === true ? [tell(events.inspection.taskLapsed, taskId, { ...owner, taskId, reason: 'PUBLICATION_MISSING' })] : []),
      ...(completedAt === undefined || checkEndedAt === undefined
        ? []
        : [
            tell(events.inspection.taskCompleted, taskId, {
              ...owner,
              taskId,
              drawId: 'draw-1',
              visitId: mergedInto ?? visitId,
              checkEndedAt,
              completedAt,
              resultIds: [`r-${taskId}`],
              clueIds: [],
            }),
          ]),
    ]
  },

  result(
    resultId: string,
    { problem = false, investigation = false, recordedAt = '2026-04-08T02:00:00.000Z', ...facts }: ResultFacts = {},
  ): TransportRecord[] {
    const owner = ownerOf(facts)
    return [
      tell(events.inspection.resultRecorded, resultId, {
        ...owner,
        resultId,
        taskId: `task-${resultId}`,
        visitId: 'visit-1',
        drawId: 'draw-1',
        itemCode: 'SCJG-01',
        itemName: '营业执照规范使用情况的检查',
        resultType: investigation ? 'RESULT_TYPE_PENDING_INVESTIGATION' : problem ? 'RESULT_TYPE_NOT_PUBLICIZED' : 'RESULT_TYPE_NO_PROBLEM',
        subValue: undefined,
        correctBy: undefined,
        note: undefined,
        objectId: 'object-1',
        objectCode: '91230300MA18XXXX0A',
        objectName: '鸡西市兴达煤矿机械有限公司',
        objectKind: 'OBJECT_KIND_ENTERPRISE',
        recordedAt,
        opensFollowUp: problem,
        inspectorIds: [],
        checkedAt: undefined,
      }),
    ]
  },

  followUp(resultId: string, { closed = false, ...facts }: Owner & { readonly closed?: boolean } = {}): TransportRecord[] {
    const owner = ownerOf(facts)
    const followUpId = `fu-${resultId}`
    const opened = { ...owner, followUpId, resultId, taskId: `task-${resultId}`, kind: 'CASE_CLUE', dueDate: undefined }
    return [
      tell(events.inspection.followUpOpened, followUpId, opened),
      ...(closed ? [tell(events.inspection.followUpClosed, followUpId, { ...owner, followUpId, resultId, outcome: 'CASE_CLOSED' })] : []),
    ]
  },

  publication(resultId: string, facts: PublicationFacts = {}): TransportRecord[] {
    const owner = ownerOf(facts)
    const { dueDate = '2026-05-12', published, overdue = published === 'late', exempt = false } = facts
    const ids = { ...owner, publicationId: `pub-${resultId}`, resultId, taskId: `task-${resultId}` }
    return [
      tell(events.publication.publicationScheduled, ids.publicationId, { ...ids, dueDate, provisional: false }),
      ...(overdue
        ? [tell(events.publication.publicationOverdue, ids.publicationId, { ...ids, unitId: facts.lateUnitId ?? owner.unitId, dueDate })]
        : []),
      ...(exempt ? [tell(events.publication.publicationExempted, ids.publicationId, { ...ids, legalBasis: '依据' })] : []),
      ...(published === undefined
        ? []
        : [
            tell(events.publication.publicationPublished, ids.publicationId, {
              ...ids,
              publishedAt: '2026-05-12T02:00:00.000Z',
              onTime: published === 'on-time',
              channel: 'publicitySystem',
              channelReference: 'ref',
              objectCode: '91230300MA18XXXX0A',
              objectName: '鸡西市兴达煤矿机械有限公司',
              itemCode: 'SCJG-01',
              itemName: '营业执照规范使用情况的检查',
              resultType: 'RESULT_TYPE_NO_PROBLEM',
              subValue: undefined,
              negative: false,
            }),
          ]),
    ]
  },

  draw(drawId: string, { drawn, elsewhere, joint = false, voided = false, failed = false, ...facts }: DrawFacts): TransportRecord[] {
    const owner = ownerOf(facts)
    const plan = { planId: 'plan-1', lineId: 'L01' }
    return [
      tell(events.drawing.drawFrozen, drawId, {
        ...owner,
        ...plan,
        drawId,
        planVersion: 1,
        batch: 1,
        attempt: 1,
        asOf: '2026-03-02T01:00:00.000Z',
      }),
      tell(events.drawing.drawDrawn, drawId, { ...owner, drawId, strata: [], drawn, ...jointCounts(owner.regionCode, drawn, elsewhere) }),
      ...(voided ? [tell(events.drawing.drawVoided, drawId, { ...owner, drawId, reason: 'beacon' })] : []),
      ...(failed
        ? [tell(events.drawing.drawFailed, drawId, { ...owner, drawId, reason: 'key-lost', declaredByUnitId: '230000-scj' })]
        : []),
      ...(joint
        ? [
            tell(events.joint.jointTaskOpened, `jt-${drawId}`, {
              ...owner,
              ...plan,
              jointTaskId: `jt-${drawId}`,
              drawId,
              participantUnitIds: ['230300-xfj'],
              objectCount: drawn,
            }),
          ]
        : []),
    ]
  },

  plan(
    planId: string,
    { joint = false, lines, ...facts }: Owner & { readonly joint?: boolean; readonly lines: number },
  ): TransportRecord[] {
    const owner = ownerOf(facts)
    return [
      tell(events.planning.planPublished, planId, {
        ...owner,
        planId,
        year: 2026,
        planType: joint ? 'PLAN_TYPE_JOINT' : 'PLAN_TYPE_INTERNAL',
        planVersion: 1,
        lines: Array.from({ length: lines }, (_, index) => ({
          lineId: `L${index}`,
          taskName: '抽查',
          itemCodes: ['SCJG-01'],
          initiatorUnitId: owner.unitId,
          participantUnitIds: [],
          batches: [],
        })),
        policy: { preset: 'local/four-coal-cities', version: '1' },
        digest: 'digest',
      }),
    ]
  },

  objection(objectionId: string, { outcome, ...facts }: Owner & { readonly outcome?: string } = {}): TransportRecord[] {
    const ids = { ...ownerOf(facts), objectionId, publicationId: 'pub-1' }
    return [
      tell(events.publication.objectionFiled, objectionId, ids),
      ...(outcome === undefined ? [] : [tell(events.publication.objectionDecided, objectionId, { ...ids, outcome })]),
    ]
  },
})

export interface ResultFacts extends Owner {
  readonly problem?: boolean
  readonly investigation?: boolean
  readonly recordedAt?: string
}

export interface PublicationFacts extends Owner {
  readonly dueDate?: string
  readonly published?: 'on-time' | 'late'
  readonly overdue?: boolean
  readonly exempt?: boolean
  readonly lateUnitId?: string
}

export interface DrawFacts extends Owner {
  readonly drawn: number
  /** Of other cities that drew together, `drawn` among them. */
  readonly elsewhere?: Readonly<Record<string, number>>
  readonly joint?: boolean
  readonly voided?: boolean
  readonly failed?: boolean
}

/** What was drawn of each city, the owner's first. */
function jointCounts(regionCode: string, drawn: number, elsewhere: Readonly<Record<string, number>> | undefined) {
  if (elsewhere === undefined) return {}
  const others = Object.entries(elsewhere).map(([region, count]) => ({ regionCode: region, drawn: count }))
  const own = { regionCode, drawn: drawn - others.reduce((sum, other) => sum + other.drawn, 0) }
  return { jointCounts: { cities: [own, ...others] } }
}
