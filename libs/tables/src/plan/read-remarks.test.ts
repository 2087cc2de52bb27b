import { addDays, type LocalDate, type Ratio, ratioOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeBatches } from '../cells/batches.ts'
import { readPublishedTable } from '../published-table.ts'
import { writeSheetCsv } from '../sheet/write-csv.ts'
import { writeSheetWorkbook } from '../xlsx/write-sheet.ts'
import { applyAnswers } from './apply-answers.ts'
import { planSheet } from './plan-sheet.ts'
import { parsePlanTable } from './plan-table.ts'
import type { PublishedPlanLine } from './published-line.ts'

const days = (start: string, end: string) => ({ start: start as LocalDate, end: end as LocalDate })
const batch = (start: string, end: string, share: Ratio) => ({ window: days(start, end), share })
const spring = batch('2026-03-01', '2026-04-30', ratioOf(1, 4))
const autumn = batch('2026-09-01', '2026-11-15', ratioOf(3, 4))

const line = (members: Partial<PublishedPlanLine> = {}): PublishedPlanLine => ({
  taskName: '商品质量检查',
  itemNames: ['甲', '乙'],
  objectScope: '零售企业',
  ratio: ratioOf(1, 20),
  timesPerYear: 2,
  window: days('2026-03-01', '2026-11-15'),
  initiator: '市甲局',
  participants: ['市乙局'],
  methods: [],
  remarks: writeBatches([spring, autumn]),
  ...members,
})
const sheetOf = (...lines: readonly PublishedPlanLine[]) => planSheet({ title: '某市2026年度抽查计划', publisher: '某局', lines })

async function parse(bytes: Uint8Array, planYear = 2026) {
  const table = await readPublishedTable(bytes)
  if (!table.ok) throw new Error(table.error.reason)
  return parsePlanTable(table.value, { planYear })
}
const csvOf = (...lines: readonly PublishedPlanLine[]) => new TextEncoder().encode(writeSheetCsv(sheetOf(...lines)))
const asked = async (members: Partial<PublishedPlanLine>, planYear = 2026) =>
  (await parse(csvOf(line(members)), planYear)).questions.filter(({ field }) => field !== 'window' && field !== 'planYear')
const codes = async (members: Partial<PublishedPlanLine>) => (await asked(members)).map(({ id, code }) => [id, code])

/** The first line of the table with these answers. */
async function settled(bytes: Uint8Array, answers: Readonly<Record<string, string>>, planYear = 2026) {
  const given = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, { value, by: 'p' }]))
  const applied = applyAnswers(await parse(bytes, planYear), given)
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  expect(applied.value.remaining).toEqual([])
  return applied.value.settled[0]
}

const dated = fc
  .uniqueArray(fc.integer({ min: 0, max: 364 }), { minLength: 4, maxLength: 16 })
  .map((numbers) => numbers.toSorted((a, b) => a - b).map((day) => addDays('2026-01-01' as LocalDate, day)))
const custom = dated.chain((found) =>
  fc.tuple(
    ...Array.from({ length: Math.floor(found.length / 2) }, (_, index) =>
      fc.integer({ min: 1, max: 99 }).map((percent) => batch(found[index * 2] ?? '', found[index * 2 + 1] ?? '', ratioOf(percent, 100))),
    ),
  ),
)

describe('the remarks of a line', () => {
  it('PLN-13 PLN-25 give the batches of an exported plan back, from CSV and from a workbook, and stay as they are', async () => {
    await fc.assert(
      fc.asyncProperty(custom, fc.constantFrom('', '理由：分2批：甲；市甲局委托县局检查'), async (batches, reason) => {
        const window = days(batches[0]?.window.start ?? '', batches.at(-1)?.window.end ?? '')
        const remarks = [writeBatches(batches), reason].filter((text) => text !== '').join('；')
        const lines = [line({ timesPerYear: batches.length, window, remarks })]
        for (const bytes of [csvOf(...lines), await writeSheetWorkbook(sheetOf(...lines))])
          expect(await settled(bytes, {})).toMatchObject({ batches, remarks, timesPerYear: batches.length })
      }),
      { numRuns: 10 },
    )
  })

  it('PLN-13 are read behind other remarks, and what of them is none of these is kept apart', async () => {
    const { lines, questions } = await parse(csvOf(line({ remarks: `节前开展；${writeBatches([spring, autumn])}；理由：专项整治；急` })))
    expect(questions).toEqual([])
    expect(lines[0]?.known.batches).toEqual([spring, autumn])
    expect(lines[0]?.readings.remarks?.rest).toBe('节前开展；理由：专项整治；急')
    expect((await parse(csvOf(line()))).lines[0]?.readings.remarks?.rest).toBe('')
  })

  it('PLN-13 leave the batches to the frequency where they say nothing of them', async () => {
    expect(await settled(csvOf(line({ remarks: '部分批次抽样' })), {})).not.toHaveProperty('batches')
  })

  it.each([
    ['the frequency', { timesPerYear: 3 }],
    ['the beginning', { window: days('2026-02-28', '2026-11-15') }],
    ['the end', { window: days('2026-03-01', '2026-11-16') }],
  ])('PLN-13 PLN-25 are asked about where the batches do not fit %s, and either is taken', async (_, members) => {
    expect(await codes(members)).toEqual([['line-1/remarkedBatches', 'batches-differ']])
    const bytes = csvOf(line(members))
    expect(await settled(bytes, { 'line-1/remarkedBatches': 'as-written' })).toMatchObject({
      batches: [spring, autumn],
      timesPerYear: 2,
      window: days('2026-03-01', '2026-11-15'),
    })
    const even = await settled(bytes, { 'line-1/remarkedBatches': 'even' })
    expect(even).toMatchObject(members)
    expect(even).not.toHaveProperty('batches')
  })

  it('PLN-02 PLN-25 are asked about where the batches are of another year, and moved to the days of the plan’s', async () => {
    const bytes = csvOf(
      line({
        window: days('2024-02-29', '2024-11-15'),
        remarks: writeBatches([
          { ...spring, window: days('2024-02-29', '2024-04-30') },
          { ...autumn, window: days('2024-09-01', '2024-11-15') },
        ]),
      }),
    )
    const { questions } = await parse(bytes)
    expect(questions.map(({ id, code }) => [id, code])).toContainEqual(['line-1/remarkedBatches', 'batches-outside-plan-year'])
    const answers = Object.fromEntries(
      questions.map(({ id, options = [] }) => [id, options.find(({ value }) => value === 'moved')?.value ?? options.at(-1)?.value ?? '']),
    )
    expect(await settled(bytes, answers)).toMatchObject({
      batches: [{ ...spring, window: days('2026-02-28', '2026-04-30') }, autumn],
      window: days('2026-02-28', '2026-11-15'),
    })
    const twoYears = await asked({ remarks: writeBatches([spring, { ...autumn, window: days('2026-12-01', '2027-01-31') }]) })
    expect(twoYears.map(({ code, options = [] }) => [code, options.map(({ value }) => value)])).toEqual([
      ['batches-outside-plan-year', ['even']],
    ])
  })

  it('PLN-13 are asked about where batches are not understood or told twice', async () => {
    const [question] = await asked({ remarks: '分两批：节前、节后' })
    expect(question).toMatchObject({ code: 'batches-not-understood', column: '备注', raw: '分两批：节前、节后' })
    expect(question?.textZh).toContain('“分两批：节前、节后”')
    expect(question?.options).toEqual([{ value: 'even', textZh: '不用备注，按频次平均分批' }])
    const twice = `${writeBatches([spring, autumn])}；${writeBatches([autumn])}`
    expect(await codes({ remarks: twice })).toEqual([['line-1/remarkedBatches', 'batches-not-understood']])
  })

  it('DRW-10 DRW-26 are asked about by name where they say that another department checks or other cities draw as well', async () => {
    const remarks = `市甲局委托县甲局检查；市乙局委托县乙局检查；与230500、230600一并抽取，名录库合并；${writeBatches([spring, autumn])}`
    const questions = await asked({ remarks })
    expect(questions.map(({ id, code, raw }) => [id, code, raw])).toEqual([
      ['line-1/delegation', 'delegation-not-read', remarks],
      ['line-1/cities', 'cities-not-read', remarks],
    ])
    expect(questions[0]?.textZh).toContain('“市甲局委托县甲局检查”“市乙局委托县乙局检查”')
    expect(questions[1]?.textZh).toContain('“与230500、230600一并抽取，名录库合并”')
    const answers = { 'line-1/delegation': 'without', 'line-1/cities': 'without' }
    expect(await settled(csvOf(line({ remarks })), answers)).toMatchObject({ batches: [spring, autumn], remarks })
    expect(await codes({ remarks: '与230500一并抽取' })).toEqual([['line-1/cities', 'cities-not-read']])
  })

  it('PLN-13 DRW-09 are asked about by name where they say how a department chooses its inspectors, but not behind a ground or a reason', async () => {
    const selection = '选派：市乙局单一所内随机（河东所），依据地域情况，每组3人'
    const remarks = `${writeBatches([spring, autumn])}；${selection}；不纳入联查：上级另有规定（通知二；选派：从略）；理由：选派：从略`
    const questions = await asked({ remarks })
    expect(questions.map(({ id, code, raw }) => [id, code, raw])).toEqual([['line-1/selections', 'selections-not-read', remarks]])
    expect(questions[0]?.textZh).toContain(`选派方式“${selection}”，`)
    const answers = { 'line-1/selections': 'without' }
    expect(await settled(csvOf(line({ remarks })), answers)).toMatchObject({ batches: [spring, autumn], remarks })
    expect(await codes({ remarks: '不纳入联查：甲（乙）；选派：从略' })).toEqual([])
  })

  it('JNT-11 PLN-13 say who checks what, and are asked about where they leave a department or an item out', async () => {
    const duties = [
      { unit: '市乙局', itemNames: ['乙'] },
      { unit: '市甲局', itemNames: ['甲', '乙'] },
    ]
    const remarks = `分工：市乙局检查乙，市甲局检查甲、乙；${writeBatches([spring, autumn])}`
    expect(await settled(csvOf(line({ remarks })), {})).toMatchObject({ duties, batches: [spring, autumn], remarks })
    const unclear = [['line-1/duties', 'duties-not-understood']]
    expect(await codes({ remarks: '分工：市甲局检查甲、乙' })).toEqual(unclear)
    expect(await codes({ remarks: '分工：市甲局检查甲，市乙局检查甲' })).toEqual(unclear)
    expect(await codes({ remarks: '分工：市甲局检查甲，市乙局检查甲，市乙局检查乙' })).toEqual(unclear)
    expect(await codes({ remarks: '分工：按职责；市甲局委托县甲局检查' })).toEqual([
      ...unclear,
      ['line-1/delegation', 'delegation-not-read'],
    ])
    expect(await settled(csvOf(line({ remarks: '分工：按职责' })), { 'line-1/duties': 'by-body' })).not.toHaveProperty('duties')
  })
})
