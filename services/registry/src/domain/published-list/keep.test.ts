import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { keep } from './keep.ts'
import {
  type KeptQuestion,
  type ListAnswer,
  type ListQuestion,
  openQuestions,
  type PublishedList,
  type RecordedAnswer,
} from './published-list.ts'

const now = '2026-03-02T01:00:00.000Z' as Instant

const question = (questionId: string, changes: Partial<ListQuestion> = {}): ListQuestion => ({
  questionId,
  line: 2,
  column: '',
  cell: '',
  field: 'legalBasis',
  code: 'legal-basis-missing',
  message: '',
  options: [],
  accepts: ['value'],
  ...changes,
})

const listOf = (...questions: readonly KeptQuestion[]): PublishedList => ({
  importId: 'i1',
  listId: 'list-1',
  businessLine: '市场监管',
  effectiveFrom: '2026-01-01' as LocalDate,
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  state: 'OPEN',
  fileDigest: 'd',
  encoding: 'utf-8',
  receivedAt: now,
  receivedBy: 'wang',
  items: [],
  questions,
  answers: [],
  notes: [],
  otherRows: [],
})

const answered = (answer: ListAnswer, ...settled: readonly string[]): RecordedAnswer => ({
  by: 'wang',
  at: now,
  answer,
  values: {},
  patches: [],
  settled,
})

const states = (list: PublishedList) => Object.fromEntries(list.questions.map(({ questionId, state }) => [questionId, state]))

describe('DQ-04 what becomes of the questions of a published list', () => {
  it('those still asked are open, those met on the way and not asked any more are closed', () => {
    const kept = keep(listOf(), [], { items: [], questions: [question('a')] }, [question('a'), question('b')])
    expect(states(kept)).toEqual({ a: 'OPEN', b: 'MOOT' })
    expect(openQuestions(kept).map(({ questionId }) => questionId)).toEqual(['a'])
  })

  it.each<[string, ListAnswer, 'ANSWERED' | 'MOOT']>([
    ['addressed to it', { questionId: 'a' }, 'ANSWERED'],
    ['addressed to its row', { lineNo: 7 }, 'ANSWERED'],
    ['addressed to all of its kind', { code: 'legal-basis-missing' }, 'ANSWERED'],
    ['addressed to another question', { questionId: 'b' }, 'MOOT'],
    ['addressed to another row', { lineNo: 8 }, 'MOOT'],
    ['addressed to another kind', { code: 'check-method-missing' }, 'MOOT'],
  ])('an answer %s that closed it leaves it %s', (_how, answer, state) => {
    const open = listOf({ ...question('a', { lineNo: 7 }), state: 'OPEN' })
    expect(states(keep(open, [answered(answer, 'a')], { items: [], questions: [] }))).toEqual({ a: state })
  })

  it('an answer that closed nothing of it does not answer it', () => {
    const open = listOf({ ...question('a', { lineNo: 7 }), state: 'OPEN' })
    expect(states(keep(open, [answered({ questionId: 'a' }, 'b')], { items: [], questions: [] }))).toEqual({ a: 'MOOT' })
  })

  it('one of several answers that closed it is enough; a question of no row is answered by none of a row', () => {
    const open = listOf({ ...question('a'), state: 'OPEN' }, { ...question('table'), state: 'OPEN' })
    const recorded = [
      answered({ lineNo: 1 }, 'a', 'table'),
      answered({ questionId: 'a' }, 'a'),
      answered({ questionId: 'b' }, 'a', 'table'),
    ]
    expect(states(keep(open, recorded, { items: [], questions: [] }))).toEqual({ a: 'ANSWERED', table: 'MOOT' })
  })

  it('how a question was closed stays, until it is asked again', () => {
    const closed = listOf({ ...question('a'), state: 'MOOT' }, { ...question('b'), state: 'ANSWERED' })
    const recorded = [answered({ questionId: 'a' }, 'a')]
    expect(states(keep(closed, recorded, { items: [], questions: [] }))).toEqual({ a: 'MOOT', b: 'ANSWERED' })
    const again = keep(closed, recorded, { items: [], questions: [question('b', { cell: 'now' })] })
    expect(states(again)).toEqual({ a: 'MOOT', b: 'OPEN' })
    expect(again.questions[1]).toMatchObject({ cell: 'now' })
  })

  it('keeps the answers and the items of the resolution', () => {
    const items = [{ lineNo: 1, line: 2, cells: [], known: {}, ready: false }]
    const recorded = [answered({ lineNo: 1 })]
    expect(keep(listOf(), recorded, { items, questions: [] })).toEqual({ ...listOf(), items, answers: recorded, questions: [] })
  })
})
