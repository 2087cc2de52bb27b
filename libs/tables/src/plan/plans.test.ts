import { isDeepStrictEqual } from 'node:util'
import { type LocalDate, type Ratio, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type HumanTask, realPlan, realPlans } from '../../tests/support/real-plans.ts'
import type { CountReading } from '../cells/count.ts'
import { type RatioTier, rangeOf } from '../cells/share.ts'
import { readContents } from '../read-names.ts'
import { squash } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import type { ParsedPlanLine } from './plan-line.ts'
import { fieldsOutside } from './plan-notes.ts'
import { type ParsedPlanTable, parsePlanTable } from './plan-table.ts'

const isAsked = ({ questions }: ParsedPlanTable, lines: readonly ParsedPlanLine[], ...fields: string[]): boolean =>
  questions.some(({ lineNo, field }) => fields.includes(field) && (lineNo === undefined || lines.some((line) => line.lineNo === lineNo)))

function linesOf({ lines }: ParsedPlanTable, no: string): readonly ParsedPlanLine[] {
  const numbered = lines.filter((line) => line.taskNo === no)
  if (numbered.length > 0) return numbered
  return lines.filter(({ cells }) => [cells.taskName, cells.category, cells.object].some((cell) => squash(cell?.raw ?? '') === squash(no)))
}

const percent = (ratio: Ratio): number => (ratio.numerator * 100) / ratio.denominator

function ratioEnds(lines: readonly ParsedPlanLine[]): { min: number | null; max: number | null } | undefined {
  const ranges = lines.map(({ readings }) => (readings.ratio === undefined ? undefined : rangeOf(readings.ratio)))
  if (ranges.some((range) => range === undefined)) return undefined
  const mins = ranges.flatMap((range) => (range?.min === undefined ? [] : [percent(range.min)]))
  const maxes = ranges.flatMap((range) => (range?.max === undefined ? [] : [percent(range.max)]))
  return { min: mins.length === 0 ? null : Math.min(...mins), max: maxes.length === 0 ? null : Math.max(...maxes) }
}

function windowEnds(lines: readonly ParsedPlanLine[]): { start: string | null; end: string | null } | undefined {
  const windows = lines.map(({ readings: { window } }) => {
    if (window?.kind === 'window') return { start: window.window.start, end: window.window.end }
    return window?.kind === 'end-only' ? { start: null, end: window.end } : undefined
  })
  const known = windows.filter((window) => window !== undefined)
  if (known.length < windows.length) return undefined
  const starts = known.flatMap(({ start }) => start ?? []).toSorted()
  const ends = known.map(({ end }) => end).toSorted()
  return { start: starts[0] ?? null, end: ends.at(-1) ?? null }
}

const matchesMonth = (actual: string | null, expected: string | null | undefined): boolean => {
  if (expected === undefined) return true
  if (actual === null || expected === null) return actual === expected
  return /^\d+月底$/.test(expected) ? Number(actual.slice(5, 7)) === Number.parseInt(expected, 10) : actual.startsWith(expected)
}

/** A person shortens names: 人员密集场所重点单位 is what the table calls 人员密集场所的消防安全重点单位. */
const isShortened = (short: string, name: string): boolean => new RegExp(Array.from(short).join('.*')).test(name)

function matchesTier({ name, min, max, per, staff }: RatioTier, told: readonly [string, unknown] | undefined): boolean {
  if (told === undefined || !isShortened(told[0], name)) return false
  const [, share] = told
  if (typeof share === 'string') return staff !== undefined && share.includes(staff)
  const ends = typeof share === 'number' ? { min: share, max: share, per: 'year' } : (share as { min: number; max?: number; per: string })
  return isDeepStrictEqual([min && percent(min), max && percent(max), per], [ends.min, ends.max, ends.per === 'month' ? '月' : '年'])
}

const chineseDate = (date: string): string => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

/** The columns that have something in them. */
const columnsOf = ({ lines }: ParsedPlanTable): ReadonlyMap<PlanField, string> =>
  new Map(lines.flatMap(({ cells }) => Object.entries(cells).map(([field, { column }]) => [field as PlanField, column] as const)))

const exact = (reading: CountReading | undefined): number | undefined =>
  reading?.kind === 'count' && reading.min === reading.max ? reading.min : undefined

describe.each(realPlans)('%s', (file) => {
  const { table, plan, planYear, parsed } = realPlan(file)
  const tasks = plan.per_task.map((task) => ({ task, lines: linesOf(parsed, task.no) }))

  it('PLN-13 tells titles, header and footers from the tasks', () => {
    const ordinals = (lines: readonly number[]): number[] => lines.map((line) => table.rows.findIndex((row) => row.line === line) + 1)
    expect(ordinals(parsed.titleRows)).toEqual(plan.title_rows)
    expect(ordinals(parsed.headerRows)).toEqual(plan.header_rows)
    expect(ordinals(parsed.footerRows)).toEqual(plan.footer_rows)
    expect(parsed.lines.flatMap((line) => line.rows)).toHaveLength(plan.data_rows)
    expect(parsed.problems).toEqual([])
    expect(new Set(parsed.lines.map((line) => line.taskNo || `line ${line.lineNo}`)).size).toBe(plan.tasks)
    expect(tasks.every(({ lines }) => lines.length > 0)).toBe(true)
  })

  /** The tasks whose reading is neither what the person read nor asked about; `read` gives undefined where the parser reached nothing. */
  function wrong(field: string, read: (task: HumanTask, lines: readonly ParsedPlanLine[]) => readonly [unknown, unknown] | undefined) {
    return tasks.flatMap(({ task, lines }) => {
      const pair = read(task, lines)
      const good = pair === undefined ? isAsked(parsed, lines, field) : isDeepStrictEqual(pair[0], pair[1])
      return good ? [] : [{ no: task.no, pair }]
    })
  }

  it('PLN-13 reads the ratio of every task as a person did, or asks', () => {
    const wrongRatios = wrong('ratio', (task, lines) => {
      const ends = ratioEnds(lines)
      return ends === undefined ? undefined : [ends, { min: task.ratio_min ?? null, max: task.ratio_max ?? null }]
    })
    expect(wrongRatios).toEqual([])
  })

  it('PLN-13 reads the count of every task as a person did', () => {
    expect(wrong('count', (task, [line]) => [exact(line?.readings.count), task.count])).toEqual([])
    const estimates = tasks.filter(({ task }) => task.base_or_count !== undefined)
    expect(estimates.map(({ lines: [line] }) => exact(line?.readings.estimate))).toEqual(estimates.map(({ task }) => task.base_or_count))
    const both = tasks.filter(({ task }) => task.count !== undefined && task.ratio_min !== undefined)
    expect(both.filter(({ lines }) => !isAsked(parsed, lines, 'amount'))).toEqual([])
  })

  it('PLN-13 reads the frequency of every task as a person did, or asks', () => {
    const wrongTimes = wrong('timesPerYear', (task, [line]) => {
      const times = line?.readings.times
      return times?.kind === 'times'
        ? [
            [times.min ?? null, times.max ?? null, times.perObject],
            [task.times_min, task.times_max, task.per === 'year-per-object'],
          ]
        : undefined
    })
    expect(wrongTimes).toEqual([])
    const byMonth = tasks.filter(({ task }) => task.per === 'month')
    expect(byMonth.filter(({ lines }) => !isAsked(parsed, lines, 'ratio'))).toEqual([])
  })

  it('PLN-02 PLN-13 reads the window of every task as a person did, or asks', () => {
    const wrongWindows = wrong('window', (task, lines) => {
      const ends = windowEnds(lines)
      return ends === undefined
        ? undefined
        : [
            [matchesMonth(ends.start, task.start), matchesMonth(ends.end, task.end)],
            [true, true],
          ]
    })
    expect(wrongWindows).toEqual([])
    const open = tasks.filter(({ task }) => task.start === null)
    expect(open.filter(({ lines }) => !isAsked(parsed, lines, 'window'))).toEqual([])
    const deadlines = tasks.map(({ lines: [line] }) => (line?.readings.deadline?.kind === 'end-only' ? line.readings.deadline.end : null))
    expect(tasks.filter(({ task }, index) => !matchesMonth(deadlines[index] ?? null, task.deadline ?? null))).toEqual([])
  })

  it('PLN-13 reads the shares by kind of object as a person did', () => {
    const differing = tasks.filter(({ task, lines: [line] }) => {
      const ratio = line?.readings.ratio
      const read = ratio?.kind === 'tiers' ? ratio.tiers : []
      const told = Object.entries(task.tiers ?? {})
      return told.length !== read.length || !read.every((tier, index) => matchesTier(tier, told[index]))
    })
    expect(differing).toEqual([])
  })

  it('PLN-13 keeps pool, risk and kind of draw as the table states them, and the day that limits the objects', () => {
    for (const { task, lines } of tasks) {
      for (const { lineNo, cells, known, readings } of lines) {
        expect(task.base === undefined ? undefined : Number(cells.base?.raw)).toBe(task.base)
        const numbers = readings.grades?.kind === 'numbers' ? readings.grades.numbers : undefined
        const risk = numbers && Object.fromEntries(numbers.map(({ grade, number }) => [grade.replace('风险', ''), number]))
        expect(risk).toEqual(task.risk)
        const asks = parsed.questions.filter((question) => question.code === 'grades-with-numbers' && question.lineNo === lineNo)
        expect(asks.map(({ raw }) => raw)).toEqual(task.risk === undefined ? [] : [cells.grades?.raw])
        expect(task.type === undefined || squash(cells.drawType?.raw ?? '') === `${task.type}抽查`).toBe(true)
        expect(task.cutoff === undefined || known.objectScope?.includes(`${chineseDate(task.cutoff)}前`)).toBe(true)
      }
    }
  })

  it('PLN-02 reads the year of the plan in its title, and asks where another is given', () => {
    if (plan.year === null) return
    const other = parsePlanTable(table, { planYear: plan.year + 1, title: plan.title })
    expect(other.questions.map(({ code }) => code)).toContain('plan-year-differs')
    expect(parsed.questions.map(({ code }) => code)).not.toContain('plan-year-differs')
  })

  it('PLN-13 drops no cell: each stands in its line, or is asked about or told of', () => {
    const header = table.rows.filter(({ line }) => parsed.headerRows.includes(line))
    expect(Math.max(...header.map(({ cells }) => cells.length))).toBe(plan.columns)
    const columns = new Set(
      parsed.questions.filter(({ code }) => code === 'unknown-column' || code === 'doubled-column').map(({ raw }) => squash(raw)),
    )
    const lost = parsed.lines.flatMap(({ rows, cells }) => {
      const kept = squash(
        Object.values(cells)
          .map(({ raw }) => raw)
          .join('\n'),
      )
      const own = table.rows.filter(({ line }) => rows.includes(line)).flatMap((row) => row.cells.map((cell, index) => ({ cell, index })))
      return own.filter(
        ({ cell, index }) => !kept.includes(squash(cell)) && !header.some((row) => columns.has(squash(row.cells[index] ?? ''))),
      )
    })
    expect(lost).toEqual([])
    const unused = new Set(parsed.notes.filter(({ code }) => code === 'column-not-in-plan').map(({ column }) => column))
    const outside = fieldsOutside({ options: { planYear }, columns: columnsOf(parsed) })
    const filled = new Set(parsed.lines.flatMap(({ cells }) => outside.flatMap((field) => cells[field]?.column ?? [])))
    expect(unused).toEqual(filled)
  })

  it('PLN-13 reads as many items as a person did', () => {
    const counted = tasks.filter(({ task }) => task.items !== undefined)
    const differing = counted.filter(({ task, lines }) => {
      const names = lines.flatMap((line) => line.known.itemNames ?? [])
      const contents = lines.flatMap((line) => readContents(line.cells.content?.raw ?? ''))
      return names.length !== task.items && contents.length !== task.items
    })
    expect(differing).toEqual([])
  })

  it.each(['initiator', 'participants'] as const)('PLN-13 finds the %s that a person found, or asks', (field) => {
    const named = new Set(parsed.lines.flatMap((line) => line.known[field] ?? []))
    const expected = field === 'initiator' ? plan.initiating : plan.participating
    const asked = isAsked(parsed, parsed.lines, field)
    expect(expected.filter((name) => !named.has(name)).every(() => asked)).toBe(true)
    expect([...named].filter((name) => !expected.includes(name))).toEqual([])
  })

  it('gives every question an id of its own and a text with its cell', () => {
    expect(new Set(parsed.questions.map((question) => question.id)).size).toBe(parsed.questions.length)
    expect(parsed.questions.every((question) => question.textZh !== '' && question.line > 0)).toBe(true)
  })
})

describe('changzhi-2024-joint.csv in full', () => {
  const { parsed } = realPlan('changzhi-2024-joint.csv')
  const year = { start: '2024-03-01' as LocalDate, end: '2024-12-31' as LocalDate, suppliedYear: true }

  it('PLN-13 settles all but the ratios of three lines', () => {
    expect(parsed.lines.map(({ lineNo, taskNo, known }) => ({ lineNo, taskNo, ...known }))).toMatchObject([
      {
        lineNo: 1,
        taskName: '涉烟经营活动检查',
        itemNames: ['对物流、寄递企业运输烟草制品情况的双随机抽查'],
        objectScope: '本辖区物流、寄递企业',
        ratio: { min: ratioOf(3, 100), max: ratioOf(3, 100), chosen: ratioOf(3, 100) },
        timesPerYear: 2,
        window: year,
        initiator: '市烟草专卖局',
        participants: ['市邮政管理局', '市公安局'],
      },
      { lineNo: 2, timesPerYear: 1, window: year, initiator: '市医保局', participants: ['市审批服务管理局'] },
      { lineNo: 3, timesPerYear: 1, window: year, initiator: '市医保局', participants: ['市审批服务管理局'] },
    ])
    expect(parsed.lines.map((line) => line.known.ratio === undefined)).toEqual([false, true, true])
  })

  it('asks what the grades are drawn at and what the sum over levels means here, and nothing else', () => {
    expect(parsed.questions.map(({ id, code, line, column }) => ({ id, code, line, column }))).toEqual([
      { id: 'line-1/tiers', code: 'grades-without-numbers', line: 8, column: '智慧监管(信用风险分类)要求' },
      { id: 'line-1/basis', code: 'share-of-year-or-each-draw', line: 8, column: '抽查比例及频次' },
      { id: 'line-2/ratio', code: 'ratio-sum-over-levels', line: 10, column: '抽查比例及频次' },
      { id: 'line-3/ratio', code: 'ratio-sum-over-levels', line: 11, column: '抽查比例及频次' },
    ])
  })

  it('notes each cell carried down from a merged one', () => {
    expect(parsed.notes.filter(({ code }) => code === 'carried-from-above').map(({ line, column, code }) => [line, column, code])).toEqual(
      ['智慧监管(信用风险分类)要求', '抽查检查起止时间', '发起部门', '配合部门', '抽查检查模式'].map((column) => [
        11,
        column,
        'carried-from-above',
      ]),
    )
  })
})

describe('yibin-2023-commerce-joint.csv in full', () => {
  const { parsed } = realPlan('yibin-2023-commerce-joint.csv')

  it('PLN-13 settles names, methods and departments, and keeps both ratio and count', () => {
    expect(parsed.lines.map((line) => line.known)).toMatchObject([
      {
        taskName: '单用途商业预付卡',
        itemNames: ['三项制度落实情况'],
        methods: ['现场检查', '网络检查'],
        ratio: { chosen: ratioOf(20, 100) },
        count: 3,
        initiator: '商务局',
        participants: ['市场监管局', '市税务局'],
      },
      { taskName: '汽车流通市场', itemNames: ['新车市场'], methods: ['现场抽查', '网上抽查'], count: 6, participants: ['市场监管局'] },
      { taskName: '汽车流通市场', itemNames: ['二手车市场'], ratio: { chosen: ratioOf(20, 100) }, count: 1 },
      { taskName: '汽车流通市场', itemNames: ['报废汽车市场'], count: 1, participants: ['市场监管局', '生态环境局'] },
    ])
  })

  it('PLN-02 asks about the windows before the plan year, ratio beside count, and objects in the wrong column', () => {
    const codes = ['object-scope-split', 'ratio-and-count', 'window-before-plan-year', 'deadline-before-plan-year']
    const ofLine = (lineNo: number) => parsed.questions.filter((question) => question.lineNo === lineNo).map((question) => question.code)
    for (const lineNo of [1, 2, 3, 4]) expect(ofLine(lineNo)).toEqual(codes)
    expect(parsed.questions.filter((question) => question.lineNo === undefined).map((question) => question.id)).toEqual([
      'table/timesPerYear',
    ])
    expect(parsed.lines.every((line) => line.known.window === undefined)).toBe(true)
    expect(parsed.notes.filter(({ code }) => code === 'same-task-name')).toHaveLength(2)
  })
})
