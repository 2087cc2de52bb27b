import { accessSync, constants, writeFileSync } from 'node:fs'
import { type Arguments, type Complain, noMoreThan, type OptionSpecs } from '../arguments.ts'
import { type Command, type ExitCode, type RegistrySession, registryCommand } from '../command.ts'
import { withProgress } from '../progress.ts'
import { both, type Text, text } from '../text.ts'
import { type FileFacts, factsOf, mediaTypeOf } from './file-facts.ts'
import { progressBar } from './progress-bar.ts'
import { followImport, type ImportCounts, importFile, type Refusal, type RowsSoFar, textAt } from './registry-client.ts'

interface Kind {
  readonly word: string
  readonly path: string
  readonly what: Text
  /** Options that become the query, each with the name it has there. */
  readonly query: Readonly<
    Record<string, { readonly name: string; readonly required: boolean; readonly value?: string; readonly text: Text }>
  >
}

const kinds: readonly Kind[] = [
  {
    word: 'objects',
    path: '/v1/objects/import',
    what: text('检查对象', 'objects'),
    query: {
      region: { name: 'regionCode', required: true, value: 'CODE', text: text('各行所在的行政区划', 'the region every row lies in') },
      source: { name: 'source', required: false, value: 'SYSTEM', text: text('数据来源的系统代码', 'the system they come from') },
      'source-as-of': {
        name: 'sourceAsOf',
        required: false,
        value: 'DATE',
        text: text('来源数据截至；默认为导入时', 'as of when it speaks; the import by default'),
      },
      'dry-run': { name: 'trial', required: false, text: text('只核对，不写入', 'says what would be done, and does nothing') },
    },
  },
  { word: 'tags', path: '/v1/tags/import', what: text('标签', 'tags'), query: {} },
  { word: 'inspectors', path: '/v1/inspectors/import', what: text('执法检查人员', 'inspectors'), query: {} },
  { word: 'units', path: '/v1/units/import', what: text('单位', 'units'), query: {} },
  {
    word: 'grades',
    path: '/v1/credit-results/import',
    what: text('信用风险分类结果', 'credit-risk results'),
    query: { 'as-of': { name: 'asOf', required: false, value: 'DATE', text: text('评定时间', 'when they were found') } },
  },
  {
    word: 'items',
    path: '/v1/check-item-lists/import',
    what: text('抽查事项清单', 'a check-item list'),
    query: {
      list: { name: 'listId', required: true, value: 'ID', text: text('清单编码', 'the list') },
      line: { name: 'businessLine', required: true, value: 'NAME', text: text('条线，如 市场监管', 'its business line') },
      from: { name: 'effectiveFrom', required: false, value: 'DATE', text: text('生效日期，默认今天', 'in force from; today by default') },
      trigger: { name: 'trigger', required: false, value: 'WHY', text: text('第二版起必填', 'needed from the second version on') },
    },
  },
]

const reportOption: OptionSpecs = {
  report: { value: 'FILE', text: text('把逐行报告存为 CSV', 'where the report of the rows goes, as CSV') },
}

interface Input {
  readonly file: string
  readonly mediaType: string
  readonly path: string
  readonly report: string | undefined
}

export const importCommands: readonly Command[] = kinds.map(importCommand)

function importCommand({ word, path, what, query }: Kind): Command {
  const own = Object.entries(query).map(([option, { required, value }]) => {
    const shown = `--${option}${value === undefined ? '' : ` ${value}`}`
    return required ? shown : `[${shown}]`
  })
  return registryCommand<Input>({
    name: `import ${word}`,
    usage: ['FILE', ...own, '[--report FILE]', '[--json]'].join(' '),
    summary: text(`导入${what.zh}`, `imports ${what.en}`),
    notes: [
      text(
        '文件为 CSV（UTF-8 或 GB18030）、NDJSON 或 XLSX，列见 registry 说明书。好的行保留，有问题的行列入报告（退出码 1）。\n中断后再次运行即从断点继续；同一文件再次导入不改动任何记录。',
        'The file is CSV (UTF-8 or GB18030), NDJSON or XLSX; its columns stand in the README of registry. Good rows are kept, the others are\nreported (exit code 1). After an interruption run it again: it goes on where it was. The same file again changes nothing.',
      ),
    ],
    options: {
      ...Object.fromEntries(
        Object.entries(query).map(([option, { value, text: about }]) => [option, { ...(value && { value }), text: about }]),
      ),
      ...reportOption,
    },
    read: (args, complain) => inputOf(args, { word, path, what, query }, complain),
    run: (input, session) => runImport(input, what, session),
  })
}

function inputOf(args: Arguments, { path, query }: Kind, complain: Complain): Input {
  const [file = ''] = args.positionals
  noMoreThan(args, 1, complain)
  if (file === '') complain('FILE: 缺少 (missing)')
  const mediaType = mediaTypeOf(file)
  if (file !== '' && mediaType === undefined) complain(`${file}: 应为 .csv、.ndjson 或 .xlsx (a .csv, .ndjson or .xlsx file)`)
  if (file !== '' && !isReadable(file)) complain(`${file}: 读不到这个文件 (cannot be read)`)
  const asked = new URLSearchParams()
  for (const [option, { name, required, value }] of Object.entries(query)) {
    const given = value === undefined ? (args.flags.has(option) ? 'true' : undefined) : args.values.get(option)
    if (given !== undefined) asked.set(name, given)
    else if (required) complain(`--${option}: 缺少 (missing)`)
  }
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
  return counts.rejected > 0 ? 1 : 0
}

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
  unmatched: text('未匹配', 'unmatched'),
  rejected: text('退回', 'rejected'),
}

function countLines(counts: ImportCounts, report: string | undefined): readonly string[] {
  const said = Object.entries(countNames).flatMap(([name, shown]) => (counts[name] === undefined ? [] : [`${both(shown)} ${counts[name]}`]))
  const where = report ?? counts.reportUrl
  return [said.join(', '), ...(counts.rejected > 0 ? [`${both(text('报告', 'report'))}: ${where}`] : [])]
}

const refusalLines = ({ code = '', detail = '', errors = [] }: Refusal): readonly string[] => [
  `${detail} (${code})`,
  ...errors.map(({ pointer, detail: about = '' }) => `  ${pointer}: ${about}`),
]
