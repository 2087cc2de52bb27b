import type { BrokenRule, Difference, Fault } from '@dual-random/draw'
import { both, type Text, text } from '../text.ts'

const rules: Readonly<Record<BrokenRule, Text>> = {
  'snapshot-not-before-commitment': text('快照不早于承诺', 'the snapshot is not before the commitment'),
  'delay-too-short': text('短于揭示窗口加两个余量', 'shorter than the reveal window and two margins'),
  'no-beacon': text('没有信标', 'no beacon'),
  'no-clue': text('没有线索', 'no clue'),
  'number-too-large': text('数字超出范围', 'the number is out of range'),
  'tip-not-opened': text('与承诺的 tip 不符', 'does not open the tip'),
  'self-beacon-outside-demonstration': text('自办信标只用于演示', 'a self beacon is for demonstrations only'),
  'self-beacon-key-unknown': text('其中没有自办信标的公钥', 'the self beacon’s key is not among them'),
  'unknown-drand-chain': text('不是所认的 drand 链', 'not a drand chain that is known here'),
  'repeated-key': text('有重复的密钥', 'a key stands there twice'),
  'seq-not-ascending': text('序号未增', 'does not ascend'),
  'genesis-out-of-place': text('创世条目位置有误', 'the genesis is out of place'),
  'quorum-unsafe': text('法定数不足以保证两次会签有同一诚实见证方', 'two quorums need not share an honest witness'),
  'not-witnessed-in-time': text('未在期限前由法定数的见证方见到', 'no quorum of witnesses held it by the deadline'),
  'draw-void': text('本次抽取已按时作废', 'this draw was voided in time'),
  'reveal-missing': text('日志中没有这一揭示', 'the log has no such reveal'),
  'not-among-the-drawn': text('不属于抽中名单，或重复', 'not among the drawn, or repeated'),
}

function textOf(fault: Fault): Text {
  switch (fault.code) {
    case 'not-utf8':
      return text('不是 UTF-8', 'not UTF-8')
    case 'not-json':
      return text(`不是规范 JSON：${fault.reason}`, `not canonical JSON: ${fault.reason}`)
    case 'not-canonical':
      return text(`第 ${fault.character} 个字符与 RFC 8785 形式不同`, `character ${fault.character} differs from the RFC 8785 form`)
    case 'no-line-feed':
      return text('末尾缺少 LF', 'no LF at the end')
    case 'not-a':
      return text(`不是 ${fault.expected}`, `not ${fault.expected}`)
    case 'missing-member':
      return text('缺少', 'missing')
    case 'unknown-member':
      return text('多余的成员', 'unknown member')
    case 'out-of-order':
      return text('次序有误或重复', 'out of order or repeated')
    case 'differs':
      return text(`应为 ${fault.expected}，实为 ${fault.found}`, `expected ${fault.expected}, found ${fault.found}`)
    case 'bad-signature':
      return text('签名无效', 'the signature is not valid')
    case 'rule-broken':
      return rules[fault.rule]
    default:
      return fault satisfies never
  }
}

/** `FILE PLACE: what`, as the verifier says it. */
export const differenceLine = (difference: Difference): string =>
  `${difference.file} ${difference.where === '' ? '/' : difference.where}: ${both(textOf(difference))}`
