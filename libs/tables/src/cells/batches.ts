import { type LocalDate, parsePercent, type Ratio, ratioOf } from '@dual-random/kernel'
import { readInteger, splitOutsideBrackets, squash } from '../text.ts'
import { withPercentSigns } from './percent.ts'
import { readWindowCell } from './window.ts'

/** One batch of a line, as a remark states it. */
export interface PublishedBatch {
  readonly window: { readonly start: LocalDate; readonly end: LocalDate }
  /** Its part of the line's yearly share; a remark that gives none leaves the parts even. */
  readonly share?: Ratio
}

export type BatchesReading = { readonly kind: 'batches'; readonly batches: readonly PublishedBatch[] } | { readonly kind: 'unclear' }

const unclear: BatchesReading = { kind: 'unclear' }
const clause = /^分(?<times>\d{1,2}|[一二两三四五六七八九十]{1,3})批:(?<list>.+)$/
const longestClause = 4_000

/** `分2批：2026-03-01至2026-07-31（占2/3），2026-08-01至2026-12-31（占1/3）`, which `readBatchesClause` reads back. */
export function writeBatches(batches: readonly Required<PublishedBatch>[]): string {
  const each = batches.map(({ window, share }) => `${window.start}至${window.end}（占${share.numerator}/${share.denominator}）`)
  return `分${batches.length}批：${each.join('，')}`
}

/** A fraction or a percentage above nothing and not above the whole. */
function readPart(text: string): Ratio | undefined {
  const [, numerator, denominator] = /^([1-9]\d{0,6})\/([1-9]\d{0,6})$/.exec(text) ?? []
  if (numerator !== undefined && denominator !== undefined) {
    return Number(numerator) <= Number(denominator) ? ratioOf(Number(numerator), Number(denominator)) : undefined
  }
  const percent = parsePercent(withPercentSigns(text))
  return percent.ok && percent.value.numerator > 0 ? percent.value : undefined
}

function readBatch(text: string, planYear: number): PublishedBatch | undefined {
  const { time = '', part } = /^(?<time>[^()]+)(?:\(占?(?<part>[^()]+)\))?$/.exec(text)?.groups ?? {}
  const reading = readWindowCell(time, planYear)
  if (reading?.kind !== 'window' || reading.times !== undefined) return undefined
  const window = { start: reading.window.start, end: reading.window.end }
  if (part === undefined) return { window }
  const share = readPart(part)
  return share && { window, share }
}

/**
 * Reads a clause of a remark that divides a line into batches, each a time and, of all or of none, its part in brackets; undefined for a clause
 * that does not begin with 分…批, `unclear` for one that does and is not understood whole.
 */
export function readBatchesClause(text: string, planYear: number): BatchesReading | undefined {
  const plain = squash(text).replace(/。$/, '')
  if (!/^分[^:]{1,4}批/.test(plain)) return undefined
  const { times = '', list = '' } = plain.length > longestClause ? {} : (clause.exec(plain)?.groups ?? {})
  const read = splitOutsideBrackets(list, ',').map((each) => readBatch(each, planYear))
  const batches = read.filter((each) => each !== undefined)
  const isWhole = batches.length === read.length && batches.length > 0 && batches.length === readInteger(times)
  const stated = batches.filter(({ share }) => share !== undefined).length
  return isWhole && (stated === 0 || stated === batches.length) ? { kind: 'batches', batches } : unclear
}
