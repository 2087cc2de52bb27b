import type { Messages } from './message.ts'

export const witnessMessages = {
  'witness-region-unknown': {
    zh: '本见证方不见证地区 {regionCode} 的日志',
    en: 'This witness does not witness the log of region {regionCode}',
  },
  'witness-bad-text': { zh: '{field} 不是规定的文本：{pointer} {reason}', en: '{field} is not the text it should be: {pointer} {reason}' },
  'witness-forked': {
    zh: '地区 {regionCode} 的日志已分叉，不再见证；证据见公开事件',
    en: 'The log of region {regionCode} was forked and is witnessed no more; the proof is among the public incidents',
  },
  'witness-other-region': { zh: '检查点属于别的地区', en: 'The checkpoint is of another region' },
  'witness-gap': { zh: '日志缺行：应从第 {expected} 行起', en: 'Lines of the log are missing: give them from {expected} on' },
  'witness-fork': { zh: '日志第 {seq} 行与已见证的不同', en: 'Line {seq} of the log is not the one witnessed' },
  'witness-broken-log': { zh: '日志第 {seq} 行 {pointer} 不成立', en: 'Line {seq} of the log does not hold at {pointer}' },
  'witness-bad-signature': { zh: '日志第 {seq} 行的签名（{keyId}）不成立', en: 'The signature of line {seq} by {keyId} does not hold' },
  'witness-bad-checkpoint': { zh: '检查点的签名（{keyId}）不成立', en: 'The signature of the checkpoint by {keyId} does not hold' },
  'witness-unknown-key': {
    zh: '日志第 {seq} 行：此前没有可签此类记录的密钥 {keyId}',
    en: 'Line {seq} of the log: no key {keyId} that may sign such an entry stood in the log before',
  },
  'witness-key-taken': { zh: '日志第 {seq} 行：密钥 {keyId} 已在册', en: 'Line {seq} of the log: key {keyId} is there already' },
  'witness-second-entry': {
    zh: '日志第 {seq} 行：该抽取已有 {kind} 记录，不得有第二条',
    en: 'Line {seq} of the log: the draw has its {kind} entry and gets no second one',
  },
  'witness-out-of-order': { zh: '日志第 {seq} 行：{kind} 之前须先有 {needs}', en: 'Line {seq} of the log: {kind} comes after {needs}' },
  'witness-wrong-commitment': {
    zh: '日志第 {seq} 行：承诺的 {pointer} 不符',
    en: 'Line {seq} of the log: the commitment differs at {pointer}',
  },
  'witness-after-next-attempt': {
    zh: '日志第 {seq} 行：下一次已经冻结，本次不能再有抽取记录',
    en: 'Line {seq} of the log: the next attempt is frozen, so this one has no transcript any more',
  },
  'witness-not-approved': {
    zh: '日志第 {seq} 行：补抽，或此前某次未在结果可知之前作废，须先有上级批准',
    en: 'Line {seq} of the log: a redraw, or an attempt after one that was not void before its result could be known, needs the approval of the superior first',
  },
  'witness-round-too-near': {
    zh: '日志第 {seq} 行：承诺须在 {deadline} 前见证，随机数轮次已过近',
    en: 'Line {seq} of the log: the commitment had to be witnessed by {deadline}, its round is too near',
  },
  'witness-bad-reveal': {
    zh: '日志第 {seq} 行：揭示不对应承诺（{pointer}）',
    en: 'Line {seq} of the log: the reveal does not open its tip ({pointer})',
  },
  'witness-bad-audit': {
    zh: '日志第 {seq} 行：复核记录的 {pointer} 不符，复核须针对该次抽取的匹配记录，且不得由组织单位作出',
    en: 'Line {seq} of the log: the audit differs at {pointer}; it is of the match record of its draw, and not by its organiser',
  },
  'witness-bad-numbers': {
    zh: '日志第 {seq} 行：公开数字的 {pointer} 不符，须针对本次承诺及其来源，在抽取记录之前，且两个单位一致',
    en: 'Line {seq} of the log: the public numbers differ at {pointer}; they are of a source of this S, before the transcript, and the same for two units',
  },
  'witness-definition-taken': {
    zh: '日志第 {seq} 行：这一公开数字定义已在册',
    en: 'Line {seq} of the log: this definition of public numbers is there already',
  },
  'witness-failed-too-early': {
    zh: '日志第 {seq} 行：{at} 之前不得宣布抽取失败（最后一轮随机数满 7 日）',
    en: 'Line {seq} of the log: nobody says that the draw failed before {at}, 7 days after its last round',
  },
  'witness-failed-too-late': {
    zh: '日志第 {seq} 行：该抽取此时已不会因 {reason} 失败',
    en: 'Line {seq} of the log: by then the draw could no longer fail for {reason}',
  },
  'witness-after-failed': {
    zh: '日志第 {seq} 行：该抽取已宣布失败，不得再有 {kind} 记录',
    en: 'Line {seq} of the log: the draw failed and gets no {kind} entry any more',
  },
  'witness-reveal-unknown': { zh: '没有与此揭示对应的承诺', en: 'No commitment that this witness holds asks for this reveal' },
} as const satisfies Messages
