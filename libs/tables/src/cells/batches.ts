import { type LocalDate, parsePercent, type Ratio, ratioOf } from '@dual-random/kernel'
import { readInteger, splitOutsideBrackets, squash } from '../text.ts'
import { type ObjectMarks, readObjectMarks, writeObjectMarks } from './object-marks.ts'
import { withPercentSigns } from './percent.ts'
import { readWindowCell } from './window.ts'

/** One batch of a line, as a remark states it. */
export interface PublishedBatch {
  readonly window: { readonly start: LocalDate; readonly end: LocalDate }
  /** Its part of the line's yearly share; a remark that gives none leaves the parts even. */
  readonly share?: Ratio
  /** What it draws from, where that is less than the line is about. */
  readonly objectMarks?: ObjectMarks
}

export type BatchesReading = { readonly kind: 'batches'; readonly batches: readonly PublishedBatch[] } | { readonly kind: 'unclear' }

const unclear: BatchesReading = { kind: 'unclear' }
const clause = /^分(?<times>[^:]{1,4}?)批(?<list>.*)$/

/** `分2批：2026-03-01至2026-07-31（占2/3），2026-08-01至2026-12-31（占1/3）`, which `readBatchesClause` reads back. */
export function writeBatches(batches: readonly (Pick<PublishedBatch, 'window'> & { readonly share: Ratio })[]): string {
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

const scopeClause = /^第(?<number>\d{1,3})批对象/
const markedScope = /^第\d{1,3}批对象[（(](?<marks>.*)[）)]$/

/** `第1批对象（地区：地区代码）`, which `readBatchScopeClause` reads back: the brackets keep the marks together. */
export const writeBatchScope = (number: number, marks: ObjectMarks): string => `第${number}批对象（${writeObjectMarks(marks)}）`

/** What one batch draws from; undefined for a clause that does not begin so, without marks where they are not understood. */
export function readBatchScopeClause(text: string): { readonly number: number; readonly marks?: ObjectMarks } | undefined {
  const number = scopeClause.exec(text)?.groups?.['number']
  if (number === undefined) return undefined
  const marks = readObjectMarks(markedScope.exec(text)?.groups?.['marks'] ?? '')
  return { number: Number(number), ...(marks === undefined ? {} : { marks }) }
}

/** The batches of a remark with what its other clauses have them draw from; `unclear` where these name no batch of it, or one twice, or no marks. */
export function withBatchScopes(reading: BatchesReading, clauses: readonly string[]): BatchesReading {
  const scopes = clauses.flatMap((each) => readBatchScopeClause(each) ?? [])
  if (reading.kind === 'unclear' || scopes.length === 0) return reading
  const numbers = new Set(scopes.map(({ number }) => number))
  const areClear = scopes.every(({ number, marks }) => marks !== undefined && number >= 1 && number <= reading.batches.length)
  if (!areClear || numbers.size < scopes.length) return unclear
  const marksOf = new Map(scopes.map(({ number, marks }) => [number, marks]))
  return {
    kind: 'batches',
    batches: reading.batches.map((batch, index) => {
      const objectMarks = marksOf.get(index + 1)
      return objectMarks === undefined ? batch : { ...batch, objectMarks }
    }),
  }
}
