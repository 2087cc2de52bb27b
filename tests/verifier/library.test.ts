import { drawScheme, ed25519Verify, quicknet, verifyPulse } from '@dual-random/beacon'
import { type BundleFiles, verifyBundle as verifyByLibrary } from '@dual-random/draw'
import { digest } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DemoFiles, type DemoOptions, demoBundle } from './demo-bundle.ts'
import { Difference, verifyBundle } from './verify.mjs'

// `libs/draw` verifies too, for the command line and the browser. It shares no code with verify.mjs; both must say the same.

type Part = 'transcript' | 'commitment' | 'roster' | 'openings' | 'log'
const parts: readonly Part[] = ['transcript', 'commitment', 'roster', 'openings', 'log']
type Named = Readonly<Record<Part, { readonly name: string; readonly bytes: Buffer }>>

const named = (files: DemoFiles, change: Partial<Record<Part, string>> = {}): Named =>
  Object.fromEntries(
    parts.map((part) => [part, { name: part, bytes: Buffer.from(change[part] ?? files[part], 'utf8') }]),
  ) as unknown as Named

const byProgram = (files: Named): Promise<string> =>
  verifyBundle(files, { demo: true }).then(
    ({ status }) => status,
    (error: unknown) => {
      if (error instanceof Difference) return `${error.message.split(' ')[0]} ${error.where}`
      throw error
    },
  )

function byLibrary(files: BundleFiles): string {
  const verdict = verifyByLibrary(files, {
    demo: true,
    hash: (name) => ({ name, digest: (bytes) => digest(name, bytes) }),
    verifyEd25519: ed25519Verify,
    verifyPulse: (publicKey, pulse) => verifyPulse({ publicKey, scheme: drawScheme }, pulse).ok,
    drandChains: [quicknet],
  })
  return verdict.status === 'DIFFERENT' ? `${verdict.difference.file} ${verdict.difference.where}` : verdict.status
}

/** Where a difference lies, without what is said of it: the program leaves the whole value's pointer where the library goes deeper. */
const fileOf = (said: string): string => said.split(' ')[0] ?? ''

describe('the library and the program', { timeout: 60_000 }, () => {
  it.each([{}, { hash: 'sm3' }, { publicOpening: 'full' }, { withReveal: true }, { objects: 1 }, { objects: 0 }] as const)(
    'DRW-31 both accept %j',
    async (options) => {
      const files = named(demoBundle(options))
      expect([await byProgram(files), byLibrary(files)]).toEqual(['MATCH', 'MATCH'])
    },
  )

  it.each<readonly [string, DemoOptions]>([
    ['DRW-32 another seed', { onTranscript: (t) => ({ ...t, seed: t.commitment }) }],
    ['DRW-16 another order', { onTranscript: (t) => ({ ...t, batches: t.batches.map((batch) => batch.toReversed()) }) }],
    ['DRW-31 a smaller drawn set', { onTranscript: (t) => ({ ...t, drawnSet: t.drawnSet.slice(1) }) }],
    ['DRW-32 another round', { onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, round: one.round + 1 })) }) }],
    ['DRW-31 an attempt more', { onCommitment: (s) => ({ ...s, attempt: 2 }) }],
    ['DRW-21 another n', { onCommitment: (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, n: 2 })), batchSizes: [3, 3] }) }],
  ])('%s: both name the same place', async (_, options) => {
    const files = named(demoBundle(options))
    const [program, library] = [await byProgram(files), byLibrary(files)]
    expect(library).toBe(program)
    expect(library).toMatch(/^(transcript|commitment) \//)
  })

  it('DRW-31 both refuse any changed character, and name the same file', async () => {
    const bundle = demoBundle({ objects: 12 })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...parts),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        async (part, pick, other) => {
          const text = bundle[part]
          const at = pick % text.length
          fc.pre(text[at] !== other)
          const files = named(bundle, { [part]: text.slice(0, at) + other + text.slice(at + 1) })
          const [program, library] = [await byProgram(files), byLibrary(files)]
          expect(fileOf(library)).toBe(fileOf(program))
          // The log keeper's instant is covered by nothing but its form.
          expect(part === 'log' || library !== 'MATCH').toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  }, 120_000)
})
