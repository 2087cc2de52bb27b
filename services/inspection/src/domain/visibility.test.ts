import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { isVisible, resultGrounds, type Scope, taskGrounds, type Viewer } from './visibility.ts'

const scope: Scope = { unitIds: ['230300-scj' as UnitId], regionCode: '230300' as RegionCode, subjects: ['zhang.san'] }

const viewer = (roles: readonly string[], changes: { subject?: string; unitId?: string; regionCode?: string } = {}): Viewer => ({
  subject: changes.subject ?? 'someone',
  unitId: (changes.unitId ?? '230300-scj') as UnitId,
  regionCode: (changes.regionCode ?? '230300') as RegionCode,
  roles,
})

const seesTask = (...of: Parameters<typeof viewer>) => isVisible(taskGrounds(viewer(...of)), scope)
const seesResult = (...of: Parameters<typeof viewer>) => isVisible(resultGrounds(viewer(...of)), scope)

describe('who sees a task before the visit', () => {
  it.each([
    ['its inspector', ['INSPECTOR'], { subject: 'zhang.san' }, true],
    ['another inspector of the unit', ['INSPECTOR'], { subject: 'li.si' }, false],
    ['its inspector’s name without the role', ['PUBLISHER'], { subject: 'zhang.san' }, false],
    ['the dispatcher of its unit', ['DISPATCHER'], {}, true],
    ['the dispatcher of another unit', ['DISPATCHER'], { unitId: '230300-xfj' }, false],
    ['an auditor of the province', ['AUDITOR'], { unitId: '230000-scj', regionCode: '230000' }, true],
    ['an auditor of the city itself', ['AUDITOR'], {}, false],
    ['an auditor of another province', ['AUDITOR'], { unitId: '310000-scj', regionCode: '310000' }, false],
    ['an auditor of a county below', ['AUDITOR'], { unitId: '230302-scj', regionCode: '230302' }, false],
    ['publisher, evaluator, planner of the unit', ['PUBLISHER', 'EVALUATOR', 'PLANNER'], {}, false],
    ['a service', ['SERVICE'], { unitId: 'service', regionCode: '000000' }, true],
  ] as const)('DRW-34 SEC-05 %s', (_who, roles, changes, seen) => {
    expect(seesTask(roles, changes)).toBe(seen)
  })
})

describe('what a delegate sees', () => {
  const delegated: Scope = { ...scope, delegateUnitId: '230302-scj' as UnitId }
  const county = { unitId: '230302-scj', regionCode: '230302' }

  it.each([
    ['the dispatcher of the delegate', ['DISPATCHER'], county, true],
    ['the dispatcher of the unit that delegates', ['DISPATCHER'], {}, true],
    ['the dispatcher of another county', ['DISPATCHER'], { unitId: '230303-scj', regionCode: '230303' }, false],
    ['the publisher of the delegate', ['PUBLISHER'], county, false],
    ['an auditor of the delegate', ['AUDITOR', 'EVALUATOR'], county, false],
  ] as const)('SEC-11 %s', (_who, roles, changes, seen) => {
    const asked = viewer(roles, changes)
    expect([isVisible(taskGrounds(asked), delegated), isVisible(resultGrounds(asked), delegated)]).toEqual([seen, seen])
    expect(isVisible(taskGrounds(viewer(['DISPATCHER'], county)), scope)).toBe(false)
  })
})

describe('who sees a result', () => {
  it.each([
    ['the publisher of its unit', ['PUBLISHER'], {}, true],
    ['the publisher of another unit', ['PUBLISHER'], { unitId: '230300-xfj' }, false],
    ['an evaluator of the city', ['EVALUATOR'], {}, true],
    ['an evaluator of the province', ['EVALUATOR'], { regionCode: '230000' }, true],
    ['an evaluator of another city', ['EVALUATOR'], { regionCode: '230400' }, false],
    ['an auditor of the city', ['AUDITOR'], {}, true],
    ['an inspector of another task', ['INSPECTOR'], { subject: 'li.si' }, false],
  ] as const)('SEC-05 %s', (_who, roles, changes, seen) => {
    expect(seesResult(roles, changes)).toBe(seen)
  })
})
