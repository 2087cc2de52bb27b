import { canonicalJson, type Instant, type Json, type RegionCode, toHex, type UnitId, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { DrawEvent } from './commands.ts'
import type { Draw, DrawStatus } from './draw.ts'
import { evolve } from './evolve.ts'

/** On whose word something was done: a person with unit and roles, or a service by itself. */
export interface Actor {
  readonly subject: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly roles: readonly string[]
}

/** One step of a draw with who took it and when. `link` is a digest over the step and the link before, so that no step can be taken out or changed unseen (ACC-07). */
export interface HistoryEntry {
  readonly at: Instant
  readonly by: Actor
  readonly event: DrawEvent
  readonly link: string
}

type Step = Omit<HistoryEntry, 'link'>

/** What is stored holds no member without a value; neither does what is linked. */
const linkOf = (previous: string, step: Step): string => {
  const { at, by, event } = step
  return toHex(sha256(utf8(canonicalJson(JSON.parse(JSON.stringify({ at, by, event, previous })) as Json))))
}

/** The history after further steps, all by one actor at one instant. */
export function extendHistory(
  history: readonly HistoryEntry[],
  events: readonly DrawEvent[],
  { at, by }: Pick<Step, 'at' | 'by'>,
): readonly HistoryEntry[] {
  const longer = [...history]
  for (const event of events) {
    const step = { at, by, event }
    longer.push({ ...step, link: linkOf(longer.at(-1)?.link ?? '', step) })
  }
  return longer
}

/** The place, from 0, of the first step whose link does not hold; undefined of a history that is as it was written. */
export function brokenLink(history: readonly HistoryEntry[]): number | undefined {
  const broken = history.findIndex((entry, index) => entry.link !== linkOf(history[index - 1]?.link ?? '', entry))
  return broken < 0 ? undefined : broken
}

/** The draw as it was at an instant (ACC-08); undefined before its freeze. */
export const stateAt = (history: readonly HistoryEntry[], at: Instant): Draw | undefined =>
  history.filter((entry) => entry.at <= at).reduce<Draw | undefined>((draw, { event }) => evolve(draw, event), undefined)

/** A step as an auditor reads it: what was done, and the state before and after. */
export interface ShownStep extends Pick<Step, 'at' | 'by'> {
  readonly what: DrawEvent['type']
  readonly before: DrawStatus | null
  readonly after: DrawStatus
}

export function stepsOf(history: readonly HistoryEntry[]): readonly ShownStep[] {
  let draw: Draw | undefined
  return history.map(({ at, by, event }) => {
    const before = draw?.status ?? null
    draw = evolve(draw, event)
    return { at, by, what: event.type, before, after: draw.status }
  })
}
