/** The stretch of time over which a number of times or a share counts. */
export type Period = '年' | '半年' | '季度' | '月'

/** What a share or a number of objects is drawn for: a period, or each of the draws of the year. */
export type SharePeriod = Period | '次'

/** How many of a period make a year. */
export const perYear: Readonly<Record<Period, number>> = { 年: 1, 半年: 2, 季度: 4, 月: 12 }

/** Words for "each period", before what happens in it. */
export const everyWords =
  '每个?年度|每一?年|全年|本年度|当年|年度|年内|一年|1年|每个?半年|半年|每一?个?季度|每季|一个季度|1个季度|季度|每一?个?月|每月度|一个月'

/** Words for "each draw": 每次, 单次, 每批. */
export const eachTimeWords = '每一?个?(?:批次|轮次|次|批|轮)|单次|各次'

/** The period that one of `everyWords`, or the word behind a slash, names. */
export function periodOf(word: string): Period {
  if (word.includes('半年')) return '半年'
  if (word.includes('季')) return '季度'
  return word.includes('月') ? '月' : '年'
}

/** The same of a share, which one of `eachTimeWords` may name too. */
export const sharePeriodOf = (word: string): SharePeriod => (/[次批轮]/.test(word) ? '次' : periodOf(word))
