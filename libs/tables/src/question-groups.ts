import { cleanPassage } from './text.ts'

/** What of a question tells whether another line asks the same. */
export interface AskedOfLine {
  readonly lineNo?: number
  /** Physical line of the file. */
  readonly line: number
  readonly column: string
  readonly field: string
  readonly code: string
}

/** A question with every line that asks it, both as lines of the plan and as rows of the file. `id` addresses it for all of them. */
export interface QuestionGroup<Q> {
  readonly id: string
  readonly question: Q
  /** Empty of a question about the table as a whole. */
  readonly lineNos: readonly number[]
  readonly rows: readonly number[]
}

/** Ascending numbers, runs of three and more as from-to: 2,4-6. */
function shortened(numbers: readonly number[]): string {
  const runs: number[][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === number - 1) run.push(number)
    else runs.push([number])
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(','))).join(',')
}

const groupIdOf = (lineNos: readonly number[], field: string): string =>
  `${lineNos.length === 1 ? 'line' : 'lines'}-${shortened(lineNos)}/${field}`

/** The ids of the questions that a group's id stands for, `lines-2,4-6/ratio`; any other id stands for itself. */
export function membersOf(id: string): readonly string[] {
  const [, list = '', field = ''] = /^lines-([\d,-]{1,4000})\/(.+)$/.exec(id) ?? []
  if (field === '') return [id]
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: Math.min(Math.max(last - first + 1, 0), mostLines) }, (_, at) => `line-${first + at}/${field}`)
  })
}

const mostLines = 10_000

/** What each line is called, and what it checks: two blanks do not mean the same. */
const ownOfLine: readonly string[] = ['taskName', 'itemNames', 'objectScope', 'units', 'unitItems', 'line']

/**
 * Questions that say the same of the same text in the same column, as one each, in the order of the first; `idOf` gives the id of a single one,
 * `saidIn` the cell and everything that people read of a question.
 */
export function groupQuestions<Q extends AskedOfLine>(
  questions: readonly Q[],
  idOf: (question: Q) => string,
  saidIn: (question: Q) => { readonly cell: string; readonly said: unknown },
): readonly QuestionGroup<Q>[] {
  const groups = new Map<string, Q[]>()
  for (const question of questions) {
    const { column, field, code, lineNo } = question
    const { cell, said } = saidIn(question)
    const isOwn = lineNo === undefined || (ownOfLine.includes(field) && cell.trim() === '')
    const key = isOwn ? idOf(question) : JSON.stringify([field, code, column, cleanPassage(cell), said])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [question])
    else group.push(question)
  }
  return [...groups.values()].flatMap((group) => {
    const [question] = group
    if (question === undefined) return []
    const lineNos = group.flatMap(({ lineNo }) => lineNo ?? []).toSorted((a, b) => a - b)
    const rows = group.map(({ line }) => line).toSorted((a, b) => a - b)
    return [{ id: group.length === 1 ? idOf(question) : groupIdOf(lineNos, question.field), question, lineNos, rows }]
  })
}
