import type { Messages } from './message.ts'

export const drawingMessages = {
  'region-not-served': { zh: '本服务没有地区 {regionCode} 的日志', en: 'No log of region {regionCode} is kept here' },
  'batch-not-in-line': { zh: '计划任务 {lineId} 没有第 {batch} 批次', en: 'Plan line {lineId} has no batch {batch}' },
  'attempt-gap': { zh: '第 {attempt} 次抽取没有作废，不能再抽', en: 'Attempt {attempt} is not void, so there is no next one' },
  'freeze-too-early': { zh: '计划的冻结时点未到：{at} 起可冻结', en: 'The scheduled freeze has not come: possible from {at}' },
  'earlier-draw-pending': {
    zh: '本地区的抽取 {drawId} 已承诺而未抽出，待其抽出或作废后再冻结',
    en: 'Draw {drawId} of the region is committed and not drawn; freeze once it is drawn or void',
  },
  'rounding-not-supported': { zh: '抽取规程不支持取整方式 {mode}', en: 'The draw protocol has no rounding {mode}' },
  'snapshot-invalid': { zh: '抽取 {drawId} 的名录快照不合格：{reason}', en: 'The snapshot of draw {drawId} does not hold: {reason}' },
  'roster-differs': { zh: '名录与抽取 {drawId} 签名的快照不一致', en: 'The roster is not the one signed in the snapshot of draw {drawId}' },
  'commit-too-early': { zh: '计划的承诺时点未到：{at}', en: 'The scheduled commitment has not come: {at}' },
  'commit-too-late': {
    zh: '承诺未能在 {at} 前入日志，随机数轮次已过近；轮次过后可重新承诺',
    en: 'The commitment did not enter the log by {at} and its round is too near; commit again after the round',
  },
  'line-changed': {
    zh: '计划任务 {lineId} 在冻结后已变更，须作废后重新冻结',
    en: 'Plan line {lineId} changed after the freeze; void the draw and freeze anew',
  },
  'snapshot-stale': {
    zh: '名录快照已超过 {days} 天，须作废后重新冻结',
    en: 'The snapshot is older than {days} days; void the draw and freeze anew',
  },
  'freeze-outdated': {
    zh: '冻结之后本地区又有抽取承诺或抽出，年度内不重复抽查的排除名单已不完整，须作废后重新冻结',
    en: 'Another draw of the region was committed or drawn after this freeze, so its exclusions are incomplete; void it and freeze anew',
  },
  'no-eligible-inspector': { zh: '单位 {unitId} 没有可匹配的执法检查人员', en: 'Unit {unitId} has no inspector who could be matched' },
  'team-size-unset': { zh: '单位 {unitId} 没有设定检查组人数', en: 'No team size is set for unit {unitId}' },
  'stations-mismatch-mode': {
    zh: '指定的市场监管所数量与选派方式 {mode} 不符',
    en: 'The number of stations named does not fit mode {mode}',
  },
  'teams-short': {
    zh: '有 {count} 个对象可能配不齐检查组；不作排除，经组织单位确认（shortTeamsApproved）后方可承诺',
    en: '{count} objects might lack a full team; none is excluded, and the organiser must approve (shortTeamsApproved) before committing',
  },
  'earlier-match-pending': { zh: '抽取 {drawId} 尚未完成人员匹配，请稍后重试', en: 'Draw {drawId} is not matched yet, try again later' },
  'beacon-unavailable': {
    zh: '随机数信标 {source} 第 {round} 轮尚不可得或未通过核验（{reason}），请稍后重试',
    en: 'Round {round} of beacon {source} is not there or not valid ({reason}), try again later',
  },
  'witnesses-unset': { zh: '地区 {regionCode} 没有配置密钥文件', en: 'No keys file is configured for region {regionCode}' },
  'entry-malformed': { zh: '记录的 {pointer} 不合规定', en: 'The record is malformed at {pointer}' },
  'entry-unknown-key': {
    zh: '密钥 {keyId} 未经上级准入，或不属于该单位',
    en: 'Key {keyId} was not admitted by the superior, or is not of that unit',
  },
  'entry-bad-signature': { zh: '密钥 {keyId} 的签名不成立', en: 'The signature by {keyId} does not hold' },
  'entry-key-taken': { zh: '密钥或密钥名 {keyId} 已在日志中', en: 'The key, or the name {keyId}, is in the log already' },
  'tip-too-late': { zh: '该次抽取已冻结，不再接受秘密数承诺', en: 'The draw is frozen; its tips had to come before' },
  'tip-differs': { zh: '该单位对这次抽取已有另一个秘密数承诺', en: 'The unit has given another tip for this draw' },
  'reveal-no-commitment': { zh: '该次抽取没有此承诺可供揭示', en: 'The draw has no such commitment to reveal for' },
  'reveal-wrong': { zh: '秘密数与单位的承诺不符', en: "The secret does not open the unit's tip" },
  'reveal-too-late': { zh: '揭示最迟须在 {at} 前', en: 'The reveal had to come by {at}' },
  'witnesses-unavailable': {
    zh: '地区 {regionCode} 的见证方只有 {answered} 家答复，须有 {quorum} 家，请稍后重试',
    en: 'Only {answered} witnesses of region {regionCode} answered, {quorum} are needed; try again later',
  },
  'witness-answer-invalid': { zh: '见证方 {witnessId} 的签名不成立', en: 'The signature of witness {witnessId} does not hold' },
  'beacon-not-configured': {
    zh: '承诺所用的信标 {source} 未在 DR_BEACONS 中配置；信标不得更换，请恢复其配置',
    en: 'Beacon {source}, which the commitment names, is not in DR_BEACONS; a beacon is never replaced, restore its configuration',
  },
  'beacon-configured-otherwise': {
    zh: '信标 {source} 配置的公钥或时间与承诺不符；信标不得更换，请恢复其配置',
    en: 'Beacon {source} is configured with another key or other times than the commitment names; restore its configuration',
  },
  'beacons-not-allowed': {
    zh: '所配置的信标不足以作为抽取的随机来源：{reason} {detail}',
    en: 'The configured beacons cannot carry a draw: {reason} {detail}',
  },
  'draw-void': { zh: '该抽取已作废', en: 'The draw is void' },
  'draw-not-committed': { zh: '该抽取尚未承诺（{status}）', en: 'The draw is not committed ({status})' },
  'draw-not-matched': { zh: '该抽取尚未完成人员匹配（{status}）', en: 'The draw is not matched ({status})' },
  'draw-already-drawn': { zh: '该抽取已抽出（{status}），不能作废', en: 'The draw is drawn ({status}) and cannot be voided' },
  'round-not-due': { zh: '随机数轮次未到：{at}', en: 'The round is not due until {at}' },
  'void-too-late': { zh: '最迟须在 {at} 前作废', en: 'A void had to enter by {at}' },
  'close-not-due': { zh: '未到关闭时间：{at}', en: 'The draw cannot be closed before {at}' },
  'file-not-public': { zh: '抽取 {drawId} 的该文件尚未公开', en: 'That file of draw {drawId} is not public yet' },
  'peer-answer-incomplete': { zh: '服务 {service} 的应答缺少 {field}', en: 'The answer of service {service} lacks {field}' },
} as const satisfies Messages
