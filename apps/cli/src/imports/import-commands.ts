import { accessSync, constants, writeFileSync } from 'node:fs'
import { type Arguments, type Complain, noMoreThan, type OptionSpecs } from '../arguments.ts'
import { type Command, type ExitCode, type RegistrySession, registryCommand } from '../command.ts'
import { withProgress } from '../progress.ts'
import { optionsOfQuery, queryOf, usageOfQuery } from '../query-options.ts'
import { both, type Text, text } from '../text.ts'
import { type FileFacts, factsOf, mediaTypeOf } from './file-facts.ts'
import { type ImportKind, importKinds } from './import-kinds.ts'
import { progressBar } from './progress-bar.ts'
import { followImport, type ImportCounts, importFile, type Refusal, type RowsSoFar, textAt } from './registry-client.ts'

const reportOption: OptionSpecs = {
  report: { value: 'FILE', text: text('把逐行报告存为 CSV', 'where the report of the rows goes, as CSV') },
}

interface Input {
  readonly file: string
  readonly mediaType: string
  readonly path: string
  readonly report: string | undefined
}

export const importCommands: readonly Command[] = importKinds.map(importCommand)

function importCommand(kind: ImportKind): Command {
  const { word, what, query } = kind
  return registryCommand<Input>({
    name: `import ${word}`,
    usage: ['FILE', ...usageOfQuery(query), '[--report FILE]', '[--json]'].join(' '),
    summary: text(`导入${what.zh}`, `imports ${what.en}`),
    notes: [kind.notes],
    options: { ...optionsOfQuery(query), ...reportOption },
    read: (args, complain) => inputOf(args, kind, complain),
    run: (input, session) => runImport(input, what, session),
  })
}

function inputOf(args: Arguments, { path, query, isPublished }: ImportKind, complain: Complain): Input {
  const [file = ''] = args.positionals
  noMoreThan(args, 1, complain)
  if (file === '') complain('FILE: 缺少 (missing)')
  const mediaType = mediaTypeOf(file)
  if (file !== '' && isPublished && mediaType !== 'text/csv') complain(`${file}: 应为 .csv，先另存为 CSV (a .csv file)`)
  else if (file !== '' && mediaType === undefined) complain(`${file}: 应为 .csv、.ndjson 或 .xlsx (a .csv, .ndjson or .xlsx file)`)
  if (file !== '' && !isReadable(file)) complain(`${file}: 读不到这个文件 (cannot be read)`)
  const asked = queryOf(args, query, complain)
  return {
    file,
    mediaType: mediaType ?? '',
    path: asked.size === 0 ? path : `${path}?${asked.toString()}`,
    report: args.values.get('report'),
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

async function runImport({ file: path, mediaType, path: route, report }: Input, what: Text, session: RegistrySession): Promise<ExitCode> {
  const { terminal, json } = session
  const file = await factsOf(path, mediaType)
  let sent = 0
  const label = text(`正在导入${what.zh}`, `importing ${what.en}`)
  let rows: RowsSoFar | undefined
  const answered = new AbortController()
  const following = followImport(session, file.digest, (soFar) => void (rows = soFar), answered.signal)
  const answer = await withProgress(terminal, { label, detail: () => progressOf(sent, file, rows) }, () =>
    importFile(session, { path: route, file, onSent: (bytes) => void (sent = bytes) }),
  ).finally(() => answered.abort())
  await following
  if (answer.kind === 'refused') {
    for (const line of json ? [JSON.stringify(answer.refusal)] : refusalLines(answer.refusal)) terminal.err(line)
    return 1
  }
  const { counts } = answer
  if (report !== undefined) writeFileSync(report, await textAt(session, counts.reportUrl))
  for (const line of json ? [JSON.stringify(counts)] : countLines(counts, report)) terminal.out(line)
  if (isAny(counts.rejected)) return 1
  return isAny(counts['openQuestions']) ? 3 : 0
}

const isAny = (count: unknown): boolean => typeof count === 'number' && count > 0

/** Whether the report has rows that somebody must do something about. */
const leavesWork = (counts: ImportCounts): boolean =>
  ['rejected', 'unmatched', 'ambiguous', 'resultsPending', 'openQuestions'].some((name) => isAny(counts[name]))

/** The bar is that of the sending, then that of the rows, as far as registry tells and the lines of the file are known. */
function progressOf(sent: number, { bytes, lines }: Pick<FileFacts, 'bytes' | 'lines'>, rows: RowsSoFar | undefined): string {
  if (sent < bytes) return `${progressBar(sent, bytes)} ${both(text('已发送', 'sent'))}`
  if (rows === undefined)
    return `${progressBar(sent, bytes)} ${both(text('已发送，登记服务正在核对写入', 'sent; registry checks and writes'))}`
  const { received, written, rejected } = rows
  const counts = [
    `${both(text('已读', 'read'))} ${received}`,
    `${both(text('已写', 'written'))} ${written}`,
    `${both(text('退回', 'rejected'))} ${rejected}`,
  ].join(', ')
  return lines === undefined ? counts : `${progressBar(received, lines)} ${counts}`
}

const countNames: Readonly<Record<string, Text>> = {
  received: text('收到', 'received'),
  created: text('新增', 'created'),
  changed: text('变更', 'changed'),
  unchanged: text('未变', 'unchanged'),
  removed: text('移出', 'removed'),
  matched: text('匹配', 'matched'),
  ambiguous: text('同名多户', 'ambiguous'),
  unmatched: text('未匹配', 'unmatched'),
  resultsPending: text('结果待补', 'results pending'),
  ready: text('已确定', 'ready'),
  omitted: text('不列入', 'omitted'),
  openQuestions: text('未答问题', 'open questions'),
  rejected: text('退回', 'rejected'),
}

function countLines(counts: ImportCounts, report: string | undefined): readonly string[] {
  const said = Object.entries(countNames).flatMap(([name, shown]) => {
    const count = counts[name]
    return typeof count === 'number' ? [`${both(shown)} ${count}`] : []
  })
  const where = report ?? counts.reportUrl
  return [said.join(', '), ...(report !== undefined || leavesWork(counts) ? [`${both(text('报告', 'report'))}: ${where}`] : [])]
}

const refusalLines = ({ code = '', detail = '', errors = [] }: Refusal): readonly string[] => [
  `${detail} (${code})`,
  ...errors.map(({ pointer, detail: about = '' }) => `  ${pointer}: ${about}`),
]
