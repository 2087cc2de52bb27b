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
  'witness-round-too-near': {
    zh: '日志第 {seq} 行：承诺须在 {deadline} 前见证，随机数轮次已过近',
    en: 'Line {seq} of the log: the commitment had to be witnessed by {deadline}, its round is too near',
  },
  'witness-bad-reveal': {
    zh: '日志第 {seq} 行：揭示不对应承诺（{pointer}）',
    en: 'Line {seq} of the log: the reveal does not open its tip ({pointer})',
  },
  'witness-reveal-unknown': { zh: '没有与此揭示对应的承诺', en: 'No commitment that this witness holds asks for this reveal' },
} as const satisfies Messages
