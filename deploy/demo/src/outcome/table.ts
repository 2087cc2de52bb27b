import type { Indicators } from '../steps/follow.ts'
import { cities } from '../world/cities.ts'
import type { Check } from './check.ts'
import type { Summary } from './summary.ts'

const indicatorNames: Readonly<Record<string, string>> = {
  CHECK_VISIT_SHARE: '抽查户次占比',
  JOINT_SUPERVISION_RATE: '部门联合双随机监管率',
  ON_TIME_PUBLICATION_RATE: '检查结果按时公示率',
  PROBLEM_HANDLING_RATE: '发现问题处置率',
}

/** What a clerk wants to know at the end, in columns that line up with Chinese text. */
export function summaryTable(summary: Summary, indicators: readonly Indicators[]): string {
  const rows = cities.map(({ name }) => {
    const { drawn = 0, tasks = 0, results = 0, published = 0 } = summary.byCity[name] ?? {}
    return [name, String(drawn), String(tasks), String(results), String(published)]
  })
  const perCity = table([['城市', '抽中户次', '检查任务', '检查结果', '已公示'], ...rows])
  const totals = table([
    ['名录库导入', `${summary.objects.received} 行，入库 ${summary.objects.stored}，退回 ${summary.objects.rejected}`],
    ['执法检查人员', String(summary.inspectors)],
    ['年度计划', `${summary.plans} 份，${summary.planLines} 项任务`],
    ['公布的表格', `${summary.publishedTables} 份原样导入，提问 ${summary.questions} 个，逐一答复`],
    [
      '抽取',
      `${summary.draws} 次，抽中 ${summary.drawn}：${Object.entries(summary.drawnByGrade)
        .map(([grade, count]) => `${grade} ${count}`)
        .join('，')}`,
    ],
    ['上门', `${summary.visits} 次（合并 ${summary.mergesAccepted}）`],
    [
      '结果',
      Object.entries(summary.resultsByType)
        .map(([type, count]) => `${type} ${count}`)
        .join('，'),
    ],
    ['公示', `${summary.publications.published}，按时 ${summary.publications.onTime}，逾期 ${summary.publications.late}`],
    ['后续处置', `${summary.followUps.opened} 件，已办结 ${summary.followUps.closed}`],
    ['跨市互认', String(summary.recognised)],
    ['事件', `发布 ${summary.events.published}，处理 ${summary.events.applied}`],
  ])
  const rates = table([
    ['指标', ...cities.map(({ name }) => name)],
    ...[...new Set(indicators.flatMap((each) => each.indicators.map(({ code }) => code)))].map((code) => [
      indicatorNames[code] ?? code,
      ...cities.map(({ regionCode }) => rateOf(indicators, regionCode, code)),
    ]),
  ])
  return [perCity, totals, rates].join('\n\n')
}

function rateOf(indicators: readonly Indicators[], regionCode: string, code: string): string {
  const found = indicators.find((each) => each.regionCode === regionCode)?.indicators.find((each) => each.code === code)
  if (found === undefined || found.denominator === 0) return '—'
  return `${((100 * found.numerator) / found.denominator).toFixed(1)}% (${found.numerator}/${found.denominator})`
}

export const checkLines = (checks: readonly Check[]): string =>
  checks
    .map(({ nameZh, name, looked, failures }) =>
      failures.length === 0
        ? `✓ ${nameZh}（${looked}）/ ${name}`
        : `✗ ${nameZh}：${failures.length} 处 / ${name}\n${failures
            .slice(0, 5)
            .map((failure) => `    ${failure}`)
            .join('\n')}`,
    )
    .join('\n')

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Columns a text takes on a terminal: two for a wide character. */
const widthOf = (text: string): number =>
  Array.from(text).reduce(
    (width, character) =>
      width + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(character) ? 2 : 1),
    0,
  )
