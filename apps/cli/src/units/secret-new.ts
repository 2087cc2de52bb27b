import { randomBytes } from 'node:crypto'
import type { HashName } from '@dual-random/draw'
import { parseRegionCode, toHex } from '@dual-random/kernel'
import { type Arguments, type Complain, countOf, idOf, noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand, type Session } from '../command.ts'
import { readPinned } from '../pinned-keys.ts'
import { readInput } from '../read-input.ts'
import { both, text } from '../text.ts'
import { readOrder } from './read-order.ts'
import { changeSecrets, type KeptSecret, readSecrets } from './secrets-file.ts'
import { isUnsent, nameOf, requireOwner, sendTips } from './send-tips.ts'
import { attemptsOf, type Drawn, drawIdOf, redrawnBy, type Target } from './target.ts'
import { mostAttempts, targetsIn, targetsOfPlan } from './targets.ts'
import { readUnitKey, type UnitSigner } from './unit-key.ts'
import { readPaperPath, writePaper } from './write-paper.ts'

type Source =
  | { readonly kind: 'one'; readonly drawn: Drawn; readonly attempt: number | undefined }
  | { readonly kind: 'redraw'; readonly path: string; readonly attempt: number | undefined }
  | { readonly kind: 'lines'; readonly path: string }
  | { readonly kind: 'plan'; readonly planId: string; readonly planning: string }

interface Input {
  readonly keyPath: string
  readonly secretsPath: string
  readonly region: { readonly keysPath: string } | { readonly regionCode: string; readonly hash: HashName }
  readonly source: Source
  readonly attempts: number
  /** Where drawing is; undefined with `--offline`. */
  readonly url: string | undefined
  readonly paper: string | undefined
}

export const secretNew = offlineCommand<Input>({
  name: 'unit secret new',
  usage:
    '(--keys FILE | --region R [--hash H]) --key FILE --secrets FILE (--plan P --line L --batch B [--attempt A] | --task T [--batch B] [--attempt A] | --redraw ORDER_FILE [--attempt A] | --plan P --planning URL | --lines FILE) [--attempts N] (--url URL | --offline) [--paper FILE] [--json]',
  summary: text('为抽取生成秘密值并登记承诺值', 'makes secrets for draws and enters their tips'),
  notes: [
    text(
      '每次尝试一个全新的 32 字节秘密值，先写入本单位的秘密值文件（仅本人可读写，只追加）并落盘，然后才发送承诺值。同一次抽取绝不生成第二个。秘密值不显示，只有 --paper 才写成纸质备份。',
      "One fresh 32-byte secret an attempt. It goes into the unit's secrets file first, which only its owner may read and which only grows; the tip is\nsent when that is on stable storage. No draw gets a second secret. A secret is never shown, but for the paper backup that --paper asks for.",
    ),
    text(
      '承诺值须在冻结名单之前入日志；抽取标识由计划行、批次、次数推出，一年的可一次办妥。线索任务用 --task，补抽用 --redraw（申请原文，抽取服务 GET /v1/draws/ID/redraws/N/text）。--lines 每行一个 {planId, lineId, batch, attempts?}、{taskId, batch, attempts?} 或 {parentDrawId, number, attempts?}；--planning 读取已公布计划的全部行与批次。中断后再次执行，只补缺的。',
      'A tip must be in the log before the freeze; the drawId follows from line, batch and attempt, so a year can be made at once. Of a task on\nclues say --task, of a redraw --redraw with the text of its order (of drawing, GET /v1/draws/ID/redraws/N/text). --lines has one {planId, lineId, batch,\nattempts?}, {taskId, batch, attempts?} or {parentDrawId, number, attempts?} a line; --planning reads all lines and batches of a published plan. Interrupted, call it again: it makes what is missing.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件：地区与散列算法', 'the pinned keys file: region and hash') },
    region: { value: 'R', text: text('地区代码，代替 --keys', 'region code, instead of --keys') },
    hash: { value: 'H', text: text('地区日志的散列算法，默认 sha256', "the log's hash, sha256 (default) or sm3") },
    key: { value: 'FILE', text: text('本单位密钥文件', "the unit's key file") },
    secrets: { value: 'FILE', text: text('本单位秘密值文件', "the unit's secrets file") },
    plan: { value: 'P', text: text('计划标识', 'the plan') },
    line: { value: 'L', text: text('计划行', 'the line') },
    batch: { value: 'B', text: text('批次；线索任务默认 1', 'the batch; of a task 1 by default') },
    task: { value: 'T', text: text('线索任务标识', 'the task on clues') },
    redraw: { value: 'ORDER_FILE', text: text('补抽的申请原文', 'the text of the order of a redraw') },
    attempt: { value: 'A', text: text('只为第 A 次尝试，默认 1', 'for this attempt alone, 1 by default') },
    attempts: { value: 'N', text: text('每批次为第 1 至 N 次尝试各一个', 'for attempts 1 to N of each batch') },
    lines: { value: 'FILE', text: text('批量：NDJSON 文件，- 为标准输入', 'in bulk: an NDJSON file, - for standard input') },
    planning: { value: 'URL', text: text('批量：计划服务地址', 'in bulk: where planning is') },
    url: { value: 'URL', text: text('抽取服务地址，承诺值发往那里', 'where drawing is; tips go there') },
    offline: { text: text('只写文件，以后用 unit secret send 发送', 'only the file; unit secret send sends later') },
    paper: { value: 'FILE', text: text('纸质备份（.html 或纯文本）', 'a paper backup, .html or plain text') },
  },
  read: inputOf,
  run: make,
})

function inputOf(args: Arguments, complain: Complain): Input {
  noMoreThan(args, 0, complain)
  const [url] = urlsOf(args, 'url', complain)
  if ((url === undefined) !== args.flags.has('offline')) complain('--url, --offline: 二选一 (one of both)')
  const paper = args.values.get('paper')
  readPaperPath(paper, complain)
  if (args.values.has('attempt') && args.values.has('attempts')) complain('--attempt, --attempts: 二选一 (one of both)')
  const attempts = countOf(args, 'attempts', 1, 1, complain)
  if (attempts > mostAttempts) complain(`--attempts ${attempts}: 至多 ${mostAttempts} (at most)`)
  return {
    keyPath: requiredOf(args, 'key', complain),
    secretsPath: requiredOf(args, 'secrets', complain),
    region: regionOf(args, complain),
    source: sourceOf(args, complain),
    attempts,
    url,
    paper,
  }
}

function regionOf({ values }: Arguments, complain: Complain): Input['region'] {
  const [keysPath, regionCode = '', hash = 'sha256'] = [values.get('keys'), values.get('region'), values.get('hash')]
  if (keysPath !== undefined) {
    for (const name of ['region', 'hash']) if (values.has(name)) complain(`--${name}: --keys 已说明 (told by --keys)`)
    return { keysPath }
  }
  if (parseRegionCode(regionCode) === undefined) complain(`--keys, --region ${regionCode}: 缺少或不是地区代码 (missing, or no region code)`)
  if (hash !== 'sha256' && hash !== 'sm3') complain(`--hash ${hash}: 应为 sha256 或 sm3 (sha256 or sm3)`)
  return { regionCode, hash: hash === 'sm3' ? 'sm3' : 'sha256' }
}

function sourceOf(args: Arguments, complain: Complain): Source {
  const { values } = args
  const of = (name: string): boolean => values.has(name)
  const [path, planning] = [values.get('lines'), values.get('planning')]
  const isOfLine = of('line') || (of('batch') && !of('task'))
  const ways = [path !== undefined, planning !== undefined, isOfLine, of('task'), of('redraw')].filter(Boolean).length
  if (ways !== 1) complain('--line, --task, --redraw, --lines, --planning: 五选一 (one of them)')
  const isOfPlan = isOfLine || planning !== undefined
  if (ways === 1 && isOfPlan && !of('plan')) complain('--plan: 缺少 (missing)')
  if (!isOfPlan && of('plan')) complain('--plan: 只用于 --line 与 --planning (only with --line and --planning)')
  const isOne = isOfLine || of('task') || of('redraw')
  if (!isOne && of('attempt')) complain('--attempt: 只用于 --line、--task、--redraw (only with --line, --task and --redraw)')
  const attempt = of('attempts') ? undefined : countOf(args, 'attempt', 1, 1, complain)
  if (path !== undefined) return { kind: 'lines', path }
  if (planning !== undefined) {
    urlsOf(args, 'planning', complain)
    return { kind: 'plan', planId: idOf(args, 'plan', complain), planning }
  }
  if (of('redraw')) return { kind: 'redraw', path: values.get('redraw') ?? '', attempt }
  if (of('task'))
    return { kind: 'one', drawn: { taskId: idOf(args, 'task', complain), batch: countOf(args, 'batch', 1, 1, complain) }, attempt }
  if (of('plan')) idOf(args, 'plan', complain)
  const lineId = idOf(args, 'line', complain)
  requiredOf(args, 'batch', complain)
  return { kind: 'one', drawn: { planId: values.get('plan') ?? '', lineId, batch: countOf(args, 'batch', 1, 1, complain) }, attempt }
}

async function make(input: Input, session: Session): Promise<ExitCode> {
  const { terminal, json } = session
  const { secretsPath, paper, url } = input
  const signer = await readUnitKey(input.keyPath)
  const region = 'keysPath' in input.region ? await readPinned(input.region.keysPath) : input.region
  const targets = await targetsFor(input, region.regionCode, session)
  const wanted = new Map(targets.map((target) => [drawIdOf(region.hash, region.regionCode, target), target]))
  const made = await changeSecrets(secretsPath, (known) => {
    for (const { kept } of known.values()) requireOwner(signer, kept.unitId)
    const missing = [...wanted].filter(([drawId]) => !known.has(drawId))
    const [again] = missing.length > 0 ? [] : [...wanted.keys()].flatMap((drawId) => known.get(drawId)?.kept ?? [])
    if ((input.source.kind === 'one' || input.source.kind === 'redraw') && again !== undefined) throw isThere(again, secretsPath)
    return missing.map(([drawId, target]) => fresh(drawId, target, region, signer, terminal.clock()))
  })
  const all = await readSecrets(secretsPath)
  const states = [...wanted.keys()].flatMap((drawId) => all.get(drawId) ?? [])
  if (paper !== undefined)
    await writePaper(
      paper,
      states.map(({ kept }) => kept),
    )
  const counts = { made: made.length, thereBefore: wanted.size - made.length }
  const said = text(`新生成 ${counts.made}，原已有 ${counts.thereBefore}`, `made ${counts.made}, there before ${counts.thereBefore}`)
  terminal.out(json ? JSON.stringify(counts) : `${both(said)}: ${secretsPath}`)
  if (url === undefined) return 0
  const unsent = states.filter(isUnsent).map(({ kept }) => kept)
  return unsent.length === 0 ? 0 : await sendTips(secretsPath, signer, url, unsent, session)
}

async function targetsFor({ source, attempts }: Input, regionCode: string, { terminal }: Session): Promise<readonly Target[]> {
  if (source.kind === 'one') return attemptsAsked(source.drawn, source.attempt, attempts)
  if (source.kind === 'redraw') return attemptsAsked(redrawnBy(await readOrder(source.path, regionCode)), source.attempt, attempts)
  if (source.kind === 'plan') return await targetsOfPlan(source.planning, source.planId, regionCode, attempts)
  return targetsIn(await readInput(source.path, terminal), attempts)
}

/** One attempt, or the first so many. */
const attemptsAsked = (drawn: Drawn, attempt: number | undefined, attempts: number): readonly Target[] =>
  attempt === undefined ? attemptsOf(drawn, attempts) : [{ ...drawn, attempt }]

const fresh = (
  drawId: string,
  target: Target,
  { regionCode, hash }: { readonly regionCode: string; readonly hash: HashName },
  { unitId }: UnitSigner,
  madeAt: string,
): KeptSecret => ({ type: 'secret', unitId, regionCode, hash, ...target, drawId, secret: toHex(new Uint8Array(randomBytes(32))), madeAt })

const isThere = (kept: KeptSecret, path: string): CommandError =>
  new CommandError(
    text(
      `${nameOf(kept)} 在 ${path} 中已有秘密值，不生成第二个；未发送的承诺值用 unit secret send 发送`,
      `${nameOf(kept)} has a secret in ${path} and gets no second one; unit secret send sends a tip that was not sent`,
    ),
  )
