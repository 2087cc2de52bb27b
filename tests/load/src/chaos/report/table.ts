import { assertNever } from '@dual-random/kernel'
import { violationKinds } from '../checker/violation.ts'
import type { FaultRecord } from '../harness/fault-record.ts'
import { victimKinds } from '../plan/parts.ts'
import type { ChaosReport } from './report.ts'

/** The report for people: every fault, then what became of the run. */
export function tableOf(report: ChaosReport): string {
  const { operations, kills, requiredKills, settling } = report
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
  const lines: readonly (readonly [string, string])[] = [
    [
      'faults',
      Object.entries(report.faultCounts)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', '),
    ],
    [
      'kills',
      [
        `${kills.total}${kills.required === null ? '' : ` of ${kills.required}`}`,
        ...victimKinds.map((kind) => `${kind} ${kills[kind]}${requiredKills === null ? '' : ` (at least ${requiredKills[kind]})`}`),
      ].join(', '),
    ],
    ['replies cut', String(report.cutReplies)],
    ['operations', `${operations.invoked} begun, ${operations.acknowledged} acknowledged, ${operations.unknown} of unknown outcome`],
    ['events', `${report.events} in documents, ${report.records} records on topics, ${report.effects} effects`],
    ['effects between two kills of the broker', report.effectsBetweenBrokerKills.join(', ') || 'not applicable'],
    ['longest time without an effect', seconds(report.longestWithoutEffectMs)],
    ['faults took', seconds(report.faultsTookMs)],
    ['settled', settling.settled ? `after ${seconds(settling.tookMs)}` : `no: ${JSON.stringify(settling.left)}`],
    ['ended by themselves', report.unaskedExits.map(({ process, code, signal }) => `${process} (${signal ?? code})`).join(', ') || 'none'],
    [
      'errors logged',
      Object.entries(report.alarms)
        .map(([message, count]) => `${count} × ${message}`)
        .join('; ') || 'none',
    ],
    ...violationKinds.map((kind) => [kind, String(report.violations[kind].count)] as const),
  ]
  const width = Math.max(...lines.map(([name]) => name.length)) + 2
  return [
    ...faultLines(report.faults),
    '',
    ...lines.map(([name, value]) => `${name.padEnd(width)}${value}`),
    ...violationKinds.flatMap((kind) =>
      report.violations[kind].examples.map(({ where, what, detail }) => `  ${kind}: ${where} ${what} ${detail}`),
    ),
    '',
    report.verdict === 'passed' ? 'PASSED' : `FAILED: ${report.reasons.join('; ')}\nthe same run again: ${report.replay}`,
    '',
  ].join('\n')
}

function faultLines(faults: readonly FaultRecord[]): readonly string[] {
  const row = (at: string, target: string, kind: string, took: string, detail: string): string =>
    `${at.padStart(8)}  ${target.padEnd(18)}${kind.padEnd(13)}${took.padStart(7)}  ${detail}`.trimEnd()
  return [
    row('at s', 'target', 'fault', 'took s', ''),
    ...faults.map((record) => {
      const { fault, beganMs, tookMs } = record
      return row((beganMs / 1000).toFixed(1), fault.target, fault.kind, (tookMs / 1000).toFixed(1), detailOf(record))
    }),
  ]
}

function detailOf({ fault, replies, effectsSinceLast, missed }: FaultRecord): string {
  switch (fault.kind) {
    case 'kill':
      return [
        'request' in fault.moment
          ? `${missed === true ? 'no ' : ''}${fault.moment.request} on its way`
          : `${fault.moment.afterPulseMs} ms after a pulse`,
        `back after ${fault.pauseMs} ms`,
        ...(effectsSinceLast === undefined ? [] : [`${effectsSinceLast} effects since the one before`]),
      ].join(', ')
    case 'cut-replies':
      return `${replies?.done ?? 0} of ${fault.count} replies to ${fault.request}`
    case 'slow':
      return `${fault.delayMs} ms each way`
    case 'clock':
      return `${fault.offsetMs > 0 ? 'ahead' : 'behind'} by ${(Math.abs(fault.offsetMs) / 3_600_000).toFixed(1)} h`
    case 'suspend':
    case 'silence':
    case 'refuse':
      return ''
    default:
      return assertNever(fault)
  }
}
