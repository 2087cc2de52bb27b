import type { DrawId, Instant, ItemCode, ObjectId, RegionCode, ResultId, TaskId, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { PublicationEvent } from '../../src/domain/events.ts'
import { evolve } from '../../src/domain/evolve.ts'
import { type Content, type Identity, type Publication, publicationIdOf, type TaskEnd, type Terms } from '../../src/domain/publication.ts'
import { type TermsInput, termsOf } from '../../src/domain/terms.ts'
import { calendarOf, counterOf, policyOf, valueOf } from './policies.ts'

export const at = (text: string): Instant => text as Instant

export const identity: Identity = {
  publicationId: publicationIdOf('r1' as ResultId),
  resultId: 'r1' as ResultId,
  taskId: 't1' as TaskId,
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
}

export const content: Content = {
  drawId: 'd1' as DrawId,
  itemCode: 'SCJG-01' as ItemCode,
  itemName: '营业执照规范使用情况的检查',
  resultType: 'NO_PROBLEM',
  objectId: 'o1' as ObjectId,
  objectCode: '91230300MA18XXXX0A',
  objectName: '鸡西市兴达煤矿机械有限公司',
  objectKind: 'ENTERPRISE',
  recordedAt: at('2026-04-08T02:00:00.000Z'),
}

/** Checked on Wednesday 8 April 2026; the task's last result came on Friday the 10th. */
export const end: TaskEnd = {
  objectCheckEndedAt: at('2026-04-08T01:30:00.000Z'),
  taskCompletedAt: at('2026-04-10T09:00:00.000Z'),
}

export const fourCoalCities: Policy = policyOf('local/four-coal-cities')

export const termsInput: TermsInput = {
  policy: fourCoalCities,
  policyDigest: 'digest-1',
  content,
  end,
  unitId: identity.unitId,
  organiserUnitId: undefined,
  counter: counterOf(calendarOf(2025, 2026)),
}

export const terms: Terms = valueOf(termsOf(termsInput))

export const history = (...events: readonly PublicationEvent[]): Publication =>
  events.reduce<Publication | undefined>(evolve, undefined) as Publication

export const known: readonly PublicationEvent[] = [
  { type: 'content-recorded', identity, content },
  { type: 'task-ended', identity, end },
]

export const scheduledEvents: readonly PublicationEvent[] = [...known, { type: 'scheduled', terms }]

export const requested: PublicationEvent = {
  type: 'push-requested',
  channel: 'publicitySystem',
  by: 'li.si',
  at: at('2026-04-20T01:00:00.000Z'),
  retryAt: at('2026-04-20T01:00:15.000Z'),
}

export const publishedEvent: PublicationEvent = {
  type: 'published',
  at: at('2026-04-20T01:00:02.000Z'),
  onTime: true,
  channelReference: 'ref-1',
}
