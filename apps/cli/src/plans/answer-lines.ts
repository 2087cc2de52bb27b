import { CommandError } from '../command.ts'
import { text } from '../text.ts'

/** An answer as planning takes it: whom it is addressed to, and what it says. */
export type AnswerBody = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is AnswerBody => typeof value === 'object' && value !== null && !Array.isArray(value)

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The answers of NDJSON, one a line; throws a `CommandError` that names every line that is none. */
export function answersOfLines(ndjson: string): readonly AnswerBody[] {
  const lines = ndjson
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, index) => ({ line, at: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
  const read = lines.map(({ line, at }) => ({ at, value: valueOf(line) }))
  const wrong = read.filter(({ value }) => !isObject(value)).map(({ at }) => at)
  if (wrong.length > 0) {
    const named = wrong.join(', ')
    throw new CommandError(text(`第 ${named} 行不是 JSON 对象，没有作答`, `no JSON object in line ${named}; nothing was answered`))
  }
  return read.map(({ value }) => value).filter(isObject)
}

/** `line-1/basis=each`: everything behind the first = is the value; undefined where there is none. */
export function answerOfWord(word: string): AnswerBody | undefined {
  const [, questionId, value] = /^([^=]+)=(.+)$/s.exec(word) ?? []
  return questionId === undefined || value === undefined ? undefined : { questionId: questionId.trim(), value }
}
