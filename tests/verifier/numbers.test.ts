import type { NumbersDefinition } from '@dual-random/beacon'
import { addMs, canonicalJson, type Instant, type Json } from '@dual-random/kernel'
import {
  type Checkpoint,
  type DemoOptions,
  demoBundle,
  drawing,
  type Extra,
  type ExtraOf,
  type NumbersOptions,
  numbersDefinition,
  partNames,
  regionChain,
  superior,
  unit,
  witnesses,
} from '@dual-random/verify/testing'
import type { NumbersRecord } from '@dual-random/witness'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, judgeByLibrary, judgeInNode, type Parts, partsOf } from './judges.ts'
import { type BatchCase, type BatchVerdict, runPythonBatch } from './python.ts'

interface Asked {
  /** What registry, drawing and witnesses do otherwise; by default a draw on public numbers alone. */
  readonly options?: DemoOptions
  readonly parts?: (parts: Parts) => Partial<Record<keyof Parts, string | undefined>>
  readonly demo?: boolean
}
interface Expected {
  readonly code: number
  readonly place?: string
  readonly says?: string
}
const matches: Expected = { code: 0 }
/** `%` stands for the drawId, `#` for the number of the first line of a kind: `#numbers`. */
const differs = (place: string): Expected => ({ code: 1, place })

const withNumbers = (numbers: NumbersOptions): Asked => ({ options: { numbers } })
const definition = numbersDefinition()
type Editable<T> = { -readonly [K in keyof T]: Editable<T[K]> }
/** Both units type the same, wrongly. */
const both = (edit: (series: Editable<NumbersRecord['series']>) => void): Asked =>
  withNumbers({
    onTyped: (typed) =>
      typed.map((one, index) => {
        const copy = structuredClone(one) as unknown as Editable<NumbersRecord>
        edit(copy.series)
        return [copy, index === 0 ? unit : superior]
      }),
  })
/** The second unit types otherwise than the first. */
const second = (change: Readonly<Record<string, Json>>): Asked =>
  withNumbers({
    onTyped: ([one, two]) => [
      [one as Json, unit],
      [{ ...(two as NumbersRecord), ...change }, superior],
    ],
  })

const defined = (edit: (copy: Editable<NumbersDefinition>) => void): Asked => {
  const copy = structuredClone(definition) as Editable<NumbersDefinition>
  edit(copy)
  return withNumbers({ onDefinition: () => copy })
}

/** The superior's word that the draw cannot be ended (§24). */
const failed =
  (reason: 'beacon-lost' | 'key-lost') =>
  ({ drawId }: ExtraOf): readonly Extra[] => {
    const record = { type: 'dual-random/failed/v1', drawId, reason, unitId: superior.unitId }
    return [{ kind: 'failed', drawId, of: record, by: superior }]
  }
/** A draw that was drawn and never matched, whose failure a quorum first saw at an instant. */
const lostSeenAt = (at: Instant, options: DemoOptions = {}): Asked => {
  const seen: Checkpoint['seen'] = Object.fromEntries(witnesses.slice(0, 3).map(({ keyId }) => [keyId, at]))
  const onCheckpoints = (all: readonly Checkpoint[]) => all.map((one, index) => (index === all.length - 1 ? { ...one, seen } : one))
  return { options: { unmatched: true, extra: { transcript: failed('key-lost') }, onCheckpoints, ...options } }
}
/** 7 days after the instant from which S waits for numbers. */
const failable = '2026-03-09T01:35:00.000Z' as Instant

const otherDigest = 'ab'.repeat(32)
const editedText = (text: string | undefined, from: string, to: string): string => (text ?? '').replace(from, to)

const table: readonly (readonly [title: string, asked: Asked, expected: Expected])[] = [
  ['MATCH on public numbers alone', {}, matches],
  ['MATCH by SM3', { options: { hash: 'sm3' } }, matches],
  ['MATCH on public numbers beside two regions', { options: { chains: undefined } as unknown as DemoOptions }, matches],
  ['MATCH on public numbers beside one region', { options: { chains: [regionChain] } }, matches],
  ['MATCH without tips', { options: { withReveal: false } }, matches],
  ['MATCH (demo keys) without witnesses', { demo: true, options: { demo: true, witnessed: false, withReveal: false } }, matches],
  [
    'PENDING without the log, also in a demonstration without witnesses',
    { demo: true, options: { demo: true, witnessed: false, withReveal: false }, parts: () => ({ log: undefined }) },
    { code: 3, says: 'region-log-230300.ndjson' },
  ],

  // S
  [
    'not with another instant than committedAt and the delay',
    {
      options: {
        onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, notBefore: addMs(s.committedAt, 1_800_001) })) }),
      },
    },
    differs('commitment-%.json /beacons/0/notBefore'),
  ],
  [
    'not under a name that is none',
    { options: { onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, source: 'numbers/Two' })) }) } },
    differs('commitment-%.json /beacons/0/source'),
  ],
  [
    'not as a better assurance than public',
    { options: { withReveal: false, onCommitment: (s) => ({ ...s, assurance: 'federated' }) } },
    differs('commitment-%.json /assurance'),
  ],
  [
    'not of a kind that is none, whatever else is wrong',
    { parts: ({ commitment }) => ({ commitment: editedText(commitment, '"kind":"public-numbers"', '"kind":"numbers"') }) },
    differs('commitment-%.json /beacons/0/kind'),
  ],
  [
    'not with a round of public numbers',
    { options: { onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, round: 1 })) }) } },
    differs('commitment-%.json /beacons/0/round'),
  ],
  [
    'not under another definition than the log has',
    { options: { onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, definition: otherDigest })) }) } },
    differs('transcript-%.json /transcript/beacons/0/randomness'),
  ],

  // The definition
  [
    'not under a definition that the log does not have',
    withNumbers({ withoutDefinition: true }),
    differs('commitment-%.json /beacons/0/definition'),
  ],
  [
    'not under a definition that a quorum has not seen for 30 days',
    { options: { keyAgeMs: 30 * 86_400_000 - 1 } },
    differs('commitment-%.json /beacons/0/definition'),
  ],
  [
    'MATCH under one of one day, where the pinned file asks for no more',
    { options: { keyAgeMs: 86_400_000, beaconKeyAgeSeconds: 86_400 } },
    matches,
  ],
  [
    'not under the definition of another source',
    defined((copy) => void (copy.source = 'numbers/other')),
    differs('commitment-%.json /beacons/0/source'),
  ],
  [
    'not under one of 127 bits',
    defined((copy) => void (copy.series[1]!.groups[0]!.to = 8)),
    differs('region-log-230300.ndjson line #definition /record'),
  ],
  [
    'not under one that has two series of one name',
    defined((copy) => void (copy.series[1]!.name = copy.series[0]!.name)),
    differs('region-log-230300.ndjson line #definition /record'),
  ],
  [
    'not under one that asks for more of a set than there is',
    defined((copy) => void (copy.series[0]!.groups[0]!.to = 5)),
    differs('region-log-230300.ndjson line #definition /record'),
  ],
  [
    'not where a definition is given twice',
    { options: { extra: { snapshot: () => [{ kind: 'definition', drawId: null, of: definition, by: superior }] } } },
    differs('region-log-230300.ndjson line #definition+ /record'),
  ],
  [
    'not where drawing admits a definition',
    {
      options: {
        extra: {
          snapshot: () => [{ kind: 'definition', drawId: null, of: { ...definition, source: 'numbers/x' }, by: drawing }],
        },
      },
    },
    differs('region-log-230300.ndjson line #definition+ /keyId'),
  ],

  // What was typed
  ['not where one unit alone typed', withNumbers({ onTyped: ([one]) => [[one as Json, unit]] }), differs('commitment-%.json /beacons/0')],
  ['not where nobody typed', withNumbers({ onTyped: () => [] }), differs('commitment-%.json /beacons/0')],
  [
    'not where one unit typed twice',
    withNumbers({
      onTyped: ([one]) => [
        [one as Json, unit],
        [one as Json, unit],
      ],
    }),
    differs('region-log-230300.ndjson line #numbers+ /kind'),
  ],
  [
    'not where a third entry follows',
    withNumbers({
      onTyped: ([one, two]) => [
        [one as Json, unit],
        [two as Json, superior],
        [one as Json, unit],
      ],
    }),
    differs('region-log-230300.ndjson line #numbers++ /kind'),
  ],
  [
    'not where a unit typed in another’s name',
    withNumbers({
      onTyped: ([one, two]) => [
        [one as Json, unit],
        [two as Json, unit],
      ],
    }),
    differs('region-log-230300.ndjson line #numbers+ /record/unitId'),
  ],
  [
    'not where drawing typed',
    withNumbers({
      onTyped: ([one, two]) => [
        [one as Json, unit],
        [two as Json, drawing],
      ],
    }),
    differs('region-log-230300.ndjson line #numbers+ /keyId'),
  ],
  ['not where the two differ', second({ series: [] }), differs('region-log-230300.ndjson line #numbers+ /record/series')],
  ['not for another S', second({ commitment: otherDigest }), differs('region-log-230300.ndjson line #numbers+ /record/commitment')],
  ['not of another draw', second({ drawId: otherDigest }), differs('region-log-230300.ndjson line #numbers+ /record/drawId')],
  [
    'not of a source that S does not name',
    second({ source: 'numbers/x' }),
    differs('region-log-230300.ndjson line #numbers+ /record/source'),
  ],
  [
    'not where another publication was waited for',
    both((series) => void (series[0]!.before.publishedAt = '2026-03-02T01:35:00.000Z' as Instant)),
    differs('region-log-230300.ndjson line #numbers /record/series/0/before/publishedAt'),
  ],
  [
    'not of a publication before the instant that S waits for',
    both((series) => void (series[1]!.publications[0]!.publishedAt = '2026-03-02T01:34:59.999Z' as Instant)),
    differs('region-log-230300.ndjson line #numbers /record/series/1/publications/0/publishedAt'),
  ],
  [
    'MATCH on a publication at that very instant',
    both((series) => void (series[1]!.publications[0]!.publishedAt = '2026-03-02T01:35:00.000Z' as Instant)),
    matches,
  ],
  [
    'not of publications out of order',
    both((series) => void (series[1]!.publications[1]!.publishedAt = series[1]!.publications[0]!.publishedAt)),
    differs('region-log-230300.ndjson line #numbers /record/series/1/publications/1/publishedAt'),
  ],
  [
    'not of a publication twice',
    both((series) => void (series[1]!.publications[1]!.issue = series[1]!.before.issue)),
    differs('region-log-230300.ndjson line #numbers /record/series/1/publications/1/issue'),
  ],
  [
    'not of fewer publications than the definition’s',
    both((series) => void series[1]!.publications.pop()),
    differs('region-log-230300.ndjson line #numbers /record/series/1/publications'),
  ],
  ['not of fewer series', both((series) => void series.pop()), differs('region-log-230300.ndjson line #numbers /record/series')],
  [
    'not of fewer groups',
    both((series) => void series[0]!.publications[0]!.numbers.pop()),
    differs('region-log-230300.ndjson line #numbers /record/series/0/publications/0/numbers'),
  ],
  [
    'not of fewer numbers',
    both((series) => void series[0]!.publications[0]!.numbers[0]!.pop()),
    differs('region-log-230300.ndjson line #numbers /record/series/0/publications/0/numbers/0'),
  ],
  [
    'not of a number outside its range',
    both((series) => void (series[0]!.publications[0]!.numbers[0]![5] = 34)),
    differs('region-log-230300.ndjson line #numbers /record/series/0/publications/0/numbers/0/5'),
  ],
  [
    'not of a number below its range',
    both((series) => void (series[0]!.publications[0]!.numbers[1]![0] = 0)),
    differs('region-log-230300.ndjson line #numbers /record/series/0/publications/0/numbers/1/0'),
  ],
  [
    'not of a number twice in a set',
    both((series) => void (series[0]!.publications[0]!.numbers[0]![1] = 3)),
    differs('region-log-230300.ndjson line #numbers /record/series/0/publications/0/numbers/0/1'),
  ],
  [
    'not with a text for an instant, whoever signed it',
    both((series) => void (series[0]!.before.publishedAt = '2026-03-01' as Instant)),
    differs('region-log-230300.ndjson line #numbers /record/series/0/before/publishedAt'),
  ],
  [
    'not typed after the draw',
    {
      options: {
        extra: {
          transcript: ({ drawId, commitment }) => [
            {
              kind: 'numbers',
              drawId,
              of: { type: 'dual-random/numbers/v1', drawId, commitment, unitId: unit.unitId, source: 'numbers/x', series: [] },
              by: unit,
            },
          ],
        },
      },
    },
    differs('region-log-230300.ndjson line #numbers++ /kind'),
  ],

  // A failure
  ['FAILED 7 days after the instant that S waits for', lostSeenAt(failable), { code: 4 }],
  ['not a millisecond before', lostSeenAt(addMs(failable, -1)), differs('region-log-230300.ndjson line #failed')],
  [
    'not while a beacon beside them was due less than 7 days before',
    lostSeenAt(failable, { chains: undefined } as unknown as DemoOptions),
    differs('region-log-230300.ndjson line #failed'),
  ],
  [
    'no numbers after the superior said that they do not come',
    { options: { withReveal: false, unmatched: true, extra: { commitment: failed('beacon-lost') } } },
    differs('region-log-230300.ndjson line #numbers /kind'),
  ],
  [
    'no failure for want of numbers that were drawn by',
    lostSeenAt(failable, { extra: { transcript: failed('beacon-lost') } }),
    differs('region-log-230300.ndjson line #failed /kind'),
  ],

  // The transcript
  [
    'not with other numbers than were typed',
    { options: { onTranscript: (t) => ({ ...t, beacons: t.beacons.map((one) => ('series' in one ? { ...one, series: [] } : one)) }) } },
    differs('transcript-%.json /transcript/beacons/0/randomness'),
  ],
  [
    'not with other randomness than of these numbers',
    { options: { onTranscript: (t) => ({ ...t, beacons: t.beacons.map((one) => ({ ...one, randomness: otherDigest })) }) } },
    differs('transcript-%.json /transcript/beacons/0/randomness'),
  ],
  [
    'not with a pulse in their place',
    {
      options: {
        onTranscript: (t) => ({
          ...t,
          beacons: t.beacons.map(({ source, randomness }) => ({ source, randomness, round: 1, signature: 'ab'.repeat(48) })),
        }),
      },
    },
    differs('transcript-%.json /transcript/beacons'),
  ],
  [
    'not where a round of a beacon is given as public numbers',
    {
      options: {
        chains: [regionChain],
        onTranscript: (t) => ({
          ...t,
          beacons: t.beacons.map((one) => ('series' in one ? one : { source: one.source, randomness: one.randomness, series: [] })),
        }),
      },
    },
    differs('transcript-%.json /transcript/beacons'),
  ],
]

interface Judged {
  readonly drawId: string
  readonly log: string
  readonly node: BatchVerdict
  readonly library: BatchVerdict
  readonly python: BatchVerdict | undefined
}

/** `#kind` is the line of the first entry of a kind, with every `+` the next one. */
const placed = (place: string | undefined, log: string): string | undefined =>
  place?.replace(/#(\w+)(\+*)/, (_, kind: string, next: string) => {
    const lines = log
      .split('\n')
      .flatMap((line, index) => (line.includes(`"kind":"${kind}",`) && line.includes('"record"') ? [index + 1] : []))
    return String(lines[next.length])
  })

describe('a draw on public numbers, judged by both programs and the library', () => {
  const judged: Judged[] = []
  beforeAll(async () => {
    const cases: BatchCase[] = []
    const here: Omit<Judged, 'python'>[] = []
    for (const [, { options = {}, parts: change, demo = false }] of table) {
      const files = demoBundle({ witnessed: true, withReveal: true, demo: false, chains: [], numbers: {}, ...options })
      const whole = partsOf(files)
      const given = Object.fromEntries(Object.entries({ ...whole, ...change?.(whole) }).filter(([, text]) => text !== undefined)) as Parts
      const names = partNames(files)
      const verdicts = { node: await judgeInNode(names, given, demo), library: judgeByLibrary(names, given, demo) }
      here.push({ drawId: files.drawId, log: files.log, ...verdicts })
      const absent = Object.fromEntries(Object.keys(names).map((part) => [part, null]))
      cases.push({ demo, files: { ...absent, ...caseOf(names, given, demo).files } })
    }
    const inPython = runPythonBatch(cases)
    judged.push(...here.map((one, index) => ({ ...one, python: inPython[index] })))
  }, 600_000)

  it.each(table.map(([title, , expected], index) => ({ title, expected, index })))('DRW-32 SEC-05 $title', ({ expected, index }) => {
    const { drawId, log, node, python, library } = judged[index] as Judged
    const of = (verdict: BatchVerdict | undefined) => ({ code: verdict?.code, place: verdict?.place?.replace(drawId, '%') })
    const said = (verdict: BatchVerdict | undefined): string => [...(verdict?.missing ?? []), verdict?.said ?? ''].join(' ')
    for (const verdict of [node, python, library])
      expect(of(verdict), said(verdict)).toEqual({ code: expected.code, place: placed(expected.place, log) })
    for (const verdict of [node, python]) expect(said(verdict)).toContain(expected.says ?? '')
  })
})

describe('S without public numbers', () => {
  it('DRW-32 keeps its bytes', () => {
    const { commitment, transcript } = demoBundle()
    for (const text of [commitment, transcript]) expect(canonicalJson(JSON.parse(text) as Json)).not.toContain('numbers')
  })
})
