import { isId } from '@dual-random/kernel'
import { type Arguments, type Complain, noMoreThan } from '../arguments.ts'
import { commandOf, type ExitCode, type Session } from '../command.ts'
import { planningConfig, planningVariables } from '../config.ts'
import { readInput } from '../read-input.ts'
import { both, text } from '../text.ts'
import { type AnswerBody, answerOfWord, answersOfLines } from './answer-lines.ts'
import { answerImport, applyImport, type ImportOfPlan, readImport } from './planning-client.ts'
import { importTable } from './shown-import.ts'
import { tableLines } from './table-lines.ts'

interface Input extends ImportOfPlan {
  readonly file: string | undefined
  readonly given: readonly AnswerBody[]
  readonly isApplied: boolean
}

export const plansAnswer = commandOf(planningVariables, {
  name: 'plans answer',
  usage: '[FILE|-] --plan ID --import ID [--answer QUESTION=VALUE]… [--apply] [--json]',
  summary: text('回答导入计划表时提出的问题', 'answers what an imported plan table left open'),
  notes: [
    text(
      '计划编号和导入编号由 import plans 给出。不带答复时列出尚未回答的问题。--answer 用问题编号和所列的值作答；FILE（- 为标准输入）每行一个 JSON 答复，成员与 POST /v1/plans/…/answers 相同（questionId、lineNo、code 之一，加 value、units、ratios、window、omit 等）。几行相同的问题是一个问题（lines-2,4-6/…），一次答复适用于各行；只答其中一行用 line-4/…。一次给出的答复全部采纳或全部不采纳；答复可能引出新问题。仍有问题时退出码 3。--apply 在没有问题时把各条列入计划草案。',
      'Plan and import are told by import plans. Without answers the open questions are shown. --answer names a question by its id and a value that it offers;\nFILE (- is standard input) has an answer a line, JSON as POST /v1/plans/…/answers takes it (one of questionId, lineNo, code, with value, units, ratios, window, omit and so on).\nWhat several rows ask alike is one question (lines-2,4-6/…) and its answer holds for all of them; line-4/… answers for that one alone. The answers of a call are taken or refused as a whole,\nand may raise new questions; exit code 3 while any is open. --apply adds the lines to the draft once none is.',
    ),
  ],
  options: {
    plan: { value: 'ID', text: text('计划编号', 'the plan') },
    import: { value: 'ID', text: text('导入编号', 'the import') },
    answer: { value: 'QUESTION=VALUE', many: true, text: text('对一个问题的答复', 'the answer to a question') },
    apply: { text: text('没有问题时列入计划草案', 'adds the lines to the draft once nothing is open') },
  },
  read: inputOf,
  run,
})

function inputOf(args: Arguments, complain: Complain): Input {
  const [file] = args.positionals
  noMoreThan(args, 1, complain)
  const named = (option: string): string => {
    const id = args.values.get(option) ?? ''
    if (!isId(id)) complain(`--${option}${id === '' ? '' : ` ${id}`}: 应为编号 (an id)`)
    return id
  }
  const given = (args.lists.get('answer') ?? []).flatMap((word): readonly AnswerBody[] => {
    const answer = answerOfWord(word)
    if (answer === undefined) complain(`--answer ${word}: 应为 问题编号=值 (QUESTION=VALUE)`)
    return answer === undefined ? [] : [answer]
  })
  return { file, planId: named('plan'), importId: named('import'), given, isApplied: args.flags.has('apply') }
}

async function run({ file, given, isApplied, ...place }: Input, { terminal, json }: Session): Promise<ExitCode> {
  const planning = planningConfig(terminal.env)
  const answers = [...(file === undefined ? [] : answersOfLines(await readInput(file, terminal))), ...given]
  const planImport = answers.length === 0 ? await readImport(planning, place) : await answerImport(planning, place, answers)
  for (const line of json ? [JSON.stringify(planImport)] : tableLines(importTable(planImport))) terminal.out(line)
  if (planImport.openQuestions > 0) return 3
  if (!isApplied) return 0
  const { lines } = await applyImport(planning, place)
  const applied = { planId: place.planId, importId: place.importId, lines: lines.length }
  terminal.out(
    json
      ? JSON.stringify(applied)
      : both(text(`已列入计划草案，草案共 ${lines.length} 条`, `added to the draft, which has ${lines.length} lines`)),
  )
  return 0
}
