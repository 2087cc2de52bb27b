import { assertNever } from '@dual-random/kernel'
import { chinaTime } from '../china-time.ts'
import { type Text, text } from '../text.ts'
import type { LogFault } from './log-view.ts'
import type { Finding } from './reveal-finding.ts'

/** Why a secret is not given, or not yet. */
export function findingText(finding: Exclude<Finding, { readonly outcome: 'reveal' }>): Text {
  switch (finding.outcome) {
    case 'revealed':
      return text('已在日志中', 'stands in the log')
    case 'wait':
      return waitText(finding)
    case 'refuse':
      return refusalText(finding)
    default:
      return assertNever(finding)
  }
}

function waitText(finding: Extract<Finding, { readonly outcome: 'wait' }>): Text {
  switch (finding.code) {
    case 'no-commitment':
      return text('日志中还没有这次抽取的承诺 S', 'the log has no commitment S of this draw yet (no-commitment)')
    case 'not-witnessed':
      return text(
        `S 尚未经法定多数见证（现有 ${finding.holders} 方），此时揭示会让组织者得以挑选；期限 ${chinaTime(finding.deadline)}`,
        `S is held by ${finding.holders} witnesses, fewer than the quorum: a reveal before S is witnessed would let the organiser choose; until ${chinaTime(finding.deadline)} (not-witnessed)`,
      )
    case 'void-pending':
      return text('日志中有作废，尚未经法定多数见证', 'the log has a void that no quorum of witnesses has seen yet (void-pending)')
    default:
      return assertNever(finding)
  }
}

function refusalText(finding: Extract<Finding, { readonly outcome: 'refuse' }>): Text {
  switch (finding.code) {
    case 'tip-not-in-commitment':
      return text('S 中没有本单位的承诺值', "S does not hold this unit's tip (tip-not-in-commitment)")
    case 'tip-differs':
      return text(
        'S 中本单位的承诺值不是这个秘密值的：可能是重放的',
        "the tip that S holds for this unit is not this secret's: replayed, or entered by another (tip-differs)",
      )
    case 'failed':
      return text('上级已宣布这次抽取失败', 'the superior has declared the draw failed (failed)')
    case 'voided':
      return text('这次抽取已作废', 'the draw is void (voided)')
    case 'witnessed-late':
      return text(
        `S 到 ${chinaTime(finding.at)} 才经法定多数见证，期限是 ${chinaTime(finding.deadline)}：不作数`,
        `a quorum held S at ${chinaTime(finding.at)} only, after its deadline ${chinaTime(finding.deadline)}: it does not count (witnessed-late)`,
      )
    case 'deadline-passed':
      return text(
        `揭示期限 ${chinaTime(finding.deadline)} 已过：这次抽取按规则作废`,
        `the deadline ${chinaTime(finding.deadline)} has passed: the attempt is void by rule (deadline-passed)`,
      )
    default:
      return assertNever(finding)
  }
}

/** Why a log is not believed. */
export function faultText(fault: LogFault): Text {
  switch (fault.code) {
    case 'malformed': {
      const { what, line, pointer, reason } = fault
      const file = what === 'log' ? text('地区日志', 'the region log') : text('检查点', 'the checkpoints')
      return text(`${file.zh}第 ${line} 行 ${pointer}：${reason}`, `${file.en}, line ${line} ${pointer}: ${reason} (malformed)`)
    }
    case 'commitment-missing':
      return text(
        `日志第 ${fault.seq} 号的承诺 S（抽取 ${fault.drawId}）取不到原文，或原文与摘要不符`,
        `S of entry ${fault.seq}, draw ${fault.drawId}, is not to be had, or is not what was entered (commitment-missing)`,
      )
    case 'refused':
      return refusedLogText(fault.refusal)
    case 'fork':
      return text(
        `日志分叉：第 ${fault.seq} 号有两个不同的链头；不再揭示，请公开两份`,
        `a fork: entry ${fault.seq} has two different heads; nothing is revealed, publish both (fork)`,
      )
    case 'bad-checkpoint':
      return text(
        `第 ${fault.seq} 号检查点的签名不对`,
        `the checkpoint over entry ${fault.seq} is not signed by the log's key (bad-checkpoint)`,
      )
    case 'bad-cosignature':
      return text(
        `见证方 ${fault.witnessId} 对第 ${fault.seq} 号的副署不对`,
        `the cosignature of ${fault.witnessId} over entry ${fault.seq} does not hold (bad-cosignature)`,
      )
    default:
      return assertNever(fault)
  }
}

function refusedLogText(refusal: Extract<LogFault, { readonly code: 'refused' }>['refusal']): Text {
  const { code, ...about } = refusal
  if (refusal.code === 'second-entry' && refusal.kind === 'commitment') {
    return text(`日志第 ${refusal.seq} 号是同一次抽取的第二个承诺 S`, `entry ${refusal.seq} is a second S for one attempt (second-entry)`)
  }
  if (refusal.code === 'broken-log' && refusal.part === 'genesis') {
    return text('日志的创世记录不是钉住的那一个', 'the log does not begin with the pinned genesis (broken-log)')
  }
  const detail = Object.entries(about)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
  return text(`日志不成立：${code}，${detail}`, `the log does not hold: ${code}, ${detail}`)
}
