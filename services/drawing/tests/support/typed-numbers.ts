import { readFileSync } from 'node:fs'
import { definitionDigest, type EnteredSeries, type NumbersDefinition, readTyped, type TypedSeries } from '@dual-random/beacon'
import { type Json, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { sha256Hash } from '../fixtures.ts'
import { type Harness, startDrawing } from './harness.ts'
import { outsider, outsiderRecord, outsideUnit, outsideUnits, superior, superiorUnit } from './outside-units.ts'

const vector = JSON.parse(readFileSync(new URL('../../../../tests/vectors/beacon/public-numbers.json', import.meta.url), 'utf8')) as {
  readonly definition: NumbersDefinition
  readonly entries: readonly [{ readonly series: readonly TypedSeries[] }, { readonly series: readonly TypedSeries[] }]
}
export const { definition } = vector
export const { source } = definition
export const digest = definitionDigest(sha256Hash.digest, definition)
/** The texts of both entries, as they stand on paper. */
export const typedTexts = vector.entries.map(({ series }) => series)
export const pages = ['双色球开奖公告', '排列5开奖公告'].map((page) => utf8(page))
export const pageDigests = pages.map((page) => toHex(sha256(page)))

/** What two units type from the archived pages: the same numbers, written differently. */
export const typed = vector.entries.map(({ series }): readonly EnteredSeries[] => {
  const read = readTyped(
    definition,
    series.map((one, index) => ({ ...one, pageDigest: pageDigests[index] ?? '' })),
  )
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}) as [readonly EnteredSeries[], readonly EnteredSeries[]]

/** After the last of the publications. */
export const allPublished = '2026-03-10T13:15:00.000Z'

export type Changeable<T> = { -readonly [K in keyof T]: Changeable<T[K]> }
export function changed(
  series: readonly EnteredSeries[],
  change: (copy: Changeable<readonly EnteredSeries[]>) => void,
): readonly EnteredSeries[] {
  const copy = structuredClone(series) as unknown as Changeable<readonly EnteredSeries[]>
  change(copy)
  return copy as unknown as readonly EnteredSeries[]
}

/** A region with four witnesses that draws on public numbers; the superior admitted their definition, and the key of a unit. */
export async function startOnNumbers(isAlone = true): Promise<Harness> {
  const harness = await startDrawing({ witnessed: true, numbers: { source, definition: digest, isAlone } })
  const units = outsideUnits(harness)
  const admitted = [await units.enter('definition', null, definition), await units.enter('key', null, outsiderRecord)]
  if (admitted.some(({ status }) => status !== 201)) throw new Error(JSON.stringify(admitted))
  return harness
}

/** The two typists, each with the key of its unit. */
export function typists(harness: Harness, drawId: string, commitment: string) {
  const units = outsideUnits(harness)
  const enter = (unitId: string, series: readonly EnteredSeries[], by: typeof superior, change: Readonly<Record<string, Json>> = {}) =>
    units.enter(
      'numbers',
      drawId,
      { type: 'dual-random/numbers/v1', drawId, unitId, commitment, source, series: series as unknown as Json, ...change },
      by,
    )
  return {
    units,
    first: (series = typed[0], change?: Readonly<Record<string, Json>>) => enter(superiorUnit, series, superior, change),
    second: (series = typed[1], change?: Readonly<Record<string, Json>>) => enter(outsideUnit, series, outsider, change),
    leavePage: async (pageDigest: string, page: Uint8Array) => {
      const response = await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${drawId}/pages/${pageDigest}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
        body: Buffer.from(page),
      })
      return { status: response.status, body: (await response.json()) as { readonly code?: string } }
    },
    page: (pageDigest: string) => fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${drawId}/pages/${pageDigest}`),
  }
}
