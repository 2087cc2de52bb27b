import type { Instant, LineId, LocalDate, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { Assignment, AssignmentChange, DrawnTask } from '../../services/planning/src/domain/assignment.ts'
import { assignmentReminders } from '../../services/planning/src/domain/assignment-reminders.ts'
import { type Clue, decideClue, recordClue } from '../../services/planning/src/domain/clue.ts'
import { clueReminders } from '../../services/planning/src/domain/clue-reminders.ts'
import { type ClueTaskFacts, decideClueTask, proposeClueTask } from '../../services/planning/src/domain/clue-task.ts'
import type { PlanEvent } from '../../services/planning/src/domain/commands.ts'
import { filingReminders } from '../../services/planning/src/domain/filing-reminders.ts'
import { wholeScope } from '../../services/planning/src/domain/object-scope.ts'
import { type Plan, type PlanLine, planIdOf } from '../../services/planning/src/domain/plan.ts'
import type { UndrawnLine } from '../../services/planning/src/domain/undrawn-line.ts'
import { tell } from '../../services/planning/src/events/publish.ts'
import { tellAssignment } from '../../services/planning/src/events/publish-assignment.ts'
import { tellClue, tellClueTask } from '../../services/planning/src/events/publish-clue.ts'
import { tellReminder } from '../../services/planning/src/events/publish-reminder.ts'
import { clueFacts } from '../../services/planning/tests/support/clues.ts'
import { lead } from '../../services/planning/tests/support/lead-days.ts'
import { newEventOf, readEvent } from './support/emitted.ts'
import { golden } from './support/examples.ts'

const { data } = golden('plan-published')
const [told] = data['lines'] as readonly {
  readonly lineId: string
  readonly taskName: string
  readonly itemCodes: readonly string[]
  readonly initiatorUnitId: string
  readonly participantUnitIds: readonly string[]
  readonly batches: readonly { readonly number: number; readonly window: { start: string; end: string }; readonly mergeWindowId: string }[]
}[]

const [toldUndrawn] = (
  data['undrawn'] as {
    readonly lines: readonly {
      readonly lineId: string
      readonly kind: string
      readonly taskName: string
      readonly itemCodes: readonly string[]
      readonly initiatorUnitId: string
      readonly participantUnitIds: readonly string[]
      readonly window: { start: string; end: string }
      readonly matterId: string
    }[]
  }
).lines

const act = { by: 'zhao.liu', at: golden('plan-drafted').time as Instant }
const header = { regionCode: '230300' as RegionCode, unitId: '230300-scj' as UnitId, year: 2026, planType: 'JOINT' as const }

/** The golden line as planning keeps it; what is not told of a line is left out. */
const line = {
  lineId: told?.lineId as LineId,
  taskName: told?.taskName,
  itemCodes: told?.itemCodes,
  initiatorUnitId: told?.initiatorUnitId,
  units: [told?.initiatorUnitId, ...(told?.participantUnitIds ?? [])].map((unitId) => ({ unitId })),
  batches: told?.batches.map(({ number, window }) => ({ number, window })),
} as unknown as PlanLine

/** The golden line that is not drawn, as planning keeps it. */
const undrawn = {
  ...toldUndrawn,
  unitIds: [toldUndrawn?.initiatorUnitId, ...(toldUndrawn?.participantUnitIds ?? [])],
  matter: { listId: 'key', listVersion: 1, matterId: toldUndrawn?.matterId, name: '电梯', stages: ['USE'] },
} as unknown as UndrawnLine

const plan: Plan = {
  ...header,
  planId: planIdOf(header),
  policy: data['policy'] as Plan['policy'],
  policyDigest: '0'.repeat(64),
  drafted: act,
  updatedAt: act.at,
  nextLine: 1,
  versions: [{ state: 'DRAFT', number: 1, lines: [], changes: [] }],
}

const filing = golden('plan-filed').data
const mergeWindowIds = new Map(told?.batches.map(({ number, mergeWindowId }) => [`${told.lineId}/${number}`, mergeWindowId]))
const filed: PlanEvent = {
  type: 'filed',
  filedTo: filing['filedToRegionCode'] as RegionCode,
  dueDate: filing['dueDate'] as LocalDate,
  onTime: true,
  settlement: { mergeWindowIds, figures: {} as never },
  act: { by: 'zhao.liu', at: filing['filedAt'] as Instant },
}

/** A year's beginning: drafted, filed, returned, corrected, filed again, accepted, published; and its end. */
const happened: readonly PlanEvent[] = [
  { type: 'drafted', plan },
  { type: 'lines-added', lines: [line], act },
  filed,
  { type: 'returned', reason: String(golden('plan-returned').data['reason']), act },
  { type: 'version-opened', number: 2, lines: [line], undrawn: [undrawn], changes: [] },
  filed,
  { type: 'accepted', receipt: String(golden('plan-accepted').data['receipt']), act },
  { type: 'published', channels: ['publicitySystem'], digest: String(data['digest']), act },
  { type: 'closed', act: { by: 'zhao.liu', at: golden('plan-closed').data['closedAt'] as Instant } },
]

describe('planning', () => {
  it.each(['plan-drafted', 'plan-filed', 'plan-returned', 'plan-accepted', 'plan-published', 'plan-closed'])(
    'emits %s as its golden event says',
    (name) => {
      const { told: events } = tell(undefined, happened)
      expect(readEvent(events[Number(golden(name).sequence) - 1])).toEqual(newEventOf(name))
    },
  )

  it('names its aggregate by the plan', () => {
    expect(golden('plan-published').subject).toBe(plan.planId)
    expect(tell(undefined, happened).told).toHaveLength(8)
  })

  it('PLN-10 says of an adjustment which published version it takes the place of', () => {
    const digest = 'ad'.repeat(32)
    const adjusted: readonly PlanEvent[] = [
      ...happened.slice(0, -1),
      { type: 'version-opened', number: 3, lines: [], changes: [] },
      { type: 'published', channels: ['publicitySystem'], digest, act },
    ]
    const published = readEvent(tell(undefined, adjusted).told.at(-1))
    expect(published?.data).toMatchObject({ planVersion: 3, digest, supersededVersion: 2 })
    expect(published?.data).not.toHaveProperty('undrawn')
  })
})

describe('planning on clues', () => {
  const recorded = golden('clue-recorded')
  const taskId = golden('clue-task-proposed').subject
  const checked = golden('clue-checked').data
  const facts = {
    clueId: recorded.subject,
    regionCode: '230300' as RegionCode,
    unitId: '230300-scj' as UnitId,
    source: String(recorded.data['source']),
    receivedAt: recorded.data['receivedAt'] as Instant,
    matter: '反映预付卡退费难',
    object: { code: '91230300MA19XXXX6K', name: '示例健身有限公司' },
    due: { date: recorded.data['dueDate'] as LocalDate, provisional: false },
    recorded: act,
  }
  const open: Clue = { ...facts, status: 'OPEN' }
  const clustered: Clue = { ...facts, status: 'CLUSTERED', taskId }
  const check = { at: checked['checkedAt'] as Instant, checkTaskId: String(checked['checkTaskId']) }

  it.each([
    ['clue-recorded', recordClue(facts)],
    ['clue-clustered', valueOf(decideClue(open, { type: 'cluster', taskId }))],
    ['clue-released', valueOf(decideClue(clustered, { type: 'release', taskId }))],
    ['clue-checked', valueOf(decideClue(open, { type: 'check', check }))],
    [
      'clue-closed',
      valueOf(
        decideClue(
          { ...open, clueId: golden('clue-closed').subject },
          { type: 'close', reason: String(golden('clue-closed').data['reason']), act },
        ),
      ),
    ],
  ])('emits %s as its golden event says, without what the clue says and of whom', (name, change) => {
    const emitted = readEvent(tellClue(change))
    expect(emitted).toEqual(newEventOf(name))
    for (const secret of [facts.matter, facts.object.code, facts.object.name]) expect(JSON.stringify(emitted)).not.toContain(secret)
  })

  const proposal = golden('clue-task-proposed').data
  const task = {
    taskId,
    regionCode: '230300',
    unitId: '230300-scj',
    form: proposal['form'],
    trigger: { id: proposal['trigger'], text: '投诉举报较多' },
    clueIds: proposal['clueIds'],
  } as unknown as ClueTaskFacts
  const accepted = {
    ...task,
    status: 'ACCEPTED',
    accepted: { ...act, subjectDigest: String(golden('clue-task-accepted').data['subjectDigest']) },
  } as const
  const reason = String(golden('clue-task-withdrawn').data['reason'])

  it.each([
    ['clue-task-proposed', proposeClueTask(task)],
    ['clue-task-accepted', { task: accepted, event: 'accepted' } as const],
    ['clue-task-withdrawn', valueOf(decideClueTask(accepted, { type: 'withdraw', reason, hasDraw: false, act }))],
  ])('emits %s as its golden event says', (name, change) => {
    expect(readEvent(tellClueTask(change))).toEqual(newEventOf(name))
  })
})

const dispatched = golden('assignment-dispatched').data as unknown as Assignment & DrawnTask
const { taskName, objectScope = '', itemCodes, window, batches = [], checkBatches = 0 } = dispatched
const assignment: Assignment = {
  assignmentId: dispatched.assignmentId,
  fromRegionCode: dispatched.fromRegionCode,
  fromUnitId: dispatched.fromUnitId,
  ...header,
  planType: 'INTERNAL',
  task: { taskName, objectScope, scope: wholeScope, itemCodes, window, batches, checkBatches },
  assigned: act,
}

const dataOf = (task: Assignment['task']) => readEvent(tellAssignment({ event: 'dispatched', assignment: { ...assignment, task } }))?.data

describe('planning of dispatched tasks', () => {
  const { planId, planVersion, lineId } = golden('assignment-taken-in').data as { planId: PlanId; planVersion: number; lineId: LineId }
  const takenIn = { planId, version: planVersion, lineId, ...act }
  const withdrawn = { reason: String(golden('assignment-withdrawn').data['reason']), ...act }

  it.each<[string, AssignmentChange]>([
    ['assignment-dispatched', { event: 'dispatched', assignment }],
    ['assignment-taken-in', { event: 'taken-in', assignment: { ...assignment, takenIn } }],
    ['assignment-withdrawn', { event: 'withdrawn', assignment: { ...assignment, takenIn, withdrawn } }],
  ])('PLN-15 emits %s as its golden event says', (name, change) => {
    expect(readEvent(tellAssignment(change))).toEqual(newEventOf(name))
  })

  it('PLN-15 PLN-13 tells a scope that is said to be all from one of which nothing is said', () => {
    expect(dataOf({ taskName, itemCodes, window, scope: wholeScope })).toHaveProperty('scope', {})
    expect(dataOf({ taskName, itemCodes, window })).not.toHaveProperty('scope')
    expect(dataOf({ taskName, itemCodes, window })).not.toHaveProperty('undrawn')
  })

  it('PLN-15 tells of a task without a draw all that the local plan must have of it', () => {
    const objects = { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: ['业态:商超'] }
    const common = { taskName, field: '文具', objectScope: '文具店', objects, itemCodes, window }
    const problem = { trigger: 'PROMINENT_RISK', description: '超标', similar: '随机查验' }
    const jointException = { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' }
    expect(dataOf({ ...common, kind: 'SPECIAL_CHECK', basis: '省局方案', problem, jointException })).toMatchObject({
      objectScope: '文具店',
      itemCodes,
      undrawn: {
        kind: 'SPECIAL_CHECK',
        field: '文具',
        objects: { ...objects, kinds: ['OBJECT_KIND_ENTERPRISE'] },
        basis: '省局方案',
        problem,
        jointException,
      },
    })
    const matter = { listId: 'key', listVersion: 1, matterId: 'ZD-01', name: '电梯', stages: ['使用'] }
    const key = dataOf({ ...common, kind: 'KEY_SUPERVISION', matter })
    expect(key).toMatchObject({ undrawn: { kind: 'KEY_SUPERVISION', matter } })
    for (const member of ['batches', 'scope', 'times']) expect(key).not.toHaveProperty(member)
  })
})

describe('planning on dates', () => {
  it('emits reminder-raised as its golden event says, under the key', () => {
    const { data: raised, subject } = golden('reminder-raised')
    const status = { unitId: raised['unitId'] as UnitId, unitName: '鸡西市公安局', planType: 'INTERNAL', status: 'PENDING' } as const
    const region = { regionCode: header.regionCode, year: 2026, today: '2026-03-17' as LocalDate, lead }
    const [reminder] = filingReminders(region, [{ ...status, dueDate: String(raised['date']) }])
    if (reminder === undefined) throw new Error('nothing was raised')
    expect(reminder.key).toBe(subject)
    expect(readEvent(tellReminder(reminder))).toEqual(newEventOf('reminder-raised'))
  })

  it('TGT-15 PLN-15 tells a clue’s reminder, which is of no plan, and a dispatched task’s, each with its id', () => {
    const clue: Clue = { ...clueFacts('clue-1', { due: { date: '2026-05-12' as LocalDate, provisional: false } }), status: 'OPEN' }
    const today = '2026-05-13' as LocalDate
    const raised = [
      ...clueReminders([clue], today, lead),
      ...assignmentReminders([assignment], new Map(), { today, lead, dueOf: () => undefined }),
    ].map((reminder) => readEvent(tellReminder(reminder)))
    expect(raised).toMatchObject([
      { data: { kind: 'CLUE_OVERDUE', clueId: 'clue-1' } },
      { data: { kind: 'ASSIGNMENT_OPEN', assignmentId: assignment.assignmentId } },
    ])
    expect(raised[0]?.data).not.toHaveProperty('planType')
  })
})

function valueOf<T>(
  decided: { readonly ok: true; readonly value: T | undefined } | { readonly ok: false; readonly error: { readonly code: string } },
): T {
  if (!decided.ok) throw new Error(decided.error.code)
  if (decided.value === undefined) throw new Error('nothing was decided')
  return decided.value
}
