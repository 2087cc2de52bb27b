import type { Commitment } from '@dual-random/draw'
import { canonicalJson } from '@dual-random/kernel'
import { demoBundle, partNames } from '@dual-random/verify/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, judgeByLibrary, judgeInNode, judgeInPython, partsOf } from './judges.ts'
import type { BatchVerdict } from './python.ts'

// What parsers and numbers of two languages could take in two ways: both programs and the library name one place.

const files = demoBundle({ witnessed: true, demo: false })
const names = partNames(files)
const largest = Number.MAX_SAFE_INTEGER

/** The commitment with a member, as it is written, before its first one. */
const before = (member: string): string => files.commitment.replace('{', `{${member},`)
const size = (stratum: string, mapped: number, eligible: number) => ({ stratum, mapped, eligible })

/** S with other numbers, which nobody signed: what S says of itself is looked at first. */
function withNumbers(
  sizes: readonly ReturnType<typeof size>[],
  counts: readonly { readonly ground: string; readonly count: number }[],
  batchSizes: readonly number[],
): string {
  const s = JSON.parse(files.commitment) as Commitment
  const strata = sizes.map(({ eligible, ...one }) => {
    const raw = { numerator: eligible, denominator: 1 }
    return { ...one, eligible, rule: { kind: 'count', count: eligible }, raw, n: eligible }
  })
  const snapshot = { ...s.snapshot, strata: sizes, exclusions: { ...s.snapshot.exclusions, counts } }
  return canonicalJson({ ...s, snapshot, strata, batchSizes })
}

const unequal = [
  { ground: 'CEASED', count: largest },
  { ground: 'NOT_FOUND', count: 2 },
]

/** What is written, and the place that all three name in the commitment. */
const table: readonly (readonly [string, string, string])[] = [
  ['a name that is not ASCII', before('"名":1'), ''],
  ['a name that is not ASCII, twice', before('"名":1,"名":2'), ''],
  ['a name that is not ASCII in a member that another overwrites', before('"algorithm":{"名":1}'), '/algorithm'],
  ['a name with a lone surrogate in a member that another overwrites', before('"algorithm":[{"\\ud800":1}]'), '/algorithm'],
  ['a member nested 31 deep that another overwrites', before(`"algorithm":${'['.repeat(31)}${']'.repeat(31)}`), '/algorithm'],
  ['a member nested 32 deep that another overwrites', before(`"algorithm":${'['.repeat(32)}${']'.repeat(32)}`), ''],
  ['a member nested 6000 deep that another overwrites', before(`"algorithm":${'['.repeat(6000)}${']'.repeat(6000)}`), ''],
  ['brackets in a text, behind an escaped quotation mark', before(`"algorithm":"\\"${'['.repeat(40)}"`), '/algorithm'],
  ['a number without canonical form in a member that another overwrites', before('"algorithm":-0'), '/algorithm'],
  [
    'exclusions of 2^53 + 1 in all, where 2^53 are excluded',
    withNumbers([size('A', largest, 0), size('B', 1, 0)], unequal, [0]),
    '/snapshot/exclusions/counts',
  ],
  [
    'exclusions of 2^53 + 1 in all, where so many are excluded',
    withNumbers([size('A', largest, 0), size('B', 2, 0)], unequal, [0]),
    '/snapshot/strata',
  ],
  [
    'batches of 2^53 in all, where 2^53 + 1 are drawn',
    withNumbers([size('A', largest, largest), size('B', 2, 2)], [], [largest, 1]),
    '/batchSizes',
  ],
  [
    'batches of 2^53 + 1 in all, where so many are drawn',
    withNumbers([size('A', largest, largest), size('B', 2, 2)], [], [largest, 2]),
    '/snapshot/strata',
  ],
]

describe('both programs and the library', { timeout: 60_000 }, () => {
  let inPython: readonly BatchVerdict[]
  beforeAll(() => {
    const cases = table.map(([, commitment]) => caseOf(names, { commitment }, false))
    inPython = judgeInPython(cases, caseOf(names, partsOf(files), false))
  }, 300_000)

  it.each(table.map(([title, commitment, where], index) => ({ title, commitment, where, index })))(
    'DRW-31 name one place: $title',
    async ({ commitment, where, index }) => {
      const parts = { ...partsOf(files), commitment }
      const found = [await judgeInNode(names, parts, false), inPython[index], judgeByLibrary(names, parts, false)]
      expect(found.map((one) => one?.place)).toEqual(Array(3).fill(`${names.commitment} ${where}`))
    },
  )
})
