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
const clause = /^分(?<times>[^:]{1,4}?)批(?<list>.*)$/

/** `分2批：2026-03-01至2026-07-31（占2/3），2026-08-01至2026-12-31（占1/3）`, which `readBatchesClause` reads back. */
export function writeBatches(batches: readonly Required<PublishedBatch>[]): string {
  const each = batches.map(({ window, share }) => `${window.start}至${window.end}（占${share.numerator}/${share.denominator}）`)
  return `分${batches.length}批：${each.join('，')}`
}

/** A fraction or a percentage above nothing and not above the whole. */
function readPart(text: string): Ratio | undefined {
  const fraction = /^(?<numerator>[1-9]\d{0,6})\/(?<denominator>[1-9]\d{0,6})$/.exec(text)?.groups
  if (fraction !== undefined) {
    const [numerator, denominator] = [Number(fraction['numerator']), Number(fraction['denominator'])]
    return numerator <= denominator ? ratioOf(numerator, denominator) : undefined
  }
  const percent = parsePercent(withPercentSigns(text))
  return percent.ok && percent.value.numerator > 0 ? percent.value : undefined
}

function readBatch(text: string, planYear: number): PublishedBatch | undefined {
  const { time = '', part } = /^(?<time>[^()]+)(?:\(占?(?<part>[^()]{1,20})\))?$/.exec(text)?.groups ?? {}
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
  const { times, list = '' } = clause.exec(squash(text).replace(/。$/, ''))?.groups ?? {}
  if (times === undefined) return undefined
  const read = list.startsWith(':') ? splitOutsideBrackets(list.slice(1), ',').map((each) => readBatch(each, planYear)) : []
  const batches = read.filter((each) => each !== undefined)
  const isWhole = batches.length === read.length && batches.length === readInteger(times)
  const stated = batches.filter(({ share }) => share !== undefined).length
  return isWhole && (stated === 0 || stated === batches.length) ? { kind: 'batches', batches } : unclear
}
