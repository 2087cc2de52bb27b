import { describe, expect, it } from 'vitest'
import { act, days, gaj, lineContext, lineId, scj, station1 } from '../../tests/support/lines.ts'
import { fourCoalCities, shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { assignmentOf, drawnTask } from '../../tests/support/taking-in.ts'
import { campaign, lifts, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { termsProblems } from './assignment.ts'
import { buildUndrawnLine } from './build-undrawn-line.ts'
import type { GivenUndrawnLine, UndrawnLine } from './undrawn-line.ts'
import { assignedUndrawnLine, keyTask, lacksMeans, type UndrawnTask, type UndrawnTerms, undrawnTaskOf } from './undrawn-task.ts'

const window = days('2026-04-01', '2026-06-30')
const exception = { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' }
const matters = [lifts]
const key = valueOf(keyTask({ kind: 'KEY_SUPERVISION', taskName: '电梯重点监管', matterId: 'ZD-01', window }, matters))
const { unitIds: _units, ...said } = undrawnInput({ window })
const check: UndrawnTask = { ...said, basis: '省局部署' }
const problem = { trigger: 'WIDESPREAD_PROBLEM', description: '电池超标' }

/** As the superior's own plan holds it. */
const lineOf = (given: GivenUndrawnLine): UndrawnLine =>
  valueOf(buildUndrawnLine(given, undrawnContext(shaoxing), { lineId: lineId('L09'), commandId: 'c' }))
const special = (means: NonNullable<UndrawnLine['problem']>['means']) =>
  lineOf(undrawnInput({ window, problem: { ...problem, means }, jointException: exception }))

describe('tasks without a draw that are dispatched', () => {
  it('PLN-15 TGT-03 of key supervision say what the matter says, and all its stages where they name none', () => {
    expect(key).toEqual({
      kind: 'KEY_SUPERVISION',
      taskName: '电梯重点监管',
      field: lifts.field,
      objectScope: lifts.objects,
      objects: lifts.applicability,
      itemCodes: lifts.itemCodes,
      window,
      matter: { listId: 'hlj-key', listVersion: 3, matterId: 'ZD-01', name: lifts.name, stages: ['使用', '维保'] },
    })
    const some = valueOf(keyTask({ kind: 'KEY_SUPERVISION', taskName: 't', matterId: 'ZD-01', stages: ['维保'], window }, matters))
    expect(some.matter.stages).toEqual(['维保'])
    expect(keyTask({ kind: 'KEY_SUPERVISION', taskName: 't', matterId: 'ZD-02', window }, matters)).toMatchObject({
      ok: false,
      error: [{ code: 'key-matter-not-in-force' }],
    })
  })

  it('PLN-15 from a line say all of it but who checks and why against a rule', () => {
    const { kind, taskName, field, objectScope, objects, itemCodes, window: of, basis } = campaign('L01')
    expect(undrawnTaskOf(campaign('L01'))).toStrictEqual({ kind, taskName, field, objectScope, objects, itemCodes, window: of, basis })
    const keyed = lineOf({
      kind: 'KEY_SUPERVISION',
      taskName: '电梯重点监管',
      matterId: 'ZD-01',
      unitIds: [scj],
      window,
      jointException: exception,
    })
    expect(undrawnTaskOf(keyed)).toEqual({ ...key, jointException: exception })
  })

  it('PLN-15 TGT-11 take the words of their means along, and no line or task on clues of the superior’s', () => {
    expect(undrawnTaskOf(special({ similar: '随机查验' }))).toMatchObject({
      problem: { ...problem, similar: '随机查验' },
      jointException: exception,
    })
    for (const means of [{ lineId: lineId('L01') }, { clueTaskId: 'clue-task-1' }])
      expect(undrawnTaskOf(special(means))).toHaveProperty('problem', problem)
  })
})

describe('what the local planner says of a task without a draw', () => {
  const codes = (task: UndrawnTask, undrawn: UndrawnTerms) =>
    termsProblems(assignmentOf(task), { assignmentId: 'a1', undrawn }).map(({ code, pointer }) => `${code} ${pointer}`)

  it.each([
    ['2026-04-01', '2026-06-30', []],
    ['2026-03-31', '2026-06-30', ['window-outside-assignment /undrawn/window']],
    ['2026-04-01', '2026-07-01', ['window-outside-assignment /undrawn/window']],
  ])('PLN-15 days from %s to %s against April to June: %j', (start, end, expected) => {
    expect(codes(check, { window: days(start, end) })).toEqual(expected)
  })

  it('PLN-15 TGT-11 is the means of a problem that came without, a whole problem where there was none, and nothing else of it', () => {
    const means = { similar: '随机查验' }
    const fixed = ['assigned-problem-fixed /undrawn/problem']
    expect(codes({ ...check, problem }, { problem: { means } })).toEqual([])
    expect(codes({ ...check, problem }, { problem: { ...problem, means } })).toEqual(fixed)
    expect(codes({ ...check, problem: { ...problem, ...means } }, { problem: { means } })).toEqual(fixed)
    expect(codes(check, { problem: { ...problem, means } })).toEqual([])
    expect(codes(check, { problem: { means } })).toEqual(fixed)
    expect(
      [check, { ...check, problem }, { ...check, problem: { ...problem, ...means } }, key].map((task) => lacksMeans(task, {})),
    ).toEqual([false, true, false, false])
    expect(lacksMeans({ ...check, problem }, { problem: { means } })).toBe(false)
  })

  it('PLN-15 is of its form: key supervision has no problem and no reasons, a task to draw for none of this, one without a draw nothing else', () => {
    const misplaced = (member: string) => `assigned-terms-misplaced ${member}`
    expect(codes(key, {})).toEqual([])
    expect(codes(key, { problem: { means: { similar: '随机' } }, reasons: [] })).toEqual([
      misplaced('/undrawn/problem'),
      misplaced('/undrawn/reasons'),
    ])
    expect(termsProblems(assignmentOf(drawnTask), { assignmentId: 'a1', undrawn: {} })).toEqual([
      { code: 'assigned-terms-misplaced', pointer: '/undrawn' },
    ])
    expect(termsProblems(assignmentOf(check), { assignmentId: 'a1', times: 2 })).toEqual([
      { code: 'assigned-terms-misplaced', pointer: '/times' },
    ])
  })
})

describe('the line that a task without a draw becomes', () => {
  const lineFor = (task: UndrawnTask, terms: UndrawnTerms = {}, policy = fourCoalCities) =>
    assignedUndrawnLine(task, scj, terms, lineContext({}, policy))

  it('PLN-15 is checked by the unit of the plan in the days dispatched, or as the planner says', () => {
    expect(lineFor(check)).toStrictEqual({ ...check, unitIds: [scj] })
    const { basis: _basis, ...unfounded } = check
    expect(lineFor(unfounded)).toStrictEqual({ ...unfounded, unitIds: [scj] })
    const april = days('2026-04-01', '2026-04-30')
    expect(lineFor(check, { unitIds: [gaj, scj], initiatorUnitId: gaj, window: april })).toEqual({
      ...check,
      unitIds: [gaj, scj],
      initiatorUnitId: gaj,
      window: april,
    })
  })

  it('PLN-15 TGT-05 of key supervision names the matter, which alone says what is checked', () => {
    expect(lineFor(key)).toEqual({
      kind: 'KEY_SUPERVISION',
      taskName: '电梯重点监管',
      listId: 'hlj-key',
      matterId: 'ZD-01',
      stages: ['使用', '维保'],
      unitIds: [scj],
      window,
    })
  })

  it('PLN-15 TGT-11 answers the problem by the means of the superior’s words or of the local plan', () => {
    const local = { means: { lineId: lineId('L03') } }
    expect(lineFor({ ...check, problem: { ...problem, similar: '随机' } })).toMatchObject({
      problem: { ...problem, means: { similar: '随机' } },
    })
    expect(lineFor({ ...check, problem }, { problem: local })).toMatchObject({ problem: { ...problem, ...local } })
    expect(lineFor(check, { problem: { ...problem, ...local } })).toMatchObject({ problem: { ...problem, ...local } })
    expect(() => lineFor({ ...check, problem })).toThrow(problem.description)
  })

  it('PLN-15 PLN-22 takes the superior’s exception where the policy asks for one of a single department, else the planner’s alone', () => {
    const own = { ground: 'LAW_STATES_METHOD', basis: '法律' }
    const excepted = { ...check, jointException: exception }
    expect(lineFor(excepted, {}, shaoxing)).toMatchObject({ jointException: exception })
    expect(lineFor(excepted, { jointException: own }, shaoxing)).toMatchObject({ jointException: own })
    expect(lineFor(excepted, { unitIds: [scj, station1] }, shaoxing)).toMatchObject({ jointException: exception })
    expect(lineFor(excepted, { unitIds: [scj, gaj] }, shaoxing)).not.toHaveProperty('jointException')
    expect(lineFor(excepted)).not.toHaveProperty('jointException')
  })

  it('PLN-15 keeps the reasons that the planner gives', () => {
    const reasons = [{ rule: 'CHECK_WITHOUT_DRAW', reason: '省局部署', legalBasis: '条例' }] as const
    const built = valueOf(buildUndrawnLine(lineFor(check, { reasons }), undrawnContext(), { lineId: lineId('L02'), commandId: 'c' }))
    expect(built.reasons).toEqual([{ ...reasons[0], ...act }])
  })
})
