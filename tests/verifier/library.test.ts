import { type DemoFiles, type DemoOptions, demoBundle, openingText, partNames } from '@dual-random/verify/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeByLibrary, judgeInNode, type Parts, partsOf } from './judges.ts'

// `libs/verify` verifies for the command line and the page. It shares no code with verify.mjs; both must name the same place.

/** What both say of a bundle: a code, and the place of a difference. */
async function verdictOf(files: Pick<DemoFiles, 'drawId'>, parts: Parts, demo = true) {
  const names = partNames(files)
  const [program, library] = [await judgeInNode(names, parts, demo), judgeByLibrary(names, parts, demo)]
  const judged = ({ code, place }: typeof program) => ({ code, place })
  expect(judged(library), `${program.said} | ${library.said}`).toEqual(judged(program))
  return judged(library)
}

describe('the library and the program', { timeout: 60_000 }, () => {
  it.each([{}, { hash: 'sm3' }, { publicOpening: 'full' }, { withReveal: true }, { objects: 1 }, { objects: 0 }] as const)(
    'DRW-31 both accept %j',
    async (options) => {
      const files = demoBundle(options)
      expect(await verdictOf(files, partsOf(files))).toEqual({ code: 0 })
    },
  )

  it.each<readonly [string, DemoOptions]>([
    ['DRW-21 another n', { onCommitment: (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, n: 2 })), batchSizes: [3, 3] }) }],
    [
      'CRD-17 another raw number',
      { onCommitment: (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, raw: { numerator: 3, denominator: 1 } })) }) },
    ],
    [
      'DRW-32 another round',
      { onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ('round' in one ? { ...one, round: one.round + 1 } : one)) }) },
    ],
    ['DRW-31 an attempt more', { onCommitment: (s) => ({ ...s, attempt: 2 }) }],
    ['DRW-31 batches that do not add up', { onCommitment: (s) => ({ ...s, batchSizes: [1, 1] }) }],
    [
      'DRW-20 hidden exclusions',
      { onCommitment: (s) => ({ ...s, snapshot: { ...s.snapshot, exclusions: { ...s.snapshot.exclusions, counts: [] } } }) },
    ],
    [
      'DRW-31 a snapshot that registry did not sign',
      { onCommitment: (s) => ({ ...s, snapshot: { ...s.snapshot, creditLoadDigest: s.policyDigest } }) },
    ],
    ['DRW-32 another seed', { onTranscript: (t) => ({ ...t, seed: t.commitment }) }],
    [
      'DRW-31 one drawn object swapped',
      {
        onTranscript: (t) => ({
          ...t,
          strata: t.strata.map((one) => ({ ...one, drawn: one.drawn.map((d) => ({ ...d, label: t.commitment })) })),
        }),
      },
    ],
    ['DRW-31 another cut-off', { onTranscript: (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, cutOff: t.commitment })) }) }],
    ['DRW-16 another order', { onTranscript: (t) => ({ ...t, batches: t.batches.map((batch) => batch.toReversed()) }) }],
    ['DRW-31 a smaller drawn set', { onTranscript: (t) => ({ ...t, drawnSet: t.drawnSet.slice(1) }) }],
    [
      'DRW-32 a pulse that the beacon did not sign',
      { pulse: (round) => ({ round, signature: `8${'0'.repeat(94)}1`, randomness: 'f'.repeat(64) }) },
    ],
  ])('%s: both name the same place', async (_, options) => {
    const files = demoBundle(options)
    expect((await verdictOf(files, partsOf(files))).place).toMatch(/^(transcript|commitment)-[0-9a-f]{64}\.json \//)
  })

  it('DRW-32 neither lets a self beacon stand in a log that is no demonstration', async () => {
    const files = demoBundle({ demo: false })
    expect((await verdictOf(files, partsOf(files), false)).place).toMatch(/ \/beacons\/0\/kind$/)
    expect(await verdictOf(files, partsOf(files))).toEqual({ code: 2 })
  })

  it('DRW-31 both refuse any character changed into any other, at the same place', async () => {
    const files = demoBundle({ objects: 12 })
    const [own] = files.ownOpenings()
    if (own === undefined) throw new Error('no opening')
    const whole = { ...partsOf(files), opening: openingText(own) }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('transcript', 'commitment', 'roster', 'openings', 'log', 'opening'),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        async (part, pick, other) => {
          const text = whole[part] ?? ''
          const at = pick % text.length
          fc.pre(text[at] !== other)
          const { code } = await verdictOf(files, { ...whole, [part]: text.slice(0, at) + other + text.slice(at + 1) })
          // The log keeper's instant is covered by nothing but its form.
          expect(part === 'log' || code === 1).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  }, 120_000)
})
