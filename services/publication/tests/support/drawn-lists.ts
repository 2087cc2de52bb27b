import type { DrawId, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { type DrawnList, listRules } from '../../src/domain/drawn-list.ts'
import { type DrawnSubject, openSubject, type SubjectObject, type SubjectOpening } from '../../src/domain/drawn-subject.ts'
import { calendarOf, counterOf, policyOf, valueOf } from './policies.ts'
import { at } from './records.ts'

/** Publishes after the visits, within 20 working days. */
export const publishing: Policy = policyOf('local/four-coal-cities')

export function listUnder(policy: Policy, changes: Partial<DrawnList> = {}): DrawnList {
  const rules = valueOf(listRules(policy, 'digest-1'))
  if (rules === undefined) throw new Error('this policy has no list published')
  return {
    drawId: 'd1' as DrawId,
    regionCode: '230300' as RegionCode,
    unitId: '230300-scj' as UnitId,
    planId: 'p1',
    lineId: 'L01',
    taskName: '营业执照规范使用情况的检查',
    batch: 1,
    drawn: 3,
    matchedAt: at('2026-03-02T01:30:09.000Z'),
    rules,
    ...changes,
  }
}

export const subjectObject: SubjectObject = {
  objectId: 'o1' as ObjectId,
  objectCode: '91230300MA18XXXX0A',
  objectName: '鸡西市兴达煤矿机械有限公司',
  objectKind: 'ENTERPRISE',
}

/** Completed on Friday 10 April 2026: due on 12 May. */
export const opening: SubjectOpening = {
  object: subjectObject,
  openedAt: at('2026-04-10T09:00:00.000Z'),
  visit: { unitId: '230300-gaj' as UnitId, checkedOn: '2026-04-08' as never, completedAt: at('2026-04-10T09:00:00.000Z') },
  counter: counterOf(calendarOf(2025, 2026)),
  retryAt: at('2026-04-10T09:00:01.000Z'),
}

export const subjectUnder = (policy: Policy, changes: Partial<SubjectOpening> = {}): DrawnSubject =>
  openSubject(listUnder(policy), { ...opening, ...changes })
