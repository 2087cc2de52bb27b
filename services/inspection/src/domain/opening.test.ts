import type { InspectorId, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { changed, fourCities, valueOf } from '../../tests/support/policies.ts'
import { at, day, newTask, task } from '../../tests/support/records.ts'
import { checkOpening, type OpeningGround, onSiteReasonOf, openingOf, supervisionModeOf } from './opening.ts'
import { nameTeam } from './reassign.ts'
import { openTask, type Task, type TeamMember } from './task.ts'

const act = { by: 'wang.wu', at: at('2026-04-01T01:00:00.000Z') }
const complaint: OpeningGround = { ground: 'CLUE', source: 'COMPLAINT', reference: '12315-1', clueIds: ['c1'] }
const duty = { name: '强制检定', legalBasis: '《计量法》第九条', description: '未列入清单' }

const planned = { planId: 'plan-1', lineId: 'L03' }

const opened = (ground: OpeningGround, alliance?: string): Task => {
  const {
    drawId: _draw,
    label: _label,
    planId: _plan,
    lineId: _line,
    clueTask: _clues,
    planType: _type,
    batch: _batch,
    checkBatch: _checkBatch,
    mergeWindowId: _merge,
    leading: _leading,
    ...facts
  } = newTask
  const object = alliance === undefined ? facts.object : { ...facts.object, alliance }
  const { drawId: _matched, ...team } = facts.team
  return openTask({ ...facts, object, team, opening: openingOf(ground, act) }, act.at).task
}

describe('supervision mode', () => {
  it('TGT-01 every task has exactly one: drawn ones double-random, opened ones by their ground', () => {
    expect(supervisionModeOf(task)).toBe('DOUBLE_RANDOM')
    expect(supervisionModeOf(opened(complaint))).toBe('TARGETED')
    expect(supervisionModeOf(opened({ ground: 'KEY_LIST_MATTER', matter: '特种设备' }))).toBe('KEY_SUPERVISION')
    expect(supervisionModeOf(opened({ ground: 'STATUTORY_DUTY', mode: 'KEY_SUPERVISION', duty }))).toBe('KEY_SUPERVISION')
    expect(supervisionModeOf(opened({ ground: 'PLANNED_LINE', mode: 'TARGETED', planned }))).toBe('TARGETED')
    expect(supervisionModeOf(opened({ ground: 'PLANNED_LINE', mode: 'KEY_SUPERVISION', planned }))).toBe('KEY_SUPERVISION')
    expect(supervisionModeOf(opened({ ground: 'LEGAL_EXEMPTION', mode: 'TARGETED', legalBasis: '某法第一条' }))).toBe('TARGETED')
  })

  it('TGT-12 an opened task names who opened it, when and on what ground', () => {
    const { opening, trace, status } = opened(complaint)
    expect([opening, trace, status]).toEqual([{ ...complaint, mode: 'TARGETED', ...act }, [{ what: 'OPENED', ...act }], 'OPEN'])
  })
})

describe('reason for going to a white-list member', () => {
  const reasons = (ground: OpeningGround, policy = fourCities) =>
    onSiteReasonOf(opened(ground, '广告产业信用同盟'), policy).map((each) => ('ground' in each ? `${each.ground} ${each.source}` : ''))

  it('TGT-21 is the ground of the check where policy has it', () => {
    expect(reasons(complaint)).toEqual(['COMPLAINT 12315-1'])
    expect(reasons({ ...complaint, source: 'TRANSFERRED' })).toEqual(['TRANSFERRED 12315-1'])
    // What its clues are called and what its grounds are called differ.
    expect(reasons({ ...complaint, source: 'MONITORING' })).toEqual(['BIG_DATA_MONITORING 12315-1'])
    expect(reasons({ ground: 'STATUTORY_DUTY', mode: 'TARGETED', duty })).toEqual(['LAW_PROVIDES 《计量法》第九条'])
    expect(reasons({ ground: 'LEGAL_EXEMPTION', mode: 'TARGETED', legalBasis: '某法第一条' })).toEqual(['LAW_PROVIDES 某法第一条'])
  })

  it('TGT-21 is missing for a matter of the key list, for a line of a plan, for another source, and where nothing is restricted', () => {
    expect(reasons({ ground: 'KEY_LIST_MATTER', matter: '特种设备' })).toEqual([])
    expect(reasons({ ground: 'PLANNED_LINE', mode: 'TARGETED', planned })).toEqual([])
    for (const source of ['OPINION_MONITORING', 'WARNING', 'BIG_DATA_MONITORING', 'LAW_PROVIDES'])
      expect(reasons({ ...complaint, source })).toEqual([])
    expect(reasons(complaint, changed(fourCities, 'whiteList.onSite', undefined))).toEqual([])
    expect(onSiteReasonOf(opened(complaint), fourCities)).toEqual([])
    expect(onSiteReasonOf({ ...task, object: { ...task.object, alliance: '同盟' } }, fourCities)).toEqual([])
  })
})

describe('what is asked of an opened check', () => {
  const window = { start: day('2026-04-01'), end: day('2026-04-01') }
  const asked = { ground: 'CLUE' as const, itemCodes: ['A'], inspectorIds: ['i1', 'i2'], leaderId: 'i1', window }
  const refusalOf = (changes: Partial<Parameters<typeof checkOpening>[0]>) => {
    const judged = checkOpening({ ...asked, ...changes }, 2)
    return judged.ok ? undefined : judged.error.code
  }

  it('TGT-12 a window, a team with a leader, and items where a list has them', () => {
    expect(refusalOf({})).toBeUndefined()
    expect(refusalOf({ window: { ...window, end: day('2026-03-31') } })).toBe('opening-window')
    expect(refusalOf({ inspectorIds: ['i1'] })).toBe('opening-team-small')
    expect(refusalOf({ leaderId: 'i3' })).toBe('opening-leader-unknown')
    expect(refusalOf({ itemCodes: [] })).toBe('opening-items-missing')
  })

  it('TGT-14 a duty outside the lists has no item of a list', () => {
    expect(refusalOf({ ground: 'STATUTORY_DUTY', itemCodes: [] })).toBeUndefined()
    expect(refusalOf({ ground: 'STATUTORY_DUTY' })).toBe('opening-items-of-duty')
  })

  it('PLN-20 of a planned check its line says whether it has items', () => {
    expect(refusalOf({ ground: 'PLANNED_LINE' })).toBeUndefined()
    expect(refusalOf({ ground: 'PLANNED_LINE', itemCodes: [] })).toBeUndefined()
    expect(refusalOf({ ground: 'LEGAL_EXEMPTION', itemCodes: [] })).toBe('opening-items-missing')
  })
})

describe('another team of a check without a draw', () => {
  const member = (id: string, leader = false): TeamMember => ({
    inspectorId: id as InspectorId,
    name: id,
    unitId: '230300-scj' as UnitId,
    subject: id,
    leader,
  })

  it('DRW-14 takes the place of the one before, which stays in the history; the same persons change nothing', () => {
    const before = opened(complaint)
    const change = valueOf(nameTeam(before, [member('i2', true), member('i3')], act))
    expect(change?.task.team.members.map(({ inspectorId }) => inspectorId)).toEqual(['i2', 'i3'])
    expect(change?.task.earlierTeams).toEqual([{ members: before.team.members, until: act.at }])
    expect(valueOf(nameTeam(before, [...before.team.members].toReversed(), act))).toBeUndefined()
    expect(nameTeam({ ...before, status: 'COMPLETED' }, [member('i9', true)], act)).toEqual({ ok: false, error: { code: 'team-settled' } })
  })

  it('DRW-14 is not for a drawn task, whose team a draw matched', () => {
    expect(nameTeam(task, [member('i9', true)], act)).toEqual({ ok: false, error: { code: 'team-of-draw' } })
  })
})
