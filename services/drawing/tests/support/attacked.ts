import { deriveDrawId } from '@dual-random/draw'
import { addMs, type Instant } from '@dual-random/kernel'
import type { PublishedLine } from '../../src/domain/plan-line.ts'
import { sha256Hash } from '../fixtures.ts'
import { bureau, type Harness, regionCode, startDrawing } from './harness.ts'
import { done, lineOf, type Organiser, organiserOf } from './steps.ts'

/** A line of which half of ten objects are drawn; nobody is kept out for having been drawn before. */
const half = {
  itemClass: 'KEY',
  quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] },
} as const

/** A region with four witnesses and a small pool, and somebody who wants another result. */
export interface Attacked {
  readonly harness: Harness
  readonly organiser: Organiser
  /** A published line of its own. */
  line(change?: Partial<PublishedLine>): PublishedLine
  /** The drawId of an attempt at a line. */
  idOf(line: { readonly planId: string; readonly lineId: string }, attempt: number): string
  /** The same, frozen, and committed. */
  frozen(): Promise<string>
  committed(): Promise<{ readonly drawId: string; readonly digest: string; readonly roundAt: Instant }>
  /** The kinds of the log's entries of a draw. */
  kinds(drawId: string): Promise<readonly string[]>
  /** The record behind the void of a draw, which anyone can read in the log. */
  voidInLog(drawId: string): Promise<unknown>
}

/** What counts must be witnessed by then. */
export const deadlineBefore = (roundAt: Instant, ms = 0): Instant => addMs(roundAt, -600_000 + ms)

/** A void enters by then, so that it can be witnessed by that. */
export const lastVoidBefore = (roundAt: Instant, ms = 0): Instant => addMs(roundAt, -750_000 + ms)

export async function startAttacked(): Promise<Attacked> {
  const harness = await startDrawing({ witnessed: true })
  const organiser = organiserOf(harness)
  harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
  harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
  harness.moveTo('2026-03-02T01:10:00.000Z')
  let number = 0
  const line: Attacked['line'] = (change = {}) => {
    number += 1
    const published = lineOf(`X${number}`, { ...half, ...change })
    harness.planning.publish(published)
    return published
  }
  const frozen = async (): Promise<string> => done(await organiser.freeze(line())).drawId
  const entries = async (drawId: string) =>
    (await harness.text(`/v1/public/region-logs/${regionCode}`, []))
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { readonly kind: string; readonly drawId: string | null; readonly record?: unknown })
      .filter((entry) => entry.drawId === drawId)
  return {
    harness,
    organiser,
    line,
    idOf: ({ planId, lineId }, attempt) =>
      deriveDrawId(sha256Hash, { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch: 1, attempt }),
    frozen,
    committed: async () => {
      const { drawId, commitment } = done(await organiser.commit(await frozen()))
      if (commitment === undefined) throw new Error(`draw ${drawId} is not committed`)
      return { drawId, digest: commitment.digest, roundAt: commitment.roundAt as Instant }
    },
    kinds: async (drawId) => (await entries(drawId)).map(({ kind }) => kind),
    voidInLog: async (drawId) => (await entries(drawId)).find(({ kind }) => kind === 'void')?.record,
  }
}
