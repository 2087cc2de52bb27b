import type { Messages } from './message.ts'

export const drawingMessages = {
  'region-not-served': { zh: '本服务没有地区 {regionCode} 的日志', en: 'No log of region {regionCode} is kept here' },
  'batch-not-in-line': { zh: '计划任务 {lineId} 没有第 {batch} 批次', en: 'Plan line {lineId} has no batch {batch}' },
  'batch-before-not-drawn': {
    zh: '须逐批次抽取：计划任务 {lineId} 第 {batch} 批次尚未抽取，其检查时间至 {end} 才结束，之后的批次暂不能抽取',
    en: 'Batches are drawn one after the other: batch {batch} of plan line {lineId} is not drawn and its window ends on {end}; the next one waits',
  },
  'attempt-gap': { zh: '第 {attempt} 次抽取没有作废，不能再抽', en: 'Attempt {attempt} is not void, so there is no next one' },
  'attempt-not-approved': {
    zh: '补抽，或此前某次未在结果可知之前作废，本次抽取（{drawId}）须先有上级批准入日志；补抽须批准其申请原文',
    en: 'A redraw, or an attempt after one that was not void before its result could be known: the superior has to approve it ({drawId}) in the log first, a redraw by the text of its order',
  },
  'void-undecided': {
    zh: '抽取 {drawId} 的作废条目是否按期，见证方说法不一：只有 {late} 方过迟才见到（须 {quorum} 方），抽取暂停；长期不决的，由上级宣布失败',
    en: 'Whether the void of draw {drawId} was in time the witnesses do not settle: {late} held it too late, {quorum} are needed. The draw waits; if it stays so, the superior declares it failed',
  },
  'margin-too-short': {
    zh: '政策的见证间隔 {seconds} 秒短于钉住的密钥文件所要求的 {leastSeconds} 秒',
    en: 'The margin of policy, {seconds} s, is shorter than the {leastSeconds} s that the pinned keys file asks for',
  },
  'freeze-too-early': { zh: '计划的冻结时点未到：{at} 起可冻结', en: 'The scheduled freeze has not come: possible from {at}' },
  'earlier-draw-pending': {
    zh: '抽取 {drawId} 已承诺而未抽出（属本地区，或属不重复抽查所及的上下级或相邻地区），待其抽出或作废后再冻结',
    en: 'Draw {drawId}, of the region or of one that the bar on repeats spans, is committed and not drawn; freeze once it is drawn or void',
  },
  'team-leader-not-supported': {
    zh: '抽取规程不支持在各单位抽中人员（{from}）中按最小签号确定联合检查组负责人：各单位的签号不可相互比较；请改为发起部门抽中人员中签号最小者，或者由发起部门指定',
    en: 'The draw protocol has no smallest ticket among the teams of several units ({from}): their tickets do not compare. Take the smallest of the initiator’s team, or let the initiator designate the leader',
  },
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
    zh: '冻结之后本地区（或不重复抽查所及的上下级、相邻地区）又有抽取承诺或抽出，年度内不重复抽查的排除名单已不完整，须作废后重新冻结',
    en: 'Another draw, of the region or of one that the bar on repeats spans, was committed or drawn after this freeze, so its exclusions are incomplete; void it and freeze anew',
  },
  'no-eligible-inspector': { zh: '单位 {unitId} 没有可匹配的执法检查人员', en: 'Unit {unitId} has no inspector who could be matched' },
  'team-size-unset': { zh: '单位 {unitId} 没有设定检查组人数', en: 'No team size is set for unit {unitId}' },
  'selection-mode-unknown': {
    zh: '抽取所依策略没有选派方式 {mode}；可选：{allowed}',
    en: 'The policy of the draw does not have the mode {mode}; it has: {allowed}',
  },
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
  'definition-invalid': {
    zh: '公开数字定义不合规定：{reason} {detail}',
    en: 'The definition of public numbers does not hold: {reason} {detail}',
  },
  'numbers-awaited': {
    zh: '抽取等待公开数字 {source}：{at} 起首次公布，须由两个单位录入一致，存档网页齐备',
    en: 'The draw waits for the public numbers {source}: the first publications from {at} on, typed alike by two units, with their pages archived',
  },
  'numbers-not-awaited': { zh: '抽取（{status}）不在等待公开数字', en: 'The draw ({status}) waits for no public numbers' },
  'numbers-wrong': {
    zh: '录入的公开数字不是承诺所等的：{pointer}（{reason}）',
    en: 'These are not the public numbers that the commitment waits for: {pointer} ({reason})',
  },
  'numbers-differ': {
    zh: '公开数字 {source} 与另一单位的录入不一致：{pointer}；两个单位各自对照存档网页，有误的一方重新录入',
    en: 'The public numbers {source} differ from what the other unit typed at {pointer}; both compare with the archived page, and who is wrong types again',
  },
  'numbers-entered': {
    zh: '这次抽取的公开数字已由两个单位录入',
    en: 'Two units have entered the public numbers of this draw, or this unit has',
  },
  'numbers-too-late': { zh: '抽取记录已入日志，公开数字不得再录入', en: 'The draw has its transcript: no numbers are entered after it' },
  'numbers-page-unknown': {
    zh: '没有单位的录入以 {digest} 为存档网页',
    en: 'No entry of a unit names {digest} as its archived page',
  },
  'numbers-page-differs': {
    zh: '存档网页的摘要应为 {expected}，实为 {found}',
    en: 'The archived page has the digest {found}, not {expected}',
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
  'approval-too-late': {
    zh: '该次抽取已承诺或作废，批准须在承诺之前',
    en: 'The draw is committed or void; its approval had to come before',
  },
  'audit-no-match': { zh: '该次抽取没有此匹配记录可供复核', en: 'The draw has no such match record to audit' },
  'audit-differs': { zh: '该单位对这次抽取已有一份复核', en: 'The unit has given its audit of this draw already' },
  'audit-by-organiser': { zh: '组织单位不得复核自己组织的抽取', en: 'The organiser does not audit its own draw' },
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
  'draw-failed': { zh: '该抽取已由上级宣布失败', en: 'The superior has declared that the draw failed' },
  'failed-no-commitment': {
    zh: '该抽取尚未承诺，可以作废，不必宣布失败',
    en: 'The draw has no commitment: it is voided, not declared failed',
  },
  'failed-differs': { zh: '该抽取已以另一事由宣布失败', en: 'The draw was declared failed for another reason' },
  'failed-too-early': {
    zh: '{at} 之前不得宣布失败：最后一轮随机数须满 7 日，迟到的随机数仍会取用',
    en: 'No draw is declared failed before {at}, 7 days after its last round; a late round is still fetched',
  },
  'failed-too-late': {
    zh: '该抽取已不会因 {reason} 而失败，不能以此宣布失败',
    en: 'The draw can no longer fail for {reason} and is not declared failed for it',
  },
  'failed-without-void': {
    zh: '该抽取承诺之后没有作废条目，不能以作废未决宣布失败',
    en: 'No void of the draw stands after its commitment, so none is undecided; it is not declared failed for that',
  },
  'no-draw-yet': { zh: '{at} 时还没有抽取 {drawId}', en: 'There was no draw {drawId} at {at}' },
  'draw-not-frozen': { zh: '该抽取已承诺或已结束（{status}），不再预测', en: 'The draw is past its freeze ({status})' },
  'draw-not-committed': { zh: '该抽取尚未承诺（{status}）', en: 'The draw is not committed ({status})' },
  'draw-not-closed': {
    zh: '该抽取尚未结束（{status}），还没有结案记录',
    en: 'The draw is not closed ({status}): there is no closing record yet',
  },
  'draw-not-matched': { zh: '该抽取尚未完成人员匹配（{status}）', en: 'The draw is not matched ({status})' },
  'draw-already-drawn': { zh: '该抽取已抽出（{status}），不能作废', en: 'The draw is drawn ({status}) and cannot be voided' },
  'redraw-city-unnamed': {
    zh: '多地联合抽取按地区重新抽取，扩大抽取须写明 regionCode；可选：{allowed}',
    en: 'What several cities drew is redrawn city by city: an escalation names its regionCode, one of {allowed}',
  },
  'redraw-city-unknown': {
    zh: '地区 {regionCode} 没有参加这次抽取；可选：{allowed}',
    en: 'Region {regionCode} has no part in this draw; known: {allowed}',
  },
  'redraw-across-cities': {
    zh: '标签 {label} 不在地区 {regionCode} 的名录中：每个地区分别申请重新抽取',
    en: 'Label {label} does not stand in the roster of {regionCode}: each city has redraws of its own',
  },
  'unit-of-another-city': {
    zh: '单位 {unitId} 属于另一地区，其检查人员以该地区的密钥编制标签，不能为地区 {regionCode} 的对象重新匹配',
    en: 'Unit {unitId} is of another city, under whose key its inspectors are labelled: it cannot be matched anew to objects of {regionCode}',
  },
  'city-twice': { zh: '计划行 {lineId} 重复列出地区 {regionCode}', en: 'Line {lineId} names region {regionCode} twice' },
  'city-without-units': {
    zh: '计划行 {lineId} 中地区 {regionCode} 没有检查单位',
    en: 'No unit of line {lineId} checks in region {regionCode}',
  },
  'city-without-initiator': {
    zh: '计划行 {lineId} 中地区 {regionCode} 的发起单位不在其检查单位之中',
    en: 'The initiator of region {regionCode} in line {lineId} is none of its units',
  },
  'delegation-across-cities': {
    zh: '计划行 {lineId} 中单位 {unitId} 委托了地区 {regionCode} 以外的单位，多地联合抽取中各地人员只检查本地对象',
    en: 'Unit {unitId} of line {lineId} delegates outside region {regionCode}; in a draw of several cities each checks its own objects',
  },
  'redraw-of-a-redraw': { zh: '重新抽取须对最初的抽取提出', en: 'A redraw is asked for of the draw it began with' },
  'redraw-waiting': {
    zh: '第 {order} 号扩大抽取申请尚待批准，请待其有结论后再提出另一申请',
    en: 'Escalation order {order} still waits for its approval; ask for another once it is decided',
  },
  'redraw-decided': { zh: '第 {order} 号重新抽取申请已有结论（{status}）', en: 'Redraw order {order} is decided already ({status})' },
  'redraw-reason-unknown': {
    zh: '重新抽取事由 {reason} 不在策略之列；可用：{allowed}',
    en: 'Policy has no such reason {reason} for this redraw; known: {allowed}',
  },
  'redraw-ground-incomplete': {
    zh: '重新抽取事由 {reason} 不完整：更换对象须列标签，重新匹配须列标签和单位，扩大抽取只列数量',
    en: 'The ground {reason} is incomplete: a replacement names labels, a re-match labels and units, an escalation counts alone',
  },
  'label-not-standing': { zh: '标签 {label} 未被抽中，或已被更换', en: 'Label {label} was not drawn, or has been replaced' },
  'counts-mismatch-purpose': {
    zh: '各层数量只用于扩大抽取，且至少抽一个',
    en: 'Counts are for an escalation alone, of at least one object',
  },
  'stratum-unknown': { zh: '名录没有分层 {stratum}', en: 'The roster has no stratum {stratum}' },
  'unit-not-in-line': { zh: '单位 {unitId} 不在该计划任务中', en: 'Unit {unitId} is not of this plan line' },
  'inspector-not-in-team': {
    zh: '检查人员标签 {inspector} 不在该对象的检查组',
    en: 'Inspector {inspector} is not of the team at this object',
  },
  'team-complete': {
    zh: '单位 {unitId} 在标签 {label} 的检查组并未缺员，须列出退出的人员',
    en: 'The team of {unitId} at {label} is not short; name who leaves it',
  },
  'not-the-superior': { zh: '重新抽取须由 {regionCode} 的上级批准', en: 'A redraw is approved from above {regionCode}' },
  'redraw-unfinished': {
    zh: '前一次重新抽取 {drawId} 尚未完成，请先完成或作废',
    en: 'Redraw {drawId} before this one is not finished; finish or void it first',
  },
  'redraw-superseded': {
    zh: '第 {order} 号申请之后已批准第 {number} 次重新抽取，请重新提出申请',
    en: 'Redraw {number} was approved after order {order}; ask for it anew',
  },
  'redraw-not-approved': { zh: '第 {order} 号重新抽取申请未经批准', en: 'Redraw order {order} is not approved' },
  'redraw-nothing-to-draw': { zh: '名录中已没有可抽的对象', en: 'Nobody is left in the roster to be drawn' },
  'round-not-due': { zh: '随机数轮次未到：{at}', en: 'The round is not due until {at}' },
  'void-too-late': { zh: '最迟须在 {at} 前作废', en: 'A void had to enter by {at}' },
  'close-not-due': { zh: '未到关闭时间：{at}', en: 'The draw cannot be closed before {at}' },
  'file-not-public': { zh: '抽取 {drawId} 的该文件尚未公开', en: 'That file of draw {drawId} is not public yet' },
  'peer-answer-incomplete': { zh: '服务 {service} 的应答缺少 {field}', en: 'The answer of service {service} lacks {field}' },
} as const satisfies Messages
