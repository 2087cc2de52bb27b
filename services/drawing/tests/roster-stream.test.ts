import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { done, finishDraw, lineOf, organiserOf } from './support/steps.ts'

const line = lineOf('L01', { quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } })

/** Entries that arrive before the connection to registry breaks. */
const beforeTheBreak = 5

describe('a roster whose stream breaks', { timeout: 120_000 }, () => {
  let harness: Harness

  beforeAll(async () => {
    harness = await startDrawing({
      overrides: {
        deps: (real) => ({
          ...real,
          registry: {
            ...real.registry,
            async *roster(drawId, firstEntry) {
              let received = firstEntry
              for await (const part of real.registry.roster(drawId, firstEntry)) {
                yield part
                received += part.entries.length
                if (firstEntry === 0 && received === beforeTheBreak) harness.registry.breakLine()
              }
            },
          },
        }),
      },
    })
    harness.planning.publish(line)
    harness.registry.objects = Array.from({ length: 12 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  it('DRW-31 is taken up behind what has come, and is the roster that was signed', async () => {
    const organiser = organiserOf(harness)
    const { drawId } = done(await organiser.freeze(line))
    harness.registry.stallAt = beforeTheBreak
    const drawn = await finishDraw(harness, organiser, drawId)
    expect(harness.registry.rosterCalls).toEqual([0, beforeTheBreak])
    expect(drawn).toMatchObject({ status: 'MATCHED', transcript: { drawn: 6 } })
    const roster = await harness.text(`/v1/public/draws/${drawId}/roster`, ['DRAW_ORGANISER'])
    const labels = roster.split('\n').flatMap((text) => /"label":"(\w+)"/.exec(text)?.[1] ?? [])
    expect(labels).toHaveLength(12)
    expect(labels).toEqual([...new Set(labels)].sort())
  })
})
