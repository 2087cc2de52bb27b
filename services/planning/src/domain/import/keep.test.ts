import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { keep } from './keep.ts'
import type { ImportAnswer, ImportQuestion, KeptQuestion, PlanImport, RecordedAnswer } from './plan-import.ts'

const question = (questionId: string, members: Partial<ImportQuestion> = {}): ImportQuestion => ({
  questionId,
  line: 1,
  column: '比例',
  cell: '5%左右',
  field: 'ratio',
  code: 'ratio-not-understood',
  message: '按多少抽？',
  options: [],
  accepts: ['value'],
  ...members,
})

const kept = (questionId: string, state: KeptQuestion['state'], members: Partial<ImportQuestion> = {}): KeptQuestion => ({
  ...question(questionId, members),
  state,
})

const importOf = (...questions: readonly KeptQuestion[]): PlanImport =>
  ({ importId: 'i1', lines: [], questions, answers: [], notes: [], problems: [] }) as unknown as PlanImport

const answered = (answer: ImportAnswer, ...settled: readonly string[]): RecordedAnswer => ({
  by: 'planner',
  at: '2026-01-10T00:00:00.000Z' as Instant,
  answer,
  addressed: answer.questionId === undefined ? [] : [answer.questionId],
  values: {},
  patches: [],
  settled,
})

const statesOf = ({ questions }: PlanImport) => Object.fromEntries(questions.map(({ questionId, state }) => [questionId, state]))
const nothingOpen = { lines: [], questions: [] }

describe('the questions of an import after a resolution', () => {
  it('PLN-13 are open as long as they are asked, also one that was answered before', () => {
    const current = importOf(kept('line-1/ratio', 'OPEN'), kept('line-2/ratio', 'ANSWERED'))
    const asked = { lines: [], questions: [question('line-1/ratio'), question('line-2/ratio'), question('line-3/ratio')] }
    expect(statesOf(keep(current, [], asked))).toEqual({ 'line-1/ratio': 'OPEN', 'line-2/ratio': 'OPEN', 'line-3/ratio': 'OPEN' })
  })

  it.each<[string, ImportAnswer]>([
    ['the question', { questionId: 'line-1/ratio', value: '5%' }],
    ['its line', { lineNo: 1, omit: true }],
    ['all questions like it', { code: 'ratio-not-understood', value: '5%' }],
  ])('PLN-13 are answered by an answer to %s', (_, answer) => {
    const current = importOf(kept('line-1/ratio', 'OPEN', { lineNo: 1 }))
    expect(statesOf(keep(current, [answered(answer, 'line-1/ratio')], nothingOpen))).toEqual({ 'line-1/ratio': 'ANSWERED' })
  })

  it('PLN-13 are moot where something else closed them', () => {
    const current = importOf(
      kept('line-1/ratio', 'OPEN', { lineNo: 1 }),
      kept('table/items', 'OPEN'),
      kept('line-2/ratio', 'OPEN', { lineNo: 2 }),
    )
    const recorded = [
      answered({ lineNo: 3 }, 'line-1/ratio'),
      answered({ questionId: 'line-2/ratio' }),
      answered({ questionId: 'another' }, 'table/items'),
    ]
    expect(statesOf(keep(current, recorded, nothingOpen))).toEqual({
      'line-1/ratio': 'MOOT',
      'table/items': 'MOOT',
      'line-2/ratio': 'MOOT',
    })
  })

  it('PLN-13 stay answered or moot once they are, and those met on the way are kept with what became of them', () => {
    const current = importOf(kept('a', 'ANSWERED'), kept('b', 'MOOT'))
    const after = keep(current, [answered({ questionId: 'c' }, 'c', 'b')], nothingOpen, [question('c'), question('d')])
    expect(statesOf(after)).toEqual({ a: 'ANSWERED', b: 'MOOT', c: 'ANSWERED', d: 'MOOT' })
  })

  it('PLN-13 are told in the words they were last asked in, and lines and answers are those of the resolution', () => {
    const lines = [{ lineNo: 1, taskNo: '1', rows: [3], ready: false }]
    const recorded = [answered({ questionId: 'x' })]
    const current = importOf(kept('line-1/ratio', 'OPEN', { message: '旧' }))
    const after = keep(current, recorded, { lines, questions: [question('line-1/ratio', { message: '新' })] })
    expect(after).toMatchObject({ importId: 'i1', lines, answers: recorded })
    expect(after.questions.map(({ message }) => message)).toEqual(['新'])
  })
})
