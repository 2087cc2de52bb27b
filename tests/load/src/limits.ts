import type { Figure } from './figure.ts'

/** What a figure must keep, on two cores with default sizes. */
export interface Limit {
  readonly atMost?: number
  readonly atLeast?: number
  readonly ratioAtMost?: number
  readonly ratioAtLeast?: number
}

/** The limits of all figures; names end at the first dot where one limit holds for several. */
export const limits: Readonly<Record<string, Limit>> = {
  'import.whole': { atLeast: 2000, ratioAtLeast: 0.6 },
  'import.write': { ratioAtLeast: 0.85 },
  'import.memory': { atMost: 512 },
  'import.growth': { ratioAtMost: 1.25 },
  'import.drain': { atLeast: 1000 },
  'province.whole': { atLeast: 1000 },
  'province.memory': { atMost: 512 },
  'province.growth': { ratioAtMost: 1.25 },
  'roster.page': { ratioAtMost: 3 },
  'roster.stream': { ratioAtLeast: 0.5 },
  'roster.freeze': { ratioAtLeast: 0.1 },
  'events.p50': { ratioAtMost: 2 },
  'events.p99': { atMost: 250, ratioAtMost: 3 },
  relay: { ratioAtLeast: 0.7 },
  'takeover.kill': { atMost: 8 },
  'takeover.term': { atMost: 2 },
  'poison.others': { atMost: 1 },
  'flows.rate': { ratioAtMost: 0.5 },
  'flows.p50': { atMost: 1000 },
  'flows.p99': { atMost: 1000 },
  'flows.late': { atMost: 1 },
  'flows.lost': { atMost: 0 },
  'draw.rank': { ratioAtMost: 1.5 },
  'draw.memory': { atMost: 1000 },
  'draw.freeze': { atMost: 120_000 },
  'draw.roster': { atMost: 60_000 },
  'draw.commit': { atMost: 100 },
  'draw.select': { atMost: 10_000 },
  'draw.openings': { atMost: 30_000 },
  'draw.transcript': { atMost: 3000 },
  'draw.verify': { atMost: 30_000 },
  'draw.whole': { atMost: 180_000 },
  'planning.feasibility': { ratioAtMost: 10 },
  'planning.overlaps': { ratioAtMost: 10 },
  'planning.coverage': { ratioAtMost: 10 },
  'planning.filing': { ratioAtMost: 10 },
  'portal.verify': { atMost: 10 },
  idle: { atMost: 0.6 },
  demo: { atMost: 180 },
}

/** The limit of a figure; undefined where none is set. */
export const limitOf = (name: string): Limit | undefined => limits[name] ?? limits[name.split('.')[0] ?? '']

/** Says which limits the figure breaks; a figure without a limit breaks the harness's own rule. */
export function broken(figure: Figure): readonly string[] {
  const limit = limitOf(figure.name)
  if (limit === undefined) return [`${figure.name}: no limit is set`]
  const { atMost, atLeast, ratioAtMost, ratioAtLeast } = limit
  const ratio = figure.ratio ?? Number.NaN
  const say = (what: string, value: number, than: string): string => `${figure.name}: ${what} ${value} is ${than}`
  return [
    ...(atMost !== undefined && !(figure.value <= atMost) ? [say(figure.unit, figure.value, `more than ${atMost}`)] : []),
    ...(atLeast !== undefined && !(figure.value >= atLeast) ? [say(figure.unit, figure.value, `less than ${atLeast}`)] : []),
    ...(ratioAtMost !== undefined && !(ratio <= ratioAtMost) ? [say('ratio', ratio, `more than ${ratioAtMost}`)] : []),
    ...(ratioAtLeast !== undefined && !(ratio >= ratioAtLeast) ? [say('ratio', ratio, `less than ${ratioAtLeast}`)] : []),
  ]
}
