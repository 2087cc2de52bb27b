import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isId } from '@dual-random/kernel'
import { type Arguments, type Complain, noMoreThan } from '../arguments.ts'
import { CommandError, commandOf, type ExitCode, type Session } from '../command.ts'
import { planningConfig, planningVariables } from '../config.ts'
import { codeOf } from '../own-files.ts'
import { both, text } from '../text.ts'
import { importPlan } from './planning-client.ts'
import { readPlanFile, shownTable, tableRecords } from './read-plan-file.ts'
import { importTable } from './shown-import.ts'
import { type ShownTable, tableLines } from './table-lines.ts'

interface Input {
  readonly file: string
  readonly year: number
  readonly unitId: string
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly sheet: string | undefined
  readonly isDryRun: boolean
}

export const importPlans = commandOf(planningVariables, {
  name: 'import plans',
  usage: 'FILE --year YEAR --unit ID [--joint] [--sheet NAME] [--dry-run] [--json]',
  summary: text('导入已公布的年度抽查计划表', 'imports a published annual plan'),
  notes: [
    text(
      '文件为 XLSX 或 CSV（UTF-8 或 GB18030），标题行、两级表头、合并单元格、表尾注照原样。工作簿中数字按显示的样子读，公式取存下的结果，隐藏的行、列会问到；有几张工作表时写明 --sheet。读懂的列为计划事项，不明确的逐一提问，不猜；仍有问题时退出码 3。--dry-run 只读文件，不需要服务。否则起草该单位当年的计划（已有草案则用之），把表交给计划服务：问题在其中回答后列入草案。',
      'The file is XLSX or CSV (UTF-8 or GB18030), with title rows, two-level headers, merged cells and footers as published. Numbers of a workbook are read as they are shown, formulas by the value that is stored; hidden rows and columns are asked about,\nand --sheet says which sheet where there are several. What is understood becomes lines, what is not is asked, nothing is guessed; exit code 3 while questions are open. --dry-run reads the\nfile alone. Otherwise the unit’s plan of the year is drafted, or its draft is used, and planning gets the table: its questions are answered there, then its lines join the draft.',
    ),
  ],
  options: {
    year: { value: 'YEAR', text: text('计划年度', 'the year of the plan') },
    unit: { value: 'ID', text: text('计划所属单位', 'the unit whose plan it is') },
    joint: { text: text('部门联合抽查计划（默认为本部门计划）', 'a joint plan; a department’s own by default') },
    sheet: { value: 'NAME', text: text('工作簿中的工作表', 'the sheet of a workbook') },
    'dry-run': { text: text('只读文件，不写入', 'reads the file and does nothing') },
  },
  read: inputOf,
  run,
})

function inputOf(args: Arguments, complain: Complain): Input {
  const [file = ''] = args.positionals
  noMoreThan(args, 1, complain)
  if (file === '') complain('FILE: 缺少 (missing)')
  const year = args.values.get('year') ?? ''
  if (!/^2\d{3}$/.test(year)) complain(`--year${year === '' ? '' : ` ${year}`}: 应为四位年份 (a year of four figures)`)
  const unitId = args.values.get('unit') ?? ''
  const isDryRun = args.flags.has('dry-run')
  // Nobody is asked about the unit of a file that is read alone.
  if (isDryRun ? unitId.trim() === '' : !isId(unitId))
    complain(`--unit${unitId === '' ? '' : ` ${unitId}`}: 应为单位编码 (the id of a unit)`)
  return {
    file,
    year: Number(year),
    unitId,
    planType: args.flags.has('joint') ? 'JOINT' : 'INTERNAL',
    sheet: args.values.get('sheet'),
    isDryRun,
  }
}

async function run({ file, year, unitId, planType, sheet, isDryRun }: Input, session: Session): Promise<ExitCode> {
  const bytes = await readFile(file).catch((thrown: unknown) => {
    throw new CommandError(text(`${file}: 读不到（${codeOf(thrown)}）`, `${file}: cannot be read (${codeOf(thrown)})`))
  })
  if (isDryRun) {
    const parsed = await readPlanFile(bytes, { planYear: year, planType, sheet })
    print(session, shownTable(parsed), tableRecords(parsed))
    return exitCodeOf(parsed.problems.length, parsed.questions.length)
  }
  const planImport = await importPlan(planningConfig(session.terminal.env), {
    name: basename(file),
    bytes,
    sheet,
    year,
    unitId,
    planType,
  })
  print(session, importTable(planImport), [planImport])
  if (!session.json && planImport.openQuestions > 0) {
    const { planId, importId } = planImport
    const words = `plans answer --plan ${planId} --import ${importId}`
    session.terminal.out(both(text(`作答：dual-random ${words}`, `to answer: dual-random ${words}`)))
  }
  return exitCodeOf(planImport.problems.length, planImport.openQuestions)
}

const exitCodeOf = (problems: number, questions: number): ExitCode => (problems > 0 ? 1 : questions > 0 ? 3 : 0)

function print({ terminal, json }: Session, table: ShownTable, records: readonly object[]): void {
  for (const line of json ? records.map((record) => JSON.stringify(record)) : tableLines(table)) terminal.out(line)
}
