import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { NamedFile } from '@dual-random/draw/forms'
import { fromHex } from '@dual-random/kernel'
import { parseWrappedKey, unwrapKey } from '@dual-random/key-wrap'
import { type AuditFiles, auditDraw, jointFileName, type PoolFiles, regionsOf } from '@dual-random/verify'
import { type Arguments, type Complain, noMoreThan, requiredOf } from '../arguments.ts'
import { offlineCommand, UsageError } from '../command.ts'
import { readSecret } from '../own-files.ts'
import { both, text } from '../text.ts'
import { readWrapKey } from '../units/wrap-key.ts'
import { readNamed } from './bundle-files.ts'
import { differenceLine, findingLine } from './fault-texts.ts'
import { nodeHash } from './node-crypto.ts'

export const drawAudit = offlineCommand({
  name: 'draw audit',
  usage: '--bundle DIR --private DIR --key FILE [--key REGION=FILE]… [--wrap-key FILE] [--draw ID] [--json]',
  summary: text('审计员用密钥 K 和非公开文件复核一次抽取', 'recomputes a draw with the key K and its private files, as its auditor'),
  notes: [
    text(
      '公开文件证明不了的：每个标签是否由标识和 K 算出（同一标识有两个标签的“克隆”、挑选的标签）、名册与名录库文件是否一致、排除是否都有事由、抽中名单集合、匹配文件和匹配结果，以及结束时每个抽中标签的结果。公开部分请先用 draw verify 核验。',
      'What the public files cannot show: whether every label follows from an id and K (a clone is one id under two labels, or a label was chosen),\nwhether roster and private file are of the same objects, every exclusion has its ground, the drawn set, the files of matching, the teams, and what became\nof every drawn label once the draw is closed. For the public part run draw verify first.',
    ),
    text(
      '--bundle 为公开文件的文件夹（commitment-<drawId>.json、rosters/<drawId>.ndjson，如有 transcript、region-log 也核对）。有补抽的，其 commitment 也放在这里，结束记录中被替换的对象据此核对。--private 为 objects.ndjson、exclusions.ndjson、match-inputs/<单位>.ndjson、match-facts.ndjson、match.json、closed.json，即名录库 GET /v1/draws/<drawId>/files/objects、…/exclusions、/v1/draws/<drawId>/match-facts 和抽取 GET /v1/draws/<drawId>/match-inputs/<单位>、…/match、…/closed 的答复。--key 为 GET /v1/draws/<drawId>/key 的答复或其 64 位十六进制，只能本人可读（chmod 600）。',
      '--bundle has the public files (commitment-<drawId>.json, rosters/<drawId>.ndjson; transcript and region-log where they are there, and the commitments\nof redraws, by which closed.json tells who was replaced). --private has objects.ndjson, exclusions.ndjson, match-facts.ndjson,\nmatch-inputs/<unit>.ndjson, match.json and closed.json: what registry answers to GET /v1/draws/<drawId>/files/objects, …/exclusions and\n/v1/draws/<drawId>/match-facts, and drawing to GET /v1/draws/<drawId>/match-inputs/<unit>,\n…/match and …/closed. --key is the answer to GET /v1/draws/<drawId>/key, or its\n64 hex digits; only you may be able to read it (chmod 600).',
    ),
    text(
      '名录库丢失时，--key 可以是上级存档的包裹密钥（GET /v1/draws/<drawId>/wrapped-key 的答复），--wrap-key 为上级的包裹密钥文件（unit wrap-key new 生成）；打开的是否为本次抽取的 K，以快照中的摘要为准。',
      "Where the registry is lost, --key is the wrapped key that the superior archived (the answer to GET /v1/draws/<drawId>/wrapped-key), and --wrap-key\nthe superior's key file (unit wrap-key new). Whether what comes out is the K of this draw, the digest in the snapshot says.",
    ),
    text(
      '多地联合抽取：--bundle 还须有各参加地区的 rosters/<drawId>-<地区>.ndjson，--private 还须有 objects-<地区>.ndjson、exclusions-<地区>.ndjson、match-facts-<地区>.ndjson（上述名录库请求加 ?regionCode=<地区>），密钥另以 --key <地区>=FILE 给出。未给出的地区列为异常。',
      'A draw of several cities: --bundle also has rosters/<drawId>-<region>.ndjson of each other, --private objects-<region>.ndjson,\nexclusions-<region>.ndjson and match-facts-<region>.ndjson (the requests above with ?regionCode=<region>), and its K comes by --key <region>=FILE. A city without is a finding.',
    ),
    text(
      '退出码：0 无异常；1 有异常，逐条列出文件和位置；2 无法判断。未给出的文件不核对。--json 的结果由 unit audited 签名后登入日志。',
      'Exit code: 0 nothing was found; 1 findings, each with file and place; 2 it cannot judge. What is not there is not audited, and named.\nWhat --json gives, unit audited signs and enters in the log.',
    ),
  ],
  options: {
    bundle: { value: 'DIR', text: text('公开文件的文件夹', 'folder of the public files') },
    private: { value: 'DIR', text: text('非公开文件的文件夹', 'folder of the private files') },
    key: {
      value: 'FILE',
      many: true,
      text: text(
        '密钥 K，或为上级包裹的 K；其他地区的为 <地区>=FILE',
        'the key K, or K wrapped for the superior; that of another city as <region>=FILE',
      ),
    },
    'wrap-key': { value: 'FILE', text: text('上级的包裹密钥文件', "the superior's wrapping key") },
    draw: { value: 'ID', text: text('文件夹中有多次抽取时，是哪一次', 'which draw, where the folder has several') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    return {
      bundle: requiredOf(args, 'bundle', complain),
      secrets: requiredOf(args, 'private', complain),
      keys: keyPathsOf(args, complain),
      wrapKey: args.values.get('wrap-key'),
      drawId: drawIdOf(args, complain),
    }
  },
  run: async ({ bundle, secrets, keys, wrapKey, drawId }, { terminal, json }) => {
    const key = await readKey(keys.own, wrapKey)
    const theirs = await Promise.all([...keys.others].map(async ([region, path]) => [region, await readKey(path, wrapKey)] as const))
    const files = auditFiles(bundle, secrets, drawId ?? onlyDrawIn(bundle), { key, others: new Map(theirs) })
    const audit = auditDraw(files, nodeHash)
    if (!audit.ok) throw new UsageError([differenceLine(audit.error)])
    const { drawId: audited, findings, objects, match } = audit.value
    const status = findings.length === 0 ? 'CLEAN' : 'FINDINGS'
    const without = missingIn(files)
    if (json) terminal.out(JSON.stringify({ status, drawId: audited, objects, match, withoutFiles: without, findings }))
    else {
      for (const finding of findings) terminal.err(findingLine(finding))
      const headline = {
        CLEAN: text(`无异常：${objects} 个对象`, `nothing was found, of ${objects} objects`),
        FINDINGS: text(`异常 ${findings.length} 处`, `findings: ${findings.length}`),
      }[status]
      terminal.out(`${status}: ${both(headline)}`)
      if (without.length > 0)
        terminal.out(`${both(text('未核对（没有文件）', 'not audited, for want of the file'))}: ${without.join(', ')}`)
    }
    return findings.length === 0 ? 0 : 1
  },
})

/** What was not given, and is therefore not audited. */
function missingIn(files: AuditFiles): readonly string[] {
  const parts = (['transcript', 'match', 'closed', 'log'] as const).filter((part) => files[part] === undefined)
  const facts = [['match-facts', files] as const, ...[...(files.others ?? [])].map(([code, of]) => [`match-facts-${code}`, of] as const)]
  return [...parts, ...facts.flatMap(([name, of]) => (of.facts === undefined ? name : []))]
}

interface KeyPaths {
  readonly own: string
  /** By region code. */
  readonly others: ReadonlyMap<string, string>
}

/** A path with a region before it is another city's key. */
function keyPathsOf(args: Arguments, complain: Complain): KeyPaths {
  const own: string[] = []
  const others = new Map<string, string>()
  for (const given of args.lists.get('key') ?? []) {
    const [, region, path] = /^([1-9]\d{5})=(.+)$/s.exec(given) ?? []
    if (region === undefined || path === undefined) own.push(given)
    else if (others.has(region)) complain(`--key ${region}=…: 重复 (given twice)`)
    else others.set(region, path)
  }
  if (own.length === 0) complain('--key: 缺少 (missing)')
  if (own.length > 1) complain('--key: 重复 (given twice)')
  return { own: own[0] ?? '', others }
}

const drawPattern = /^[0-9a-f]{64}$/

function drawIdOf(args: Arguments, complain: Complain): string | undefined {
  const given = args.values.get('draw')
  if (given !== undefined && !drawPattern.test(given)) complain(`--draw ${given}: 应为 64 位十六进制 (64 hex digits)`)
  return given
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'syscall' in thrown)) throw thrown
    throw new UsageError([`${folder}: 读不到 (cannot be read): ${thrown.message}`])
  }
}

/** The draws of a folder, by their commitments. */
const commitmentsIn = (bundle: string): readonly string[] =>
  listed(bundle).flatMap((name) => /^commitment-([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? [])

function onlyDrawIn(bundle: string): string {
  const ids = commitmentsIn(bundle)
  const [drawId] = ids
  if (drawId === undefined) throw new UsageError([`${bundle}: 没有 commitment-<drawId>.json (there is none)`])
  if (ids.length > 1) throw new UsageError([`${bundle}: 有 ${ids.length} 次抽取，请用 --draw 指明 (several draws: say which by --draw)`])
  return drawId
}

async function readKey(path: string, wrapKey: string | undefined): Promise<NamedFile> {
  const content = await secretOf(path)
  return { name: path, bytes: wrapKey === undefined ? keyIn(path, content) : await unwrapped(path, content, wrapKey) }
}

/** Whatever is wrong with the file of K, nothing can be judged without it. */
const secretOf = (path: string): Promise<string> => asUsage(() => readSecret(path))

async function asUsage<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (thrown) {
    throw new UsageError([thrown instanceof Error ? thrown.message : String(thrown)])
  }
}

/** K as registry answers it, or its hex alone. */
function keyIn(path: string, content: string): Uint8Array {
  const hex = /^\s*(?:\{\s*"key"\s*:\s*"([0-9a-f]{64})"\s*\}|([0-9a-f]{64}))\s*$/.exec(content)
  const key = fromHex(hex?.[1] ?? hex?.[2] ?? '')
  if (key?.length !== 32) throw new UsageError([`--key ${path}: 应为 64 位十六进制 (64 hex digits, or registry's answer)`])
  return key
}

/** K out of its wrapping, by the superior's key. */
async function unwrapped(path: string, content: string, wrapKeyPath: string): Promise<Uint8Array> {
  const wrapped = parseWrappedKey(content)
  if (!wrapped.ok) throw new UsageError([`--key ${path} /${wrapped.error}: 不是包裹的密钥 (is no wrapped key)`])
  const { privateKey } = await asUsage(() => readWrapKey(wrapKeyPath))
  const key = await unwrapKey(privateKey, wrapped.value)
  if (key === undefined) throw new UsageError([`--wrap-key ${wrapKeyPath}: 打不开 ${path} (does not open it)`])
  return key
}

interface Keys {
  readonly key: NamedFile
  /** By region code. */
  readonly others: ReadonlyMap<string, NamedFile>
}

function auditFiles(bundle: string, secrets: string, drawId: string, { key, others }: Keys): AuditFiles {
  const inFolder = (folder: string, name: string): NamedFile => readNamed(join(folder, name), name)
  const ifThere = (folder: string, name: string): NamedFile | undefined =>
    existsSync(join(folder, name)) ? inFolder(folder, name) : undefined
  const commitment = inFolder(bundle, `commitment-${drawId}.json`)
  const regions = regionsOf(commitment)
  const cities = regions.others.flatMap((regionCode): readonly (readonly [string, PoolFiles])[] => {
    const theirs = others.get(regionCode)
    const roster = ifThere(bundle, jointFileName('roster', drawId, regionCode))
    const [objects, exclusions] = [`objects-${regionCode}.ndjson`, `exclusions-${regionCode}.ndjson`].map((name) => ifThere(secrets, name))
    if (theirs === undefined || roster === undefined || objects === undefined || exclusions === undefined) return []
    return [[regionCode, { key: theirs, roster, objects, exclusions, facts: ifThere(secrets, `match-facts-${regionCode}.ndjson`) }]]
  })
  const inputs = existsSync(join(secrets, 'match-inputs')) ? listed(join(secrets, 'match-inputs')) : []
  return {
    key,
    commitment,
    roster: inFolder(bundle, `rosters/${drawId}.ndjson`),
    transcript: ifThere(bundle, `transcript-${drawId}.json`),
    log: ifThere(bundle, `region-log-${regions.own ?? ''}.ndjson`),
    objects: inFolder(secrets, 'objects.ndjson'),
    exclusions: inFolder(secrets, 'exclusions.ndjson'),
    facts: ifThere(secrets, 'match-facts.ndjson'),
    matchInputs: new Map(
      inputs
        .filter((name) => name.endsWith('.ndjson'))
        .map((name) => [name.slice(0, -'.ndjson'.length), inFolder(secrets, `match-inputs/${name}`)]),
    ),
    match: ifThere(secrets, 'match.json'),
    closed: ifThere(secrets, 'closed.json'),
    redraws: commitmentsIn(bundle).flatMap((id) => (id === drawId ? [] : inFolder(bundle, `commitment-${id}.json`))),
    others: new Map(cities),
  }
}
