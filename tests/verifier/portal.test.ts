import { readFileSync } from 'node:fs'
import { type Pulse, quicknet, timeOfRound } from '@dual-random/beacon'
import { addMs } from '@dual-random/kernel'
import { type Bundle, type Verdict, verifyBundle as verifyInPage } from '@dual-random/portal/verify'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DemoFiles, type DemoOptions, demoBundle, openingText } from './demo-bundle.ts'
import { verifyBundle } from './verify.mjs'

// The page's verification beside the standalone verifier, which shares no code with it: they must say the same of every bundle.

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8')

function bundleOf(files: DemoFiles): Required<Omit<Bundle, 'checkpoints' | 'keys' | 'opening'>> {
  const { drawId } = files
  return {
    transcript: { name: `transcript-${drawId}.json`, bytes: bytesOf(files.transcript) },
    commitment: { name: `commitment-${drawId}.json`, bytes: bytesOf(files.commitment) },
    roster: { name: `rosters/${drawId}.ndjson`, bytes: bytesOf(files.roster) },
    openings: { name: `openings/${drawId}.ndjson`, bytes: bytesOf(files.openings) },
    log: { name: 'region-log-230300.ndjson', bytes: bytesOf(files.log) },
  }
}

/** What the standalone verifier says: its status, or the place of the difference. */
const saidAlone = (bundle: Bundle, demo = true): Promise<string> =>
  verifyBundle(bundle as never, { demo }).then(
    ({ status }) => status,
    (error: unknown) => (error as { readonly where: string }).where || '/',
  )

const said = (verdict: Verdict): string => (verdict.status === 'DIFFERENT' ? verdict.where : verdict.status)

const bundle = bundleOf(demoBundle())
type Part = keyof typeof bundle
const withPart = (part: Part, text: string): Bundle => ({ ...bundle, [part]: { ...bundle[part], bytes: bytesOf(text) } })
const textOf = (part: Part): string => Buffer.from(bundle[part].bytes).toString('utf8')

describe('the verification in the page', { timeout: 30_000 }, () => {
  it('DRW-31 accepts both hashes, both kinds of opening, a revealed secret and an empty stratum', () => {
    for (const options of [{}, { hash: 'sm3' }, { publicOpening: 'full' }, { withReveal: true }, { objects: 1 }, { objects: 0 }] as const) {
      const files = demoBundle(options)
      expect(verifyInPage(bundleOf(files), { drawId: files.drawId })).toMatchObject({
        status: 'MATCH',
        findings: { drawId: files.drawId, drawn: files.drawnIds.length, hasWholeLog: true },
      })
    }
  }, 30_000)

  it('DRW-31 needs neither openings nor the whole log', () => {
    const { openings: _openings, log: _log, ...three } = bundle
    const verdict = verifyInPage(three)
    expect(verdict).toMatchObject({ status: 'MATCH', findings: { hasWholeLog: false } })
    expect(verdict.status === 'MATCH' && 'opened' in verdict.findings).toBe(false)
  })

  it('DRW-31 says of every bundle of another draw that it is another', () => {
    expect(verifyInPage(bundle, { drawId: '0'.repeat(64) })).toMatchObject({ status: 'DIFFERENT', where: '/drawId' })
  })

  it('DRW-32 does not let a self beacon stand in a log that is no demonstration', async () => {
    const real = bundleOf(demoBundle({ demo: false }))
    expect(said(verifyInPage(real))).toBe('/beacons/0/kind')
    expect(await saidAlone(real, false)).toBe('/beacons/0/kind')
  })

  it('DRW-32 recomputes a draw on a published quicknet round, and says PENDING without witnesses', () => {
    const published = JSON.parse(readFileSync(new URL('../vectors/draw/drand.json', import.meta.url), 'utf8')) as {
      pulses: readonly Pulse[]
    }
    const pulse = published.pulses.find(({ round }) => round === 657413)
    if (pulse === undefined) throw new Error('no such pulse')
    const options = {
      demo: false,
      chains: [quicknet],
      committedAt: addMs(timeOfRound(quicknet, pulse.round), -1_800_000),
      pulse: () => pulse,
    }
    expect(verifyInPage(bundleOf(demoBundle(options))).status).toBe('PENDING')
    const otherKey = { ...options, chains: [{ ...quicknet, publicKey: quicknet.publicKey.replace('83cf', '83ce') }] }
    expect(said(verifyInPage(bundleOf(demoBundle(otherKey))))).toBe('/beacons/0/publicKey')
  })

  it('tells how far it is, ascending to 1', () => {
    const shares: number[] = []
    verifyInPage(bundleOf(demoBundle({ objects: 300 })), { onProgress: (share) => shares.push(share) })
    expect(shares.length).toBeGreaterThan(50)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })
})

// Of what a cheating organiser signs all the same, and of changes that nobody signed.
describe('both verifiers', { timeout: 30_000 }, () => {
  const cases: readonly (readonly [string, DemoOptions])[] = [
    [
      'DRW-21 another n than the rule gives',
      { onCommitment: (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, n: 2 })), batchSizes: [3, 3] }) },
    ],
    [
      'CRD-17 another raw number',
      { onCommitment: (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, raw: { numerator: 3, denominator: 1 } })) }) },
    ],
    [
      'DRW-32 a round chosen by hand',
      { onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, round: one.round + 1 })) }) },
    ],
    ['DRW-32 a shorter delay', { onCommitment: (s) => ({ ...s, delaySeconds: 1199 }) }],
    ['DRW-32 a better assurance', { onCommitment: (s) => ({ ...s, assurance: 'public' as const }) }],
    ['DRW-31 another draw', { onCommitment: (s) => ({ ...s, attempt: 2 }) }],
    ['DRW-31 batches that do not add up', { onCommitment: (s) => ({ ...s, batchSizes: [1, 1] }) }],
    [
      'DRW-20 hidden exclusions',
      { onCommitment: (s) => ({ ...s, snapshot: { ...s.snapshot, exclusions: { ...s.snapshot.exclusions, counts: [] } } }) },
    ],
    [
      'DRW-31 a snapshot the registry did not sign',
      { onCommitment: (s) => ({ ...s, snapshot: { ...s.snapshot, creditLoadDigest: s.policyDigest } }) },
    ],
    ['DRW-32 another seed', { onTranscript: (t) => ({ ...t, seed: t.commitment }) }],
    [
      'DRW-32 another randomness',
      { onTranscript: (t) => ({ ...t, beacons: t.beacons.map((one) => ({ ...one, randomness: t.commitment })) }) },
    ],
    [
      'DRW-31 one drawn object too few',
      { onTranscript: (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, drawn: one.drawn.slice(1) })) }) },
    ],
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
    ['DRW-16 another order of batches', { onTranscript: (t) => ({ ...t, batches: t.batches.map((batch) => batch.toReversed()) }) }],
    ['DRW-31 a drawn set with one element less', { onTranscript: (t) => ({ ...t, drawnSet: t.drawnSet.slice(1) }) }],
    [
      'DRW-31 a log entry out of its chain',
      { onTranscript: (t) => ({ ...t, log: { ...t.log, entries: t.log.entries.map((one) => ({ ...one, previous: t.seed })) } }) },
    ],
    [
      'DRW-32 a pulse that the beacon did not sign',
      { pulse: (round) => ({ round, signature: `8${'0'.repeat(94)}1`, randomness: 'f'.repeat(64) }) },
    ],
    [
      'DRW-32 a secret that does not open its tip',
      { withReveal: true, onTranscript: (t) => ({ ...t, reveals: t.reveals.map((one) => ({ ...one, secret: t.seed })) }) },
    ],
  ]
  it.each(cases)('name the same place: %s', async (_, options) => {
    const files = bundleOf(demoBundle(options))
    const alone = await saidAlone(files)
    expect(alone).toMatch(/^\//)
    expect(said(verifyInPage(files))).toBe(alone)
  })

  it('DRW-31 refuse any character changed into any other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Part>('transcript', 'commitment', 'roster', 'openings', 'log'),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        async (part, pick, character) => {
          const text = textOf(part)
          const at = pick % text.length
          fc.pre(text[at] !== character)
          const changed = withPart(part, text.slice(0, at) + character + text.slice(at + 1))
          const verdict = verifyInPage(changed)
          expect([part, at, verdict.status]).toEqual([part, at, 'DIFFERENT'])
          expect([part, at, await saidAlone(changed)]).not.toEqual([part, at, 'MATCH'])
        },
      ),
      { numRuns: 150 },
    )
  }, 120_000)

  it('DRW-31 refuse a line left out, added, doubled or moved, a BOM, CR, and a last LF too few', async () => {
    const lines = textOf('roster').trimEnd().split('\n')
    const rosters = [
      lines.slice(1),
      lines.slice(0, -1),
      [...lines, `{"excluded":false,"label":"${'f'.repeat(64)}","stratum":"A"}`],
      lines.flatMap((line, index) => (index === 3 ? [line, line] : [line])),
      lines.toReversed(),
    ].map((changed) => `${changed.join('\n')}\n`)
    for (const text of [
      ...rosters,
      textOf('roster').slice(0, -1),
      `\uFEFF${textOf('roster')}`,
      textOf('roster').replaceAll('\n', '\r\n'),
      '',
    ]) {
      const changed = withPart('roster', text)
      const verdict = verifyInPage(changed)
      expect(verdict.status).toBe('DIFFERENT')
      expect(said(verdict)).toBe(await saidAlone(changed))
    }
  })
})

describe("an object's own opening in the page", { timeout: 60_000 }, () => {
  const files = demoBundle()
  const openings = files.ownOpenings()
  const withOpening = (opening: object): Verdict =>
    verifyInPage({ ...bundleOf(files), opening: { name: 'opening.json', bytes: bytesOf(openingText(opening as never)) } })

  it('DRW-34 tells whether it was drawn, excluded or not drawn, with ticket, cut-off and the path to the root', () => {
    const told = new Set<string>()
    for (const opening of openings.slice(0, 20)) {
      const verdict = withOpening(opening)
      if (verdict.status !== 'MATCH' || verdict.findings.own === undefined) throw new Error(JSON.stringify(verdict))
      const { outcome, ticket, cutOff, batch, path } = verdict.findings.own
      told.add(outcome)
      expect(outcome === 'drawn').toBe(files.drawnIds.includes(opening.id))
      expect(batch === undefined).toBe(outcome !== 'drawn')
      expect(path).toEqual(opening.path)
      expect(outcome === 'excluded' || ticket <= (cutOff ?? '') === (outcome === 'drawn')).toBe(true)
    }
    expect([...told].sort()).toEqual(['drawn', 'excluded', 'not-drawn'])
  }, 60_000)

  it('DRW-34 refuses an opening of somebody else, of another place, or with another path', () => {
    const [first, second] = openings
    if (first === undefined || second === undefined) throw new Error('no openings')
    const cases = [
      [{ ...first, id: second.id }, '/label'],
      [{ ...first, salt: second.salt }, '/label'],
      [{ ...second, index: first.index }, '/index'],
      [{ ...first, stratum: 'Z' }, '/index'],
      [{ ...first, size: first.size + 1 }, '/size'],
      [{ ...first, drawId: first.label }, '/drawId'],
      [{ ...first, path: first.path.toReversed() }, '/path'],
      [{ ...first, path: first.path.slice(1) }, '/path'],
    ] as const
    for (const [forged, where] of cases) expect([where, said(withOpening(forged))]).toEqual([where, where])
  })
})
