const quarter = '[一二三四1-4]'
const quarters = new RegExp(
  String.raw`^(?:(?<year>\d{4})(?:年度?|(?=第)))?第?(?<first>${quarter})(?:季度)?(?:(?<joint>-|至|到|、|和)第?(?<last>${quarter}))?季度$`,
)
const halves = new Map<string, readonly [number, number]>([
  ['', [1, 12]],
  ['全年', [1, 12]],
  ['全年度', [1, 12]],
  ['年度', [1, 12]],
  ['年度内', [1, 12]],
  ['年内', [1, 12]],
  ['本年度', [1, 12]],
  ['本年内', [1, 12]],
  ['本年度内', [1, 12]],
  ['当年', [1, 12]],
  ['常年', [1, 12]],
  ['全年任意时间', [1, 12]],
  ['上下半年', [1, 12]],
  ['上、下半年', [1, 12]],
  ['上半年', [1, 6]],
  ['下半年', [7, 12]],
])

export interface YearSpan {
  readonly months: readonly [number, number]
  readonly year: string | undefined
}

const numberOf = (text: string): number => (/\d/.test(text) ? Number(text) : '一二三四'.indexOf(text) + 1)

/** Quarters one after the other; undefined where one is left out. */
function runOf(run: readonly number[], year: string | undefined): YearSpan | undefined {
  const [first = 0] = run
  const isRun = run.every((quarterNo, index) => quarterNo === first + index)
  return isRun ? { months: [3 * first - 2, 3 * (run.at(-1) ?? first)], year } : undefined
}

/** Reads a part of the year by its name, `上半年`, `二、三季度`, `2023年度`; quarters that leave one out are none. */
export function readYearSpan(text: string): YearSpan | undefined {
  const listed = /^(?:(?<year>\d{4})年度?)?第?(?<list>[一二三四1-4](?:、[一二三四1-4]){2,3})季度$/.exec(text)?.groups
  if (listed !== undefined) return runOf((listed['list'] ?? '').split('、').map(numberOf), listed['year'])
  const named = quarters.exec(text)?.groups
  if (named !== undefined) {
    const first = numberOf(named['first'] ?? '')
    const last = named['last'] === undefined ? first : numberOf(named['last'])
    const isList = named['joint'] === '、' || named['joint'] === '和'
    if (last < first || (isList && last !== first + 1)) return undefined
    return { months: [3 * first - 2, 3 * last], year: named['year'] }
  }
  const groups = /^(?:(?<year>\d{4})(?:年度内|年度|年内|年)?)?(?<span>\D*)$/.exec(text)?.groups
  const months = halves.get(groups?.['span'] ?? '-')
  return groups === undefined || months === undefined || text === '' ? undefined : { months, year: groups['year'] }
}
