import { accessSync, constants, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isId } from '@dual-random/kernel'
import { type Arguments, type Complain, noMoreThan } from '../arguments.ts'
import { CommandError, commandOf, type ExitCode, type Session } from '../command.ts'
import { planningConfig, planningVariables } from '../config.ts'
import { codeOf } from '../own-files.ts'
import { both, text } from '../text.ts'
import { type ExportedForm, type PlanOfUnit, planFormats, planTable } from './planning-client.ts'

interface Input extends PlanOfUnit, ExportedForm {
  readonly file: string
}

export const exportPlans = commandOf(planningVariables, {
  name: 'export plans',
  usage: 'FILE --year YEAR --unit ID [--joint] [--published] [--undrawn] [--format FORM] [--json]',
  summary: text('导出年度抽查计划表', 'exports an annual plan'),
  notes: [
    text(
      '按各地公布计划的版式：标题行、两级表头、合并单元格。XLSX 和 CSV 可以原样再导入；HTML 可直接公布、打印。默认为计划的当前版本，--published 为已公布的版本。不经抽取的检查在 XLSX、HTML 中为第二张表；CSV 只有一张表，表尾注明还有几项，用 --undrawn 另存。',
      'In the layout in which plans are published: a title row, a header of two rows, merged cells. XLSX and CSV can be imported again, HTML\nis to be published and printed. The working version of the plan by default, with --published the one that is published.\nChecks without a draw are a second table in XLSX and HTML. CSV holds one table: it says below how many more there are, and --undrawn saves those.',
    ),
  ],
  options: {
    year: { value: 'YEAR', text: text('计划年度', 'the year of the plan') },
    unit: { value: 'ID', text: text('计划所属单位', 'the unit whose plan it is') },
    joint: { text: text('部门联合抽查计划（默认为本部门计划）', 'a joint plan; a department’s own by default') },
    published: { text: text('已公布的版本', 'the version that is published') },
    undrawn: { text: text('只要不经抽取的检查（重点监管、专项检查等）', 'the checks without a draw alone') },
    format: { value: 'FORM', text: text('xlsx、csv 或 html，默认依文件名', 'xlsx, csv or html; by default as the file is called') },
  },
  read: inputOf,
  run,
})

function inputOf(args: Arguments, complain: Complain): Input {
  const [file = ''] = args.positionals
  noMoreThan(args, 1, complain)
  if (file === '') complain('FILE: 缺少 (missing)')
  else if (!isWritable(dirname(file))) complain(`${file}: 不能写入这个文件夹 (its folder cannot be written to)`)
  const year = args.values.get('year') ?? ''
  if (!/^2\d{3}$/.test(year)) complain(`--year${year === '' ? '' : ` ${year}`}: 应为四位年份 (a year of four figures)`)
  const unitId = args.values.get('unit') ?? ''
  if (!isId(unitId)) complain(`--unit${unitId === '' ? '' : ` ${unitId}`}: 应为单位编码 (the id of a unit)`)
  const given = args.values.get('format')
  const format = planFormats.find((each) => each === (given ?? file.split('.').at(-1)?.toLowerCase()))
  if (format === undefined && given !== undefined) complain(`--format ${given}: 应为 xlsx、csv 或 html (xlsx, csv or html)`)
  if (format === undefined && given === undefined && file !== '')
    complain(`${file}: 应为 .xlsx、.csv 或 .html，或写明 --format (an .xlsx, .csv or .html file, or --format)`)
  return {
    file,
    format: format ?? 'xlsx',
    year: Number(year),
    unitId,
    planType: args.flags.has('joint') ? 'JOINT' : 'INTERNAL',
    isPublished: args.flags.has('published'),
    isUndrawn: args.flags.has('undrawn'),
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function run({ file, ...plan }: Input, { terminal, json }: Session): Promise<ExitCode> {
  const bytes = await planTable(planningConfig(terminal.env), plan)
  save(file, bytes)
  terminal.out(
    json ? JSON.stringify({ file, bytes: bytes.length }) : both(text(`已存入 ${file}，${bytes.length} 字节`, `${bytes.length} bytes`)),
  )
  return 0
}

/** The file is there once it is whole. */
function save(file: string, bytes: Uint8Array): void {
  const part = `${file}.part`
  try {
    writeFileSync(part, bytes)
    renameSync(part, file)
  } catch (thrown) {
    rmSync(part, { force: true })
    throw new CommandError(text(`没有存成 ${file}（${codeOf(thrown)}）`, `${file} was not saved (${codeOf(thrown)})`))
  }
}
