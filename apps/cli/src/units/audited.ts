import type { AuditedRecord } from '@dual-random/witness'
import * as z from 'zod'
import { type Arguments, type Complain, noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { readPinned } from '../pinned-keys.ts'
import { readInput } from '../read-input.ts'
import type { Terminal } from '../terminal.ts'
import { text } from '../text.ts'
import { enterRecord } from './enter-record.ts'
import { jsonIn } from './numbers-typed.ts'
import { readUnitKey } from './unit-key.ts'

/** What was found: which match record of which draw was recomputed, and how often it differed. */
type Finding = Pick<AuditedRecord, 'drawId' | 'match' | 'findings'>

export const unitAudited = offlineCommand({
  name: 'unit audited',
  usage: '--keys keys-REGION.json --key FILE (--audit FILE | --draw ID --match DIGEST --findings N) --url DRAWING_URL [--json]',
  summary: text('单位把一次抽取的复核结果登入日志', 'enters in the log what a unit found when it audited a draw'),
  notes: [
    text(
      '组织单位以外的单位或上级用密钥 K 和非公开文件复核（draw audit），并在政策规定的天数内登记复核结果，逾期未登记的在抽取公示中标明。--audit 为 draw audit --json 的输出（- 为标准输入）；也可以给出抽取标识、匹配记录的摘要和异常数。每个单位一次抽取一份，入日志后公开，不能更改；只登记异常数，不登记异常内容。',
      'A unit other than the organiser, or the superior, recomputes a draw with K and its private files (draw audit) and enters what it found within the\ndays of policy; an audit that is missing then is shown with the draw. --audit is the output of draw audit --json (- for standard input); or say\nwhich draw, the digest of its match record, and how many findings. One a unit and draw; the number is public with the log, never what was found.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    key: { value: 'FILE', text: text('本单位（或上级）的密钥文件', "the key file of the unit, or the superior's") },
    audit: { value: 'FILE', text: text('draw audit --json 的输出，- 为标准输入', 'the output of draw audit --json; - is standard input') },
    draw: { value: 'ID', text: text('所复核的抽取', 'the draw that was audited') },
    match: { value: 'DIGEST', text: text('所复核的匹配记录的摘要', 'the digest of the match record that was audited') },
    findings: { value: 'N', text: text('异常数', 'how many findings') },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is, as in http://127.0.0.1:8083') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    return {
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'key', complain),
      audit: args.values.get('audit'),
      found: foundIn(args, complain),
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ keysPath, keyPath, audit, found, url }, session): Promise<ExitCode> => {
    const keys = await readPinned(keysPath)
    const signer = await readUnitKey(keyPath)
    const { drawId, match, findings } = audit === undefined ? found : await readAudit(audit, session.terminal)
    const record = { type: 'dual-random/audited/v1', drawId, unitId: signer.unitId, match, findings } as const
    const label = text('正在登记复核结果', 'entering the audit')
    return await enterRecord(keys, signer, { kind: 'audited', record }, { drawId, url, label }, session)
  },
})

const hex32 = /^[0-9a-f]{64}$/

/** What was found, as the options say it; empty where a file says it. */
function foundIn(args: Arguments, complain: Complain): Finding {
  const nothing = { drawId: '', match: '', findings: 0 }
  if (args.values.has('audit')) {
    for (const name of ['draw', 'match', 'findings'])
      if (args.values.has(name)) complain(`--${name}: 已由 --audit 给出 (the audit says it)`)
    return nothing
  }
  const [drawId, match, findings] = (['draw', 'match', 'findings'] as const).map((name) => requiredOf(args, name, complain))
  for (const [name, value = ''] of [
    ['draw', drawId],
    ['match', match],
  ] as const)
    if (value !== '' && !hex32.test(value)) complain(`--${name} ${value}: 应为 64 个十六进制字符 (64 hexadecimal characters)`)
  if (findings !== '' && !/^\d{1,15}$/.test(findings ?? '')) complain(`--findings ${findings}: 应为非负整数 (a number, 0 or more)`)
  return { drawId: drawId ?? '', match: match ?? '', findings: Number(findings) }
}

const auditShape = z.object({ drawId: z.string().regex(hex32), match: z.string().regex(hex32), findings: z.array(z.unknown()) })

/** The output of `draw audit --json`. One without its match record is no audit of the draw. */
async function readAudit(path: string, terminal: Terminal): Promise<Finding> {
  const given = await readInput(path, terminal)
  const read = auditShape.safeParse(jsonIn(given))
  if (!read.success)
    throw new CommandError(
      text(
        `--audit ${path}: 不是 draw audit --json 的输出，或当时没有密钥、transcript 和 match.json 可核对`,
        `--audit ${path}: is no output of draw audit --json, or of an audit without the key, the transcript or match.json`,
      ),
    )
  const { drawId, match, findings } = read.data
  return { drawId, match, findings: findings.length }
}
