import { events } from '@dual-random/contracts'
import { addMs, parseInstant } from '@dual-random/kernel'
import { organiserOf } from '../world/accounts.ts'
import { cities } from '../world/cities.ts'
import { groupBy } from '../world/group-by.ts'
import { until } from '../world/parallel.ts'
import { closeDue } from './close-draws.ts'
import { inboxMarks } from './inbox-marks.ts'
import type { Plan, PlanLine } from './plans.ts'
import type { Scenario } from './scenario.ts'
import { superiorOf } from './superior.ts'

export interface Draw {
  readonly drawId: string
  readonly regionCode: string
  readonly unitId: string
  readonly planId: string
  readonly lineId: string
  readonly batch: number
  readonly status: string
  readonly taskName: string
  readonly window: { readonly start: string; readonly end: string }
  readonly closeAt: string
  readonly strata: readonly {
    readonly stratum: string
    readonly mapped: number
    readonly eligible: number
    readonly drawn?: number
    readonly ratio?: { readonly numerator: number; readonly denominator: number }
    readonly overshoot?: boolean
  }[]
  readonly commitment?: { readonly roundAt: string; readonly digest: string }
  readonly transcript?: { readonly digest: string; readonly drawn: number }
  readonly match?: { readonly shortOfTeam: number }
  readonly closing?: { readonly visited: number; readonly notVisited: number }
}

/** One batch of one line, with the units that will check it. */
export interface PlannedDraw {
  readonly plan: Plan
  readonly line: PlanLine
  readonly batch: PlanLine['batches'][number]
}

/** All batches of all plans in the order in which they are drawn. */
export const plannedDraws = (plans: readonly Plan[]): readonly PlannedDraw[] =>
  plans
    .flatMap((plan) => plan.lines.flatMap((line) => line.batches.map((batch) => ({ plan, line, batch }))))
    .sort((a, b) => orderOf(a).localeCompare(orderOf(b)))

const orderOf = ({ plan, line, batch }: PlannedDraw): string => `${batch.freezeAt} ${plan.planType} ${plan.planId} ${line.lineId}`

const minuteMs = 60_000

/** Draws of one region follow each other at this distance; the round lies 50 to 60 minutes after the commitment, for the superior reveals. */
const slotMs = 80 * minuteMs

/** Runs the batches whose freeze lies in the given half-open span, regions beside each other, a region's draws one after another. */
export async function runDraws(
  scenario: Scenario,
  planned: readonly PlannedDraw[],
  from: string,
  before: string,
  earlier: readonly Draw[],
): Promise<readonly Draw[]> {
  const due = planned.filter(({ batch }) => batch.freezeAt >= from && batch.freezeAt < before)
  const draws: Draw[] = []
  for (const [freezeAt, sameDay] of groupBy(due, ({ batch }) => batch.freezeAt)) {
    const byRegion = cities.map(({ regionCode }) => sameDay.filter(({ plan }) => plan.regionCode === regionCode))
    const rounds = Math.max(...byRegion.map((list) => list.length))
    for (let slot = 0; slot < rounds; slot++) {
      const slotDraws = byRegion.flatMap((list) => list.slice(slot, slot + 1))
      draws.push(...(await runSlot(scenario, slotDraws, freezeAt, slot, [...earlier, ...draws])))
    }
  }
  return draws
}

async function runSlot(
  scenario: Scenario,
  slotDraws: readonly PlannedDraw[],
  freezeAt: string,
  slot: number,
  earlier: readonly Draw[],
): Promise<readonly Draw[]> {
  const { world, as, progress } = scenario
  const start = parseInstant(freezeAt)
  if (start === undefined) throw new Error(`not an instant: ${freezeAt}`)
  const at = (minutes: number) => addMs(start, slot * slotMs + minutes * minuteMs + 10_000)
  const post = (planned: PlannedDraw, path: string, body: unknown): Promise<Draw> =>
    as(organiserOf(planned.line.initiatorUnitId)).post<Draw>(`/drawing/v1/draws${path}`, body)

  await world.clock.advanceTo(at(0))
  await closeDue(scenario, earlier)
  const superior = superiorOf(scenario)
  const frozen = await Promise.all(
    slotDraws.map(async (planned) => {
      await superior.giveTip(planned)
      const { plan, line, batch } = planned
      return { planned, draw: await post(planned, '', { planId: plan.planId, lineId: line.lineId, batch: batch.number }) }
    }),
  )
  await world.clock.advanceTo(at(10))
  const committed: Draw[] = []
  for (const { planned, draw } of frozen) committed.push(await post(planned, `/${draw.drawId}/commit`, { shortTeamsApproved: true }))
  for (const [index, { planned }] of frozen.entries()) await superior.reveal(planned, commitmentOf(committed[index]))
  if (earlier.length === 0) await watched(scenario, committed)
  await world.clock.advanceTo(at(72))
  const matched = await Promise.all(frozen.map(({ planned, draw }) => post(planned, `/${draw.drawId}/run`, {})))
  for (const draw of matched) {
    await dispatched(scenario, draw)
    progress(
      `  ${cityName(draw.regionCode)}：${draw.taskName} 第 ${draw.batch} 批抽中 ${draw.transcript?.drawn ?? 0} 户 / drew ${draw.transcript?.drawn ?? 0}`,
    )
  }
  return matched
}

function commitmentOf(draw: Draw | undefined): string {
  if (draw?.commitment === undefined) throw new Error(`draw ${draw?.drawId} is not committed`)
  return draw.commitment.digest
}

/** Moves the clock shortly before the first round of these draws and lets it go on by itself, so that people can watch them fall. */
async function watched({ world, progress, watchSeconds }: Scenario, committed: readonly Draw[]): Promise<void> {
  const rounds = committed.flatMap(({ commitment }) => parseInstant(commitment?.roundAt ?? '') ?? []).sort()
  const last = rounds.at(-1)
  if (watchSeconds === 0 || last === undefined) return
  await world.clock.advanceTo(addMs(last, -1000 * watchSeconds))
  progress(`  距信标轮次 ${watchSeconds} 秒，请在门户观看 / ${watchSeconds} s to the round, watch it in the portal`)
  await until('the round to come', async () => (world.clock.now() > last ? true : undefined), 1000 * (watchSeconds + 60))
}

const cityName = (regionCode: string): string => cities.find((city) => city.regionCode === regionCode)?.name ?? regionCode

/** Of the events of a draw: frozen, committed, drawn, matched. */
const matchedSeq = 4

/** Waits until inspection has made the tasks of a matched draw, and joint its joint task: later draws see them. Each marks an event once it is done with it. */
async function dispatched(scenario: Scenario, { drawId }: Draw): Promise<void> {
  for (const group of ['inspection', 'joint'] as const) {
    await until(`${group} to dispatch draw ${drawId}`, async () => {
      const marks = await inboxMarks(scenario, group, events.drawing.drawMatched.topic, [drawId])
      return (marks?.get(drawId) ?? 0) >= matchedSeq ? true : undefined
    })
  }
}
