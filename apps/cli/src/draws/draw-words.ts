import type { Commitment, NamedBeacon, NumbersOutput, RatioRecord, RedrawPurpose, RedrawSubject, StratumCount } from '@dual-random/draw'
import { formatPercent, instantOf } from '@dual-random/kernel'
import { groundWords } from '@dual-random/verify'
import { chinaTime } from '../china-time.ts'
import { both, type Text, text } from '../text.ts'

/** Latest instant that a clock can show (ECMAScript time value). */
const lastMs = 8.64e15

/** When a round is due, or the first publication at the earliest, in China's time; undefined beyond all calendars. */
export function dueTime(beacon: NamedBeacon): string | undefined {
  if (beacon.kind === 'public-numbers') return chinaTime(beacon.notBefore)
  const { genesisTime, periodSeconds, round } = beacon
  const ms = 1000 * (genesisTime + (round - 1) * periodSeconds)
  // A year of more than four figures has another form.
  return ms < lastMs / 40 ? chinaTime(instantOf(ms)) : undefined
}

export const beaconText = (named: NamedBeacon): Text =>
  named.kind === 'public-numbers'
    ? text(`${named.source} 公开数字`, `${named.source}, public numbers`)
    : text(`${named.source} 第 ${named.round} 轮`, `${named.source} round ${named.round}`)

/** Every publication with its issue, so that anyone can compare it with the publisher's page. */
export const publicationTexts = (series: NumbersOutput['series']): readonly string[] =>
  series.flatMap(({ publications }) =>
    publications.map(({ issue, publishedAt, numbers }) => {
      const found = numbers.map((group) => group.join(' ')).join(' + ')
      return `${both(text(`第 ${issue} 期`, `issue ${issue}`))}，${chinaTime(publishedAt)}：${found}`
    }),
  )

export const fraction = ({ numerator, denominator }: RatioRecord): string =>
  denominator === 1 ? `${numerator}` : `${numerator}/${denominator}`

/** `10% of the mapped, rounded up`, with the batch's share where it is not the whole. */
export function ruleText({ rule }: StratumCount): Text {
  if (rule.kind === 'count') return text(`定数 ${rule.count}`, `fixed number ${rule.count}`)
  const { numerator, denominator } = rule.batchShare
  const share = numerator === denominator ? '' : ` × ${fraction(rule.batchShare)}`
  const base = rule.base === 'mapped' ? text('对应数', 'mapped') : text('可抽数', 'eligible')
  const rounding = rule.rounding === 'up' ? text('进一取整', 'rounded up') : text('四舍五入', 'rounded half up')
  const percent = formatPercent(rule.ratio)
  return text(`${base.zh}的 ${percent}${share}，${rounding.zh}`, `${percent}${share} of the ${base.en}, ${rounding.en}`)
}

const redrawText: Readonly<Record<RedrawPurpose, Text>> = {
  replacement: text('更换对象', 'replacement'),
  rematch: text('重新匹配人员', 're-match'),
  escalation: text('扩大抽取', 'escalation'),
}

export function subjectText({ subject, batch, attempt }: Commitment): string {
  const times = text(`第 ${batch} 批次，第 ${attempt} 次`, `batch ${batch}, attempt ${attempt}`)
  if (subject.kind === 'plan-line') {
    const { planId, lineId } = subject
    return both(text(`计划 ${planId} 的 ${lineId}，${times.zh}`, `line ${lineId} of plan ${planId}, ${times.en}`))
  }
  if (subject.kind === 'redraw') return redrawSubjectText(subject, batch, attempt)
  const clues = subject.clueIds.join(', ')
  const count = subject.clueIds.length
  return both(
    text(
      `定向抽查：线索任务 ${subject.taskId}（线索 ${count} 条：${clues}），${times.zh}`,
      `targeted draw: clue task ${subject.taskId} (${count} clues: ${clues}), ${times.en}`,
    ),
  )
}

export function redrawSubjectText(
  { parentDrawId, purpose, labels, approval }: Omit<RedrawSubject, 'kind' | 'after'>,
  batch: number,
  attempt: number,
): string {
  const named = redrawText[purpose]
  const reasons = approval.reasons.map(({ reason, count }) => `${reason} × ${count}`).join(', ')
  const which = text(`第 ${batch} 次重新抽取，第 ${attempt} 次尝试`, `redraw ${batch}, attempt ${attempt}`)
  return both(
    text(
      `抽取 ${parentDrawId} 的${named.zh}（${which.zh}；涉及 ${labels.length} 个标签；事由 ${reasons}；${approval.unitId} 批准）`,
      `${named.en} of draw ${parentDrawId} (${which.en}; ${labels.length} labels; reasons ${reasons}; approved by ${approval.unitId})`,
    ),
  )
}

export const openingText = (publicOpening: Commitment['publicOpening']): Text =>
  publicOpening === 'full'
    ? text('检查后公开名称和标签', 'after the visit, with the label')
    : text('检查后公开名称，不公开标签，所以等级不公开', 'after the visit, without the label, so that no grade shows')

/** A ground as it stands in the snapshot, and what it is. */
export function groundText(ground: string): string {
  const { zh, en } = groundWords(ground)
  return zh === ground ? ground : both(text(`${ground}（${zh}）`, en))
}

export const witnessesText = ({ count, quorum }: Commitment['witnesses']): Text =>
  count === 0
    ? text('没有见证方', 'no witnesses')
    : text(`${count} 个见证方，至少 ${quorum} 个联署才有效`, `${count} witnesses, at least ${quorum} must cosign`)
