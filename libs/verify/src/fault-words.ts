import type { FailureReason } from '@dual-random/witness'
import type { AuditEntry } from './check-region-log.ts'
import type { BrokenRule, Fault } from './difference.ts'
import type { FamilyPart, MissingFamilyFile } from './family-files.ts'

/** A text for people, in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

const words = (zh: string, en: string): Words => ({ zh, en })

const rules: Readonly<Record<BrokenRule, Words>> = {
  'snapshot-not-before-commitment': words('快照不早于承诺', 'the snapshot is not before the commitment'),
  'delay-too-short': words('短于揭示窗口加两个余量', 'shorter than the reveal window and two margins'),
  'no-beacon': words('没有信标', 'no beacon'),
  'no-clue': words('没有线索', 'no clue'),
  'joint-redraw': words('补抽由一地进行，不得有其他地区', 'a redraw is of one city'),
  'no-part-of-parent': words('原抽取没有本地区参加', 'the parent is no draw of this city'),
  'no-other-part': words('没有其他地区参加', 'no other city takes part'),
  'part-of-organiser': words('组织地区的部分已在承诺之中', 'the organiser’s city stands in S itself'),
  'not-a-part': words('不是参加抽取的地区', 'of no city that takes part'),
  'label-of-another-part': words('另一地区的名录中已有这一标签', 'the label stands in another city’s roster'),
  'tip-by-beacon-operator': words('运行本次信标的单位不得给出 tip', 'a unit that runs a beacon of this draw gives no tip'),
  'drawn-before': words('前一次已抽出', 'the attempt before was drawn'),
  'parent-not-among-them': words('其中没有原抽取', 'the parent is not among them'),
  'labels-mismatch-purpose': words('与用途不符', 'does not fit the purpose'),
  'no-reason': words('没有原因', 'no reason'),
  'approved-after-commitment': words('批准晚于承诺', 'approved after the commitment'),
  'nothing-to-draw': words('无人可抽', 'nothing to draw'),
  'not-of-the-family': words('不是原抽取或其补抽', 'neither the parent nor a redraw of it'),
  'before-round-of-family': words('早于原抽取或此前补抽的随机数轮次', 'before a round of the parent or of a redraw before it'),
  'not-later-than-parent': words('不晚于原抽取', 'not later than the parent’s'),
  'label-not-standing': words('未抽中，或已被替换', 'not drawn, or replaced since'),
  'drawable-again': words('不得再抽', 'may not be drawn any more'),
  'number-missing': words('此前缺号', 'a number before it is missing'),
  'after-freeze-of-redraw': words('晚于补抽的冻结', 'after the freeze of the redraw'),
  'attempt-follows-none': words(
    '此前某次未冻结，或已抽出且未失败，或其承诺晚于本次冻结',
    'an attempt before was not frozen, or was drawn and did not fail, or was committed after this one was frozen',
  ),
  'beacon-key-of-another-region': words('日志中这把公钥不是该地区信标的', 'the log has this key as another region’s beacon'),
  'margin-too-short': words('短于钉住的文件所要求的间隔', 'shorter than the margin that the pinned file asks for'),
  'next-attempt-frozen': words('抽取记录晚于下一次的冻结', 'drawn after the next attempt was frozen'),
  'attempt-before-stands': words(
    '此前某次仍然有效：承诺按期见证，秘密数齐全，未按期作废，也未宣布失败',
    'an attempt before stands: its S was witnessed in time with every secret, and nobody voided it in time or declared it failed',
  ),
  'not-approved': words(
    '补抽，或此前某次未在结果可知之前作废，须有上级批准',
    'a redraw, or an attempt after one that was not void before its result could be known, needs the superior’s approval',
  ),
  'approval-after-commitment': words('批准晚于承诺', 'the approval is after the commitment'),
  'second-audit': words('该单位的第二次复核', 'a second audit by this unit'),
  'audited-by-organiser': words('组织单位不得自行复核', 'the organiser does not audit its own draw'),
  'number-too-large': words('数字超出范围', 'the number is out of range'),
  'tip-not-opened': words('与 tip 不符', 'does not open the tip'),
  'self-beacon-outside-demonstration': words('自办信标只用于演示', 'a self beacon is for demonstrations only'),
  'self-beacon-key-unknown': words('其中没有自办信标的公钥', 'the self beacon’s key is not among them'),
  'beacon-of-no-other-region': words('不是其他地区的信标', 'not the beacon of another region'),
  'beacon-key-twice': words('两个信标用同一密钥', 'the key of another beacon too'),
  'too-few-regions': words('只有少数地区的信标，它们合谋即可事先知道结果', 'beacons of too few regions, which together could foresee it'),
  'beacon-key-not-in-log': words('承诺之前日志中没有这把信标公钥', 'this key of a beacon is not in the log before the commitment'),
  'beacon-key-too-young': words(
    '信标公钥入日志的时间不足（30 天，钉住的公钥文件另有规定的除外）',
    'this key of a beacon is not long enough in the log (30 days, unless the pinned keys file says otherwise)',
  ),
  'beacon-not-run-apart': words('由组织单位或另一信标的单位运行', 'run by the organiser, or by who runs another'),
  'repeated-key': words('有重复的密钥', 'a key stands there twice'),
  'key-given-before': words('这把密钥或其名称已有', 'this key or its name was given before'),
  'key-of-others': words('本地区的密钥不得为上级或见证方所有', 'is the superior’s or a witness’s'),
  'seq-not-ascending': words('序号未增', 'does not ascend'),
  'log-ends-before': words('日志在此之前结束', 'the log ends before it'),
  'genesis-out-of-place': words('创世条目位置有误', 'the genesis is out of place'),
  'second-entry': words('重复的条目，或晚于承诺的 tip', 'a second one, or a tip after the commitment'),
  'nothing-before': words('缺少应在其前的条目', 'what must stand before it does not'),
  'not-a-source-of-numbers': words('不是公开数字来源的名称', 'not the name of a source of public numbers'),
  'definition-given-before': words('这一公开数字定义已有', 'this definition was given before'),
  'definition-not-in-log': words('承诺之前日志中没有这一公开数字定义', 'this definition is not in the log before the commitment'),
  'definition-too-young': words(
    '公开数字定义入日志的时间不足（30 天，钉住的公钥文件另有规定的除外）',
    'this definition is not long enough in the log (30 days, unless the pinned keys file says otherwise)',
  ),
  'definition-invalid': words('公开数字定义不合规定，或不足 128 比特', 'no definition, or one of fewer than 128 bits'),
  'source-not-of-commitment': words('承诺没有这一来源', 'the commitment names no such source'),
  'numbers-after-transcript': words('晚于抽取记录', 'after the transcript'),
  'numbers-mismatch-definition': words(
    '期数、个数或数值不合定义',
    'another count than the definition’s, or a number outside its range or repeated',
  ),
  'numbers-too-early': words('早于承诺所等的时刻', 'published before the instant that the commitment waits for'),
  'numbers-not-the-first': words('前一期已在承诺所等的时刻之后', 'the publication before is itself one that the commitment waits for'),
  'numbers-out-of-order': words('期号重复或先后有误', 'a publication twice, or out of order'),
  'numbers-not-typed': words('须有两个单位录入的公开数字', 'the numbers of two units are not there'),
  'not-among-the-drawn': words('不属于抽中名单，或重复', 'not among the drawn, or repeated'),
  'not-witnessed-in-time': words('未在期限前由法定数的见证方见到', 'no quorum of witnesses held it by the deadline'),
  'draw-void': words('本次抽取已按时作废', 'this draw was voided in time'),
  'after-failed': words('该抽取已宣布失败，其后不得再有记录', 'the draw failed before, and goes on no more'),
  'failed-too-early': words('宣布失败早于最后一轮随机数满 7 日', 'witnesses held it before 7 days had passed since the last round'),
  'failed-too-late': words('该抽取此时已不会因所称事由失败', 'by then the draw could no longer fail for this reason'),
  'reveal-missing': words('期限前没有这一揭示', 'it was not revealed by the deadline'),
}

/** What is wrong, without the place. */
export function faultWords(fault: Fault): Words {
  switch (fault.code) {
    case 'not-utf8':
      return words('不是 UTF-8', 'not UTF-8')
    case 'not-json':
      return words(`不是规范 JSON：${fault.reason}`, `not canonical JSON: ${fault.reason}`)
    case 'not-canonical':
      return words(`第 ${fault.character} 个字符与 RFC 8785 形式不同`, `character ${fault.character} differs from the RFC 8785 form`)
    case 'no-line-feed':
      return words('末尾缺少 LF', 'no LF at the end')
    case 'not-a':
      return words(`不是 ${fault.expected}`, `not ${fault.expected}`)
    case 'missing-member':
      return words('缺少', 'missing')
    case 'unknown-member':
      return words('多余的成员', 'unknown member')
    case 'out-of-order':
      return words('次序有误或重复', 'out of order or repeated')
    case 'differs':
      return words(`应为 ${fault.expected}，实为 ${fault.found}`, `expected ${fault.expected}, found ${fault.found}`)
    case 'bad-signature':
      return words('签名无效', 'the signature is not valid')
    case 'unknown-key':
      return words(`没有这把 ${fault.roles.join(' | ')} 密钥`, `no such key of role ${fault.roles.join(' | ')}`)
    case 'rule-broken':
      return rules[fault.rule]
    default:
      return fault satisfies never
  }
}

const parts: Readonly<Record<FamilyPart, Words>> = {
  transcript: words('抽取记录', 'transcript'),
  commitment: words('承诺', 'commitment'),
  roster: words('名录', 'roster'),
}

/** Why a redraw or a later attempt cannot be judged: whose file is missing, what it is, and its name. */
export function missingFamilyFileWords({ file, part, of }: MissingFamilyFile): Words {
  const { zh, en } = parts[part]
  if (of === 'attempt')
    return words(
      `须与此前各次的承诺一并核验，缺少此前一次的${zh}（${file}）`,
      `an attempt is verified with the S of those before it, and the ${en} of one is missing (${file})`,
    )
  const whose = of === 'parent' ? words('原抽取', 'the draw it follows') : words('此前一次补抽', 'a redraw before it')
  return words(
    `补抽须与原抽取及此前补抽的文件一并核验，缺少${whose.zh}的${zh}（${file}）`,
    `a redraw is verified with the files of the draws before it, and the ${en} of ${whose.en} is missing (${file})`,
  )
}

/** Why a draw of several cities cannot be judged: whose roster is missing, and its name. */
export const missingRosterWords = ({ file, regionCode }: { readonly file: string; readonly regionCode: string }): Words =>
  words(`缺少参加地区 ${regionCode} 的名录（${file}）`, `the roster of ${regionCode}, which takes part, is missing (${file})`)

const losses: Readonly<Record<FailureReason, Words>> = {
  'beacon-lost': words('承诺所用的随机数信标已不可得', 'the beacon that it was committed to is gone'),
  'key-lost': words('匿名密钥 K 已丢失', 'the blinding key K is lost'),
  'data-lost': words('非公开文件已丢失', 'private files are lost'),
  'void-undecided': words('作废是否按期，见证方说法不一', 'whether its void was in time its witnesses do not settle'),
}

/** What whoever reads a verdict is told of a draw that its superior declared failed (§24). */
export function failureWords({ reason, unitId }: { readonly reason: FailureReason; readonly unitId: string }): Words {
  const { zh, en } = losses[reason]
  return words(
    `上级 ${unitId} 已宣布本次抽取失败（${reason}）：${zh}，不作检查依据`,
    `the superior ${unitId} declared this draw failed (${reason}): ${en}; nobody is checked on it`,
  )
}

/** What whoever reads a verdict is told of the audits that stand in the log (§22): one text for each, or that there is none. */
export function auditWords(audits: readonly AuditEntry[]): readonly Words[] {
  if (audits.length === 0)
    return [
      words(
        '本次抽取尚未复核：抽中者是谁、由谁检查，尚无他方重算',
        'this draw is not audited yet: who the drawn are, and who checks them, nobody else has recomputed',
      ),
    ]
  return audits.map(({ unitId, findings, isSignatureChecked }) => {
    const [zh, en] = isSignatureChecked ? ['', ''] : ['；没有密钥文件，签名未核对', '; without a keys file its signature was not checked']
    return words(`${unitId} 已复核本次抽取，异常 ${findings} 项${zh}`, `${unitId} audited this draw, findings: ${findings}${en}`)
  })
}

/** What whoever reads a verdict is told where less than 30 days are pinned for beacons' keys (§15). */
export const shortKeyAgeWords = (seconds: number): Words =>
  words(
    `信标密钥：钉住的文件只要求入日志 ${seconds} 秒，短于 30 天`,
    `beacon keys: the pinned file asks for ${seconds} seconds in the log, not 30 days`,
  )

/** The same of a margin of less than 600 seconds (§15). */
export const shortMarginWords = (seconds: number): Words =>
  words(`间隔：钉住的文件只要求 ${seconds} 秒，短于 600 秒`, `margin: the pinned file asks for ${seconds} seconds, not 600`)

/** The same of draws that were committed before this one and that nobody drew, by the numbers of their lines in the log (§19). */
export const undrawnWords = (lines: readonly number[]): readonly Words[] =>
  lines.length === 0
    ? []
    : [
        words(
          `本次抽取之前，日志第 ${lines.join('、')} 行的承诺没有抽取结果（作废、失败或搁置）`,
          `before this draw, the commitments at lines ${lines.join(', ')} of the log were never drawn (void, failed or left)`,
        ),
      ]
