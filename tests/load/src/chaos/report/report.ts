import type { Recording } from '../checker/recording.ts'
import { type Violation, type ViolationKind, violationKinds } from '../checker/violation.ts'
import type { UnaskedExit } from '../harness/chaos-process.ts'
import type { FaultRecord } from '../harness/fault-record.ts'
import type { Settling } from '../harness/quiescence.ts'
import type { FaultKind } from '../plan/fault.ts'
import { type VictimKind, victimKindOf } from '../plan/parts.ts'
import type { Plant } from '../plan/plant.ts'
import { type KillCounts, totalOf } from '../plan/quotas.ts'

/** All that is known of a run when it is over. */
export interface Outcome {
  readonly seed: number
  readonly minutes: number
  /** What the run must have had; undefined where it follows a plan of its own. */
  readonly required: { readonly kills: number; readonly ofEachKind: KillCounts } | undefined
  readonly plant: Plant | undefined
  /** Epoch milliseconds. */
  readonly faultsBeganAt: number
  readonly faultsEndedAt: number
  readonly faults: readonly FaultRecord[]
  /** Epoch milliseconds at which consumers told of effects, in any order. */
  readonly effectTimes: readonly number[]
  readonly settling: Settling
  readonly recording: Recording
  readonly violations: readonly Violation[]
  readonly unaskedExits: readonly UnaskedExit[]
  /** Messages at level error in the logs of the processes, with their count. */
  readonly alarms: Readonly<Record<string, number>>
}

interface Found {
  readonly count: number
  readonly examples: readonly Violation[]
}

export interface ChaosReport {
  readonly verdict: 'passed' | 'failed'
  /** Why it failed. */
  readonly reasons: readonly string[]
  readonly replay: string
  readonly seed: number
  readonly plant: Plant | null
  readonly began: string
  readonly faultsTookMs: number
  readonly kills: { readonly total: number; readonly required: number | null } & Readonly<Record<VictimKind, number>>
  readonly requiredKills: KillCounts | null
  readonly faultCounts: Readonly<Partial<Record<FaultKind, number>>>
  readonly cutReplies: number
  readonly operations: { readonly invoked: number; readonly acknowledged: number; readonly unknown: number }
  readonly events: number
  readonly records: number
  readonly effects: number
  /** Effects between a kill of the broker and the one before, least first. */
  readonly effectsBetweenBrokerKills: readonly number[]
  readonly longestWithoutEffectMs: number
  readonly settling: Settling
  readonly violations: Readonly<Record<ViolationKind, Found>>
  readonly unaskedExits: readonly UnaskedExit[]
  readonly alarms: Readonly<Record<string, number>>
  readonly faults: readonly FaultRecord[]
}

const examplesAtMost = 20

export function reportOf(outcome: Outcome): ChaosReport {
  const { seed, minutes, required, plant, faults, recording, faultsBeganAt, faultsEndedAt, settling } = outcome
  const kills = killsOf(faults)
  const acknowledged = recording.operations.filter(({ acknowledgedFrom }) => acknowledgedFrom !== undefined).length
  const report = {
    replay: replayCommand({ seed, minutes, plant, kills: required?.kills }),
    seed,
    plant: plant ?? null,
    began: new Date(faultsBeganAt).toISOString(),
    faultsTookMs: faultsEndedAt - faultsBeganAt,
    kills: { total: totalOf(kills), required: required?.kills ?? null, ...kills },
    requiredKills: required?.ofEachKind ?? null,
    faultCounts: Object.fromEntries([...Map.groupBy(faults, ({ fault }) => fault.kind)].map(([kind, all]) => [kind, all.length])),
    cutReplies: sum(faults.map(({ replies }) => replies?.done ?? 0)),
    operations: { invoked: recording.operations.length, acknowledged, unknown: recording.operations.length - acknowledged },
    events: sum(recording.streams.flatMap(({ aggregates }) => [...aggregates.values()].map(({ seq }) => seq))),
    records: sum(recording.streams.map(({ records }) => records.length)),
    effects: sum(recording.effects.flatMap(({ applied }) => [...applied.values()].map(({ length }) => length))),
    effectsBetweenBrokerKills: faults.flatMap(({ effectsSinceLast = [] }) => effectsSinceLast).toSorted((one, other) => one - other),
    longestWithoutEffectMs: longestGap(outcome.effectTimes, faultsBeganAt, faultsEndedAt),
    settling,
    violations: byKind(outcome.violations),
    unaskedExits: outcome.unaskedExits,
    alarms: outcome.alarms,
    faults,
  }
  const reasons = reasonsAgainst(report, kills)
  return { verdict: reasons.length === 0 ? 'passed' : 'failed', reasons, ...report }
}

/** The command that runs the same schedule with the same operations. */
export const replayCommand = (options: {
  readonly seed: number
  readonly minutes: number
  readonly kills?: number | undefined
  readonly plant?: Plant | undefined
}): string =>
  Object.entries(options).reduce(
    (command, [name, value]) => (value === undefined ? command : `${command} --${name} ${value}`),
    'npm run chaos --',
  )

function reasonsAgainst(report: Omit<ChaosReport, 'verdict' | 'reasons'>, kills: KillCounts): readonly string[] {
  const { requiredKills, settling, effectsBetweenBrokerKills } = report
  const { outboxes, lag, parked } = settling.left
  return [
    ...violationKinds.flatMap((kind) => (report.violations[kind].count > 0 ? [`${report.violations[kind].count} × ${kind}`] : [])),
    ...(settling.settled ? [] : [`not settled: ${outboxes} outboxes, lag ${lag}, ${parked} parked`]),
    ...(report.effects > 0 && report.operations.acknowledged > 0 ? [] : ['nothing was done that could have gone wrong']),
    ...(totalOf(kills) < (report.kills.required ?? 0) ? [`${totalOf(kills)} kills of ${report.kills.required}`] : []),
    ...Object.entries(requiredKills ?? {}).flatMap(([kind, count]) =>
      kills[kind as VictimKind] < count ? [`${kills[kind as VictimKind]} kills of ${kind}, not ${count}`] : [],
    ),
    ...((effectsBetweenBrokerKills[0] ?? 1) > 0 ? [] : ['no effect between two kills of the broker']),
  ]
}

function killsOf(faults: readonly FaultRecord[]): KillCounts {
  const kills: Record<VictimKind, number> = { broker: 0, store: 0, relay: 0, consumer: 0, service: 0 }
  for (const { fault } of faults) if (fault.kind === 'kill') kills[victimKindOf(fault.target)]++
  return kills
}

const byKind = (violations: readonly Violation[]): Record<ViolationKind, Found> =>
  Object.fromEntries(
    violationKinds.map((kind) => {
      const all = violations.filter((violation) => violation.kind === kind)
      return [kind, { count: all.length, examples: all.slice(0, examplesAtMost) }]
    }),
  ) as unknown as Record<ViolationKind, Found>

function longestGap(times: readonly number[], from: number, to: number): number {
  const within = [from, ...times.filter((at) => at > from && at < to).toSorted((one, other) => one - other), to]
  return within.reduce((longest, at, index) => Math.max(longest, at - (within[index - 1] ?? at)), 0)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
