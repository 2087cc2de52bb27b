import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { type Arguments, type Complain, noMoreThan, type OptionSpecs } from '../arguments.ts'
import { type Command, type ExitCode, type RegistrySession, registryCommand } from '../command.ts'
import { withProgress } from '../progress.ts'
import { optionsOfQuery, queryOf, usageOfQuery } from '../query-options.ts'
import { saveAt } from '../registry-calls.ts'
import { both, type Text, text } from '../text.ts'
import { type ExportKind, exportKinds } from './export-kinds.ts'

/** Forms of a file by the ending of its name; the values of option `--format`. */
const formats = ['csv', 'ndjson', 'xlsx'] as const

const formatOption: OptionSpecs = {
  format: { value: 'FORM', text: text('csv、ndjson 或 xlsx，默认依文件名', 'csv, ndjson or xlsx; by default as the file is called') },
}

const listOption: OptionSpecs = { list: { value: 'ID', text: text('清单编码', 'the list') } }

interface Input {
  readonly file: string
  readonly path: string
}

export const exportCommands: readonly Command[] = exportKinds.map(exportCommand)

function exportCommand(kind: ExportKind): Command {
  const { word, what, query, needsList } = kind
  return registryCommand<Input>({
    name: `export ${word}`,
    usage: ['FILE', ...(needsList ? ['--list ID'] : []), ...usageOfQuery(query), '[--format FORM]', '[--json]'].join(' '),
    summary: text(`导出${what.zh}`, `exports ${what.en}`),
    notes: [
      text(
        '文件的列与导入相同，原样再导入不改动任何记录。文件传完才出现；已有同名文件则被取代。',
        'The file has the columns of the import, and importing it again changes no record. It is there once it is whole, and takes the place of\none of that name.',
      ),
    ],
    options: { ...(needsList ? listOption : {}), ...optionsOfQuery(query), ...formatOption },
    read: (args, complain) => inputOf(args, kind, complain),
    run: (input, session) => runExport(input, what, session),
  })
}

function inputOf(args: Arguments, { path, needsList, query }: ExportKind, complain: Complain): Input {
  const [file = ''] = args.positionals
  noMoreThan(args, 1, complain)
  if (file === '') complain('FILE: 缺少 (missing)')
  else if (!isWritable(dirname(file))) complain(`${file}: 不能写入这个文件夹 (its folder cannot be written to)`)
  const list = args.values.get('list')
  if (needsList && list === undefined) complain('--list: 缺少 (missing)')
  const given = args.values.get('format')
  const format = formats.find((each) => each === (given ?? file.split('.').at(-1)?.toLowerCase()))
  if (format === undefined && given !== undefined && given !== '')
    complain(`--format ${given}: 应为 csv、ndjson 或 xlsx (csv, ndjson or xlsx)`)
  if (format === undefined && given === undefined && file !== '')
    complain(`${file}: 应为 .csv、.ndjson 或 .xlsx，或写明 --format (a .csv, .ndjson or .xlsx file, or --format)`)
  const asked = queryOf(args, query, complain)
  asked.set('format', format ?? '')
  return { file, path: `${path(list ?? '')}?${asked.toString()}` }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function runExport({ file, path }: Input, what: Text, { registry, terminal, json }: RegistrySession): Promise<ExitCode> {
  let received = 0
  const label = text(`正在导出${what.zh}`, `exporting ${what.en}`)
  const detail = (): string => both(text(`${received} 字节`, `${received} bytes`))
  const bytes = await withProgress(terminal, { label, detail }, () => saveAt(registry, path, file, (soFar) => void (received = soFar)))
  terminal.out(json ? JSON.stringify({ file, bytes }) : both(text(`已存入 ${file}，${bytes} 字节`, `${bytes} bytes`)))
  return 0
}
