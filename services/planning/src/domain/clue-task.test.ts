import { createHash } from 'node:crypto'
import { canonicalJson, type Instant, type RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { clueTaskFacts } from '../../tests/support/clues.ts'
import { lineContext, lineInput, strata } from '../../tests/support/lines.ts'
import { buildLine } from './build-line.ts'
import {
  type ClueTask,
  type ClueTaskCommand,
  clueTaskDigest,
  decideClueTask,
  proposeClueTask,
  publishedClueTask,
  regionOutside,
} from './clue-task.ts'

const act = { by: 'planner', at: '2026-05-08T06:00:00.000Z' as Instant }
const accept = { type: 'accept', mergeWindowId: '230300-2026-W03', act } as const
const withdraw = (hasDraw = false): ClueTaskCommand => ({ type: 'withdraw', reason: '范围有误', hasDraw, act })

function after(...commands: readonly ClueTaskCommand[]): ClueTask {
  return commands.reduce<ClueTask>((task, command) => {
    const decided = decideClueTask(task, command)
    if (!decided.ok) throw new Error(decided.error.code)
    return decided.value?.task ?? task
  }, proposeClueTask(clueTaskFacts).task)
}

describe('a task on clues', () => {
  it('DRW-25 is accepted with its merge window under the digest of what the public reads, and changes no more', () => {
    const accepted = after(accept)
    if (accepted.status !== 'ACCEPTED') throw new Error(accepted.status)
    expect(accepted.terms.batches[0]?.mergeWindowId).toBe('230300-2026-W03')
    const text = canonicalJson(publishedClueTask(accepted))
    expect(accepted.accepted).toEqual({ ...act, subjectDigest: createHash('sha256').update(text).digest('hex') })
    const again = decideClueTask(accepted, { ...accept, mergeWindowId: '230300-2026-W04' })
    expect(again).toEqual({ ok: true, value: undefined })
  })

  it('TGT-09 TGT-10 the digest covers clues, trigger, industries, regions, quantity, window, units and policy', () => {
    const { terms } = clueTaskFacts
    const others = [
      { ...clueTaskFacts, clueIds: ['clue-0a'] },
      { ...clueTaskFacts, trigger: { id: 'HIGH_RISK', text: '风险高' } },
      { ...clueTaskFacts, scope: { ...clueTaskFacts.scope, industryPrefixes: ['R88'] } },
      { ...clueTaskFacts, scope: { ...clueTaskFacts.scope, regionCodes: ['230302' as RegionCode] } },
      { ...clueTaskFacts, policyDigest: 'e'.repeat(64) },
      { ...clueTaskFacts, repeatGround: { reason: '投诉集中' } },
      { ...clueTaskFacts, repeatGround: { citation: { kind: 'LAW', text: '《反不正当竞争法》第十三条' } as const } },
      { ...clueTaskFacts, terms: { ...terms, count: 13 } },
      { ...clueTaskFacts, terms: { ...terms, units: terms.units.map((unit) => ({ ...unit, teamSize: 3 })) } },
      { ...clueTaskFacts, terms: { ...terms, batches: terms.batches.map((batch) => ({ ...batch, commitAt: act.at })) } },
    ]
    expect(new Set([clueTaskFacts, ...others].map(clueTaskDigest)).size).toBe(others.length + 1)
  })

  it('DRW-34 the public reads no clue: neither its matter nor its object, nor the ground in words', () => {
    expect(canonicalJson(publishedClueTask(clueTaskFacts))).not.toContain(clueTaskFacts.ground)
    expect(publishedClueTask({ ...clueTaskFacts, ground: '另一理由' })).toEqual(publishedClueTask(clueTaskFacts))
  })

  it('CRD-07 DRW-34 the public reads that there is a reason for drawing again, and by which law, but not the reason in words', () => {
    const citation = { kind: 'LAW', text: '《反不正当竞争法》第十三条' } as const
    const read = (repeatGround: NonNullable<ClueTask['repeatGround']>) => publishedClueTask({ ...clueTaskFacts, repeatGround })
    expect(read({ reason: '张三投诉', citation })).toMatchObject({ repeatGround: { hasReason: true, citation } })
    expect(read({ citation })).toMatchObject({ repeatGround: { hasReason: false, citation } })
    expect(read({ reason: '张三投诉' })).toMatchObject({ repeatGround: { hasReason: true, citation: null } })
    expect(publishedClueTask(clueTaskFacts)).not.toHaveProperty('repeatGround')
  })

  it('DRW-25 is withdrawn while no draw is committed for it, and not after', () => {
    expect(after(withdraw())).toMatchObject({ status: 'WITHDRAWN', withdrawn: { ...act, reason: '范围有误' } })
    expect(after(accept, withdraw())).toMatchObject({ status: 'WITHDRAWN', accepted: {} })
    expect(decideClueTask(after(accept), withdraw(true))).toEqual({ ok: false, error: { code: 'clue-task-has-draw' } })
    expect(decideClueTask(after(withdraw()), accept)).toEqual({ ok: false, error: { code: 'clue-task-withdrawn' } })
    expect(decideClueTask(after(withdraw()), withdraw())).toEqual({ ok: true, value: undefined })
  })

  it('TGT-09 is narrowed to its own region or some below it', () => {
    const scope = (...regionCodes: readonly string[]) => ({ industryPrefixes: [], regionCodes: regionCodes as RegionCode[] })
    expect(regionOutside('230300' as RegionCode, scope('230302', '230300'))).toBeUndefined()
    expect(regionOutside('230300' as RegionCode, scope('230302', '230400'))).toBe('230400')
  })

  it('TGT-09 sets its ratio by what the clues call for: no band of plans binds it, the list and its caps do', () => {
    const ofTask = {
      ...lineContext(),
      plan: { unitId: lineContext().plan.unitId, year: 2026, selection: lineContext().plan.selection },
    } as ReturnType<typeof lineContext>
    const id = { lineId: 'T1' as never, commandId: 'c' }
    const steep = lineInput({ ratios: strata({ A: '80%', B: '80%', C: '80%', D: '80%', UNGRADED: '80%' }) })
    expect(buildLine(steep, lineContext(), id).ok).toBe(false)
    expect(buildLine(steep, ofTask, id).ok).toBe(true)
    const unlisted = buildLine(lineInput({ itemCodes: ['NOT-LISTED' as never] }), ofTask, id)
    // TGT-13 REG-13: no check outside the list, drawn for by clues or not.
    expect(unlisted).toMatchObject({ ok: false, error: [{ code: 'item-not-on-list' }] })
  })
})
