import { addMs, type Instant } from '@dual-random/kernel'
import { actingUnitIds, dispatcherOf } from '../world/accounts.ts'
import { inParallel } from '../world/parallel.ts'
import { type Seeded, seeded } from '../world/seeded.ts'
import { quarters } from './quarters.ts'
import type { Scenario } from './scenario.ts'

export interface Task {
  readonly taskId: string
  readonly taskNumber: string
  readonly regionCode: string
  readonly unitId: string
  readonly drawId: string
  readonly planId: string
  readonly lineId: string
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly visitId: string
  readonly mergeWindowId: string
  readonly window: { readonly start: string; readonly end: string }
  readonly object: { readonly code: string; readonly name: string }
  readonly items: readonly { readonly itemCode: string; readonly result?: { readonly resultId: string; readonly resultType: string } }[]
  readonly team: {
    readonly members: readonly {
      readonly inspectorId: string
      readonly unitId: string
      readonly subject: string
      readonly leader: boolean
    }[]
    readonly short: boolean
  }
  readonly status: string
  readonly notCompleted?: { readonly reason: string }
}

export interface EnteredResult {
  readonly resultId: string
  readonly taskId: string
  readonly itemCode: string
  readonly resultType: string
  readonly opensFollowUp: boolean
  readonly followUpId?: string
}

const taskPage = 200

/** Every task of every unit, as its dispatcher sees it. */
export async function allTasks({ as }: Scenario): Promise<readonly Task[]> {
  const perUnit = await inParallel(actingUnitIds, 6, (unitId) =>
    as(dispatcherOf(unitId)).list<Task>(`/inspection/v1/tasks?limit=${taskPage}`),
  )
  return perUnit.flat().sort((a, b) => a.taskNumber.localeCompare(b.taskNumber))
}

interface Proposal {
  readonly proposalId: string
  readonly status: string
}

/** Departments agree to every proposal to merge two visits of one object in one window. */
export async function acceptMerges({ as }: Scenario): Promise<number> {
  let accepted = 0
  for (const unitId of actingUnitIds) {
    const dispatcher = as(dispatcherOf(unitId))
    const proposals = await dispatcher.list<Proposal>(`/inspection/v1/merge-proposals?status=PROPOSED&limit=${taskPage}`)
    for (const { proposalId } of proposals) {
      await dispatcher.post(`/inspection/v1/merge-proposals/${proposalId}/accept`, {})
      accepted++
    }
  }
  return accepted
}

const concurrency = 12

/** The inspectors check what is open: one result per item, entered by a member of the team drawn for it. */
export async function inspect(scenario: Scenario, tasks: readonly Task[]): Promise<readonly EnteredResult[]> {
  const open = tasks.filter((task) => task.status === 'OPEN' && task.team.members.length > 0)
  const taskDone = quarters(open.length, (done) =>
    scenario.progress(`  已检查 ${done} / ${open.length} 项任务 / checked ${done} of ${open.length} tasks`),
  )
  const entered = await inParallel(open, concurrency, async (task) => {
    const member = task.team.members.find(({ leader }) => leader) ?? task.team.members[0]
    if (member === undefined) return []
    const session = scenario.as({ subject: member.subject, unitId: member.unitId })
    const results: EnteredResult[] = []
    for (const { itemCode } of task.items) {
      const body = resultOf(
        seeded(scenario.seed, `result ${task.object.code} ${itemCode} ${task.taskNumber}`),
        itemCode,
        scenario.world.clock.now(),
      )
      results.push(await session.post<EnteredResult>(`/inspection/v1/tasks/${task.taskId}/results`, body))
    }
    taskDone()
    return results
  })
  return entered.flat()
}

/** One of the nine types, mostly without a problem, each with what its type demands. */
function resultOf(random: Seeded, itemCode: string, now: Instant): Record<string, unknown> {
  const common = {
    itemCode,
    methods: ['ON_SITE'],
    recordForm: { form: '示例检查表/2026', entries: [{ point: '检查要点（示例）', finding: '已核查' }] },
  }
  const evidence = [{ description: '示例：现场记录' }]
  return {
    ...common,
    ...random.weighted<Record<string, unknown>>([
      [{ resultType: 'NO_PROBLEM' }, 780],
      [{ resultType: 'NOT_PUBLICIZED', information: '示例：未公示年度报告' }, 40],
      [{ resultType: 'UNREACHABLE', contactAttempts: contactAttempts(now), opensFollowUp: true }, 30],
      [{ resultType: 'UNCOOPERATIVE_SERIOUS', facts: '示例：拒绝提供资料', evidence }, 5],
      [{ resultType: 'NO_ACTIVITY' }, 35],
      [{ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_NOW' }, 30],
      [{ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-12-31' }, 30],
      [{ resultType: 'PENDING_INVESTIGATION', clue: '示例：涉嫌违法线索', evidence }, 15],
      [{ resultType: 'QUALIFIED_OR_NOT', subValue: 'QUALIFIED', sampleOrItem: '示例样品' }, 20],
      [{ resultType: 'QUALIFIED_OR_NOT', subValue: 'UNQUALIFIED', sampleOrItem: '示例样品' }, 5],
      [{ resultType: 'OTHER', note: '示例：其他情况说明', opensFollowUp: false }, 10],
    ]),
  }
}

const dayMs = 86_400_000

/** Two attempts in different manners on different days before the check. */
const contactAttempts = (now: Instant) => [
  { at: addMs(now, -12 * dayMs), manner: 'TELEPHONE', evidence: '示例：通话记录' },
  { at: addMs(now, -7 * dayMs), manner: 'ON_SITE', evidence: '示例：现场照片' },
]
