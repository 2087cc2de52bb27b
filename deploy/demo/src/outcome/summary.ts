import type { Year } from '../steps/year.ts'
import { cities } from '../world/cities.ts'
import type { EventRecord } from './events.ts'
import type { AppliedEvents } from './marks.ts'

/** The counts of a run: the same for the same seed and size, but for the durations. */
export interface Summary {
  readonly seed: string
  readonly objects: { readonly received: number; readonly stored: number; readonly rejected: number }
  readonly inspectors: number
  readonly grades: { readonly received: number; readonly unmatched: number; readonly rejected: number }
  readonly plans: number
  readonly planLines: number
  /** Tables imported as offices published them, and what they asked. */
  readonly publishedTables: number
  readonly questions: number
  readonly draws: number
  readonly drawn: number
  readonly drawnByGrade: Readonly<Record<string, number>>
  readonly byCity: Readonly<
    Record<string, { readonly drawn: number; readonly tasks: number; readonly results: number; readonly published: number }>
  >
  readonly shortOfTeam: number
  readonly mergesAccepted: number
  readonly visits: number
  readonly tasks: number
  readonly results: number
  readonly resultsByType: Readonly<Record<string, number>>
  readonly publications: { readonly published: number; readonly onTime: number; readonly late: number; readonly negative: number }
  readonly followUps: { readonly opened: number; readonly closed: number }
  readonly jointTasks: number
  readonly recognised: number
  readonly events: { readonly published: number; readonly applied: number; readonly byType: Readonly<Record<string, number>> }
  readonly durations: Readonly<Record<string, number>>
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function summarise(
  seed: string,
  year: Year,
  events: readonly EventRecord[],
  applied: AppliedEvents,
  durations: Readonly<Record<string, number>>,
): Summary {
  const { registers, draws, tasks, results, publications, followUps } = year
  const strata = draws.flatMap((draw) => draw.strata)
  const regionOf = new Map(tasks.map(({ taskId, regionCode }) => [taskId, regionCode]))
  const published = publications.filter(({ status }) => status === 'published')
  return {
    seed,
    objects: {
      received: sum(registers.objects.map(({ received }) => received)),
      stored: sum(registers.objects.map(({ created }) => created)),
      rejected: sum(registers.objects.map(({ rejected }) => rejected)),
    },
    inspectors: registers.inspectors,
    grades: {
      received: sum(registers.grades.map(({ received }) => received)),
      unmatched: sum(registers.grades.map(({ unmatched = 0 }) => unmatched)),
      rejected: sum(registers.grades.map(({ rejected }) => rejected)),
    },
    plans: year.plans.length,
    planLines: sum(year.plans.map(({ lines }) => lines.length)),
    publishedTables: year.imports.length,
    questions: sum(year.imports.map(({ asked }) => asked)),
    draws: draws.length,
    drawn: sum(draws.map(({ transcript }) => transcript?.drawn ?? 0)),
    drawnByGrade: Object.fromEntries(
      ['A', 'B', 'C', 'D', 'UNGRADED', 'ALL'].map((grade) => [
        grade,
        sum(strata.filter(({ stratum }) => stratum === grade).map(({ drawn = 0 }) => drawn)),
      ]),
    ),
    byCity: Object.fromEntries(
      cities.map(({ regionCode, name }) => [
        name,
        {
          drawn: sum(draws.filter((draw) => draw.regionCode === regionCode).map(({ transcript }) => transcript?.drawn ?? 0)),
          tasks: tasks.filter((task) => task.regionCode === regionCode).length,
          results: results.filter(({ taskId }) => regionOf.get(taskId) === regionCode).length,
          published: published.filter((publication) => publication.regionCode === regionCode).length,
        },
      ]),
    ),
    shortOfTeam: sum(draws.map(({ match }) => match?.shortOfTeam ?? 0)),
    mergesAccepted: year.mergesAccepted,
    visits: new Set(tasks.map(({ visitId }) => visitId)).size,
    tasks: tasks.length,
    results: results.length,
    resultsByType: countBy(results, ({ resultType }) => resultType),
    publications: {
      published: published.length,
      onTime: published.filter(({ onTime }) => onTime === true).length,
      late: published.filter(({ onTime }) => onTime === false).length,
      negative: published.filter(({ negative }) => negative === true).length,
    },
    followUps: { opened: followUps.length, closed: followUps.filter(({ status }) => status === 'CLOSED').length },
    jointTasks: year.jointTasks.length,
    recognised: year.recognised.length,
    events: { published: events.length, applied: applied.pairs - applied.missing.length, byType: countBy(events, ({ type }) => type) },
    durations,
  }
}
