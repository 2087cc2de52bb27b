import { readInteger, squash, withThisYear } from '../text.ts'
import { bracket, quoted, type Said, withRemark } from './said.ts'
import { readTimesCell, type TimesReading } from './times.ts'

const years = '[2-9]|[两二三四五]'
const rarely = new RegExp(
  `^(?:每?(?<years>${years})年内?(?<least>至少|不少于)?(?:抽查|检查|开展|全?覆盖)?(?<often>[1-9一两二三])(?:次|轮|遍)|[1一]次/(?<over>${years})年)$`,
)
const weekly = /^(?:每周(?<often>[1-7一二两三])次|(?<each>[1-7一二两三])次\/周)$/

/** What a cell of frequencies says in a plan of `year`. It is read as one of periods where its text is a period: the heading is not at hand. */
export function frequencySaid(text: string, year?: number): Said {
  const written = squash(text)
  const plain = withThisYear(written, year)
  const rare = rarely.exec(plain)?.groups
  if (rare !== undefined) {
    const times = readInteger(rare['often'] ?? '1') ?? 1
    const atMost = rare['least'] === undefined ? { timesMax: times } : {}
    return { timesMin: times, ...atMost, timesPer: `${readInteger(rare['years'] ?? rare['over'] ?? '')}年` }
  }
  const week = weekly.exec(plain)?.groups
  if (week !== undefined) {
    const times = readInteger(week['often'] ?? week['each'] ?? '')
    return times === undefined ? {} : { timesMin: times, timesMax: times, timesPer: '周' }
  }
  const read = readTimesCell(plain, '频次')
  const inner = bracket.exec(plain)?.groups?.['inner']
  if (read?.kind === 'unclear' && inner !== undefined)
    return withRemark(timesSaid(readTimesCell(plain.replace(bracket, ''), '频次'), written), inner)
  return timesSaid(read?.kind === 'unclear' ? readTimesCell(plain, '周期') : read, written)
}

export function timesSaid(times: TimesReading | undefined, plain: string): Said {
  if (times === undefined) return {}
  if (times.kind === 'undetermined') return { questions: ['频次没有定下：一年几次？'] }
  if (times.kind === 'unclear') return { questions: [`频次没有读懂${quoted(plain)}：一年几次？`] }
  const { min, max, perObject } = times
  return {
    ...(min === undefined ? {} : { timesMin: min }),
    ...(max === undefined ? {} : { timesMax: max }),
    timesPer: perObject ? '年·对象' : '年',
    ...(max === 0 ? { questions: ['一次也不查：一年几次？'] } : {}),
  }
}
