import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo, ofAll, type Says, type ShownQuestion } from './support/answer-rule.ts'
import { type Harness, planningHarness } from './support/harness.ts'
import { type HumanTask, type RealPlan, realPlan, realPlans } from './support/real-plans.ts'

interface LineBody {
  readonly lineId: string
  readonly source?: unknown
  readonly reasons: readonly { readonly legalBasis?: string }[]
  readonly objectScope?: string
  readonly scope?: unknown
  readonly itemCodes: readonly string[]
  readonly ratios: readonly unknown[]
  readonly count?: number
  readonly initiatorUnitId: string
  readonly units: readonly { readonly unitId: string }[]
  readonly batches: readonly { readonly window: { readonly start: string; readonly end: string } }[]
}

interface PlanBody {
  readonly planId: string
  readonly lines: readonly LineBody[]
}

interface ImportBody {
  readonly importId: string
  readonly questions: readonly ShownQuestion[]
}

let harness: Harness

beforeAll(async () => {
  harness = await planningHarness()
})
afterAll(() => harness.dispose())

const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }

/** Of the open questions at most one about each line and one about the table: an answer may settle or raise another of the same line. */
function ofOneRound({ questions }: ImportBody): readonly ShownQuestion[] {
  const taken = new Set<number>()
  return questions
    .filter(({ state }) => state === 'OPEN')
    .filter((question) => {
      const lines = linesOf(question)
      const isFree = lines.every((each) => !taken.has(each))
      for (const each of lines) taken.add(each)
      return isFree
    })
}

/** 0 of a question about the whole table. */
const linesOf = ({ lineNo = 0, lineNos = [lineNo] }: ShownQuestion): readonly number[] => lineNos

/** A table becomes lines of a new plan of the unit, once every question is answered by the rule; `said` is by line, 0 of the whole table. */
async function takeIn(unitId: string, plan: RealPlan, file: Uint8Array, query = '') {
  const planner = await harness.as('planner', unitId, '230300', 'PLANNER')
  const { year, planType } = plan
  const { body: drafted } = await planner.post<PlanBody>('/v1/plans', { year, planType, selection })
  const imports = `/v1/plans/${drafted.planId}/imports`
  const received = await planner.upload<ImportBody>(`${imports}${query}`, file, 'application/octet-stream')
  expect(received).toMatchObject({ status: 201 })
  const path = `${imports}/${received.body.importId}`
  const asked: ShownQuestion[] = []
  const said: Says[] = []
  let round = ofOneRound(received.body)
  while (round.length > 0) {
    if (asked.length > 200) throw new Error(`asked again and again: ${JSON.stringify(round)}`)
    const answers = round.map((question) => {
      const { answer, says } = answerTo(question, plan)
      for (const each of linesOf(question)) said[each] = { ...said[each], ...says }
      return { questionId: question.questionId, ...answer }
    })
    asked.push(...round)
    const answered = await planner.post<ImportBody>(`${path}/answers`, { answers })
    if (answered.status !== 200) throw new Error(JSON.stringify([round, answers, answered.body]))
    round = ofOneRound(answered.body)
  }
  const applied = await planner.post<PlanBody>(`${path}/apply`, {})
  expect(applied).toMatchObject({ status: 200 })
  const exported = (format: string) => planner.get<Uint8Array | string>(`/v1/plans/${drafted.planId}/export?format=${format}`)
  return { lines: applied.body.lines, asked, said, exported }
}

const firstDay = (day: string): string => (day.length === 7 ? `${day}-01` : day)
const lastDay = (day: string): string =>
  day.length === 7 ? new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5)), 0)).toISOString().slice(0, 10) : day

/** What a line must have: what was answered about it, else what the person read, else what was answered about the whole table. */
function expected(task: HumanTask, { amount, ...said }: Says, ofTable: Says | undefined, itemCodes: readonly string[]) {
  const { ratio_min: ratio, count, times_min: times, start, end } = task
  const isRatio = ratio !== undefined && ratio !== null && ratio === task.ratio_max && amount !== 'count'
  const isCount = count !== undefined && amount !== 'ratio'
  const read = {
    ...(isRatio ? ofAll(`${ratio}%`) : {}),
    ...(isCount ? { ratios: [], count } : {}),
    ...(typeof times === 'number' && times === task.times_max ? { times } : {}),
    ...(typeof start === 'string' ? { start: firstDay(start) } : {}),
    ...(typeof end === 'string' ? { end: lastDay(end) } : {}),
  }
  return { ...ofTable, ...read, itemCodes, ...said }
}

/** The same members of a line of the plan. */
function had(line: LineBody, members: object) {
  const { itemCodes, ratios, count, initiatorUnitId, objectScope, scope, units, batches } = line
  const all = {
    itemCodes,
    ratios,
    count,
    initiatorUnitId,
    objectScope,
    scope,
    participantUnitIds: units.map(({ unitId }) => unitId).filter((unitId) => unitId !== initiatorUnitId),
    times: batches.length,
    start: batches[0]?.window.start,
    end: batches.at(-1)?.window.end,
  }
  return Object.fromEntries(Object.entries(all).filter(([member]) => member in members))
}

const unitsIn = (lines: readonly LineBody[]) => [...new Set(lines.flatMap(({ units }) => units.map(({ unitId }) => unitId)))].toSorted()

/** The one thing that an exported file leaves open, line by line: it does not say which rule a reason answers. */
const reasonsAsked = (asked: readonly ShownQuestion[]): readonly string[] =>
  asked
    .filter(({ field }) => field === 'ratioReason')
    .flatMap((question) => linesOf(question).map((lineNo) => `${lineNo} ${question.code}`))
    .toSorted()

/** All that a line has but its place in the plan and the file it came from; of its reasons those that were answered, not what the office's own table says of grades. */
const told = (lines: readonly LineBody[]) =>
  lines.map(({ lineId: _lineId, source: _source, reasons, ...line }) => ({
    ...line,
    reasons: reasons.filter(({ legalBasis }) => legalBasis !== undefined),
  }))

describe('a plan that an office published', () => {
  it.each(realPlans)(
    'PLN-13 %s becomes lines as it says and as was answered, and comes back from both files',
    async (file) => {
      const plan = realPlan(file)
      Object.assign(harness.registry.content, { items: plan.items, units: plan.units })
      const query = `?title=${encodeURIComponent(plan.title)}&publisherUnitId=${plan.publisher}`
      const first = await takeIn(plan.publisher, plan, plan.bytes, query)
      const [ofTable, ...said] = first.said
      const wanted = plan.tasks.map((task, index) => expected(task, said[index] ?? {}, ofTable, plan.itemCodes[index] ?? []))
      for (const each of wanted) expect(Object.keys(each)).toEqual(expect.arrayContaining(['itemCodes', 'ratios', 'times', 'start', 'end']))
      expect(first.lines.map((line, index) => had(line, wanted[index] ?? {}))).toEqual(wanted)
      expect(unitsIn(first.lines)).toEqual(plan.named)

      for (const [index, format] of ['xlsx', 'csv'].entries()) {
        const { body: exported } = await first.exported(format)
        const bytes = typeof exported === 'string' ? new TextEncoder().encode(exported) : exported
        const { lines, asked } = await takeIn(plan.others[index] ?? '', plan, bytes)
        expect(reasonsAsked(asked)).toEqual(reasonsAsked(first.asked))
        expect(asked.filter(({ field }) => field !== 'ratioReason')).toEqual([])
        expect(told(lines)).toEqual(told(first.lines))
      }
    },
    200_000,
  )
})
