import { addMs, type Instant, type Json } from '@dual-random/kernel'
import {
  type Checkpoint,
  type DemoFiles,
  type DemoOptions,
  demoBundle,
  demoFamily,
  drawing,
  type Extra,
  type ExtraOf,
  type FamilyFiles,
  hex,
  partNames,
  superior,
  unit,
  witnesses,
} from '@dual-random/verify/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, judgeByLibrary, judgeInNode, type Parts, partsOf } from './judges.ts'
import { type BatchVerdict, runPythonBatch } from './python.ts'

/** The later of the two beacons' rounds is due at 02:00 on 2 March; the earlier would allow it 25 minutes before. */
const failable = '2026-03-09T02:00:00.000Z' as Instant
const early = addMs(failable, -1)
const [first = '', second = '', third = '', fourth = ''] = witnesses.map(({ keyId }) => keyId)
const atOnce = (at: Instant): Checkpoint['seen'] => ({ [first]: at, [second]: at, [third]: at })

/** The superior's word that the draw is lost, after its transcript. */
const failed =
  (change: Readonly<Record<string, Json>> = {}, by: Extra['by'] = superior) =>
  ({ drawId }: Pick<ExtraOf, 'drawId'>): readonly Extra[] => {
    const record = { type: 'dual-random/failed/v1', drawId, reason: 'key-lost', unitId: superior.unitId, ...change }
    return [{ kind: 'failed', drawId, of: record, by }]
  }
const voided = ({ drawId }: Pick<ExtraOf, 'drawId'>): readonly Extra[] => [
  { kind: 'void', drawId, of: { type: 'dual-random/void/v1', drawId, reason: '' }, by: drawing },
]
/** A draw that was drawn and never matched, with what the witnesses saw of the log's last line. */
const lost = (seen: Checkpoint['seen'] = atOnce(failable), more: DemoOptions = {}): DemoOptions => ({
  unmatched: true,
  extra: { transcript: failed() },
  onCheckpoints: (all) => all.map((one, index) => (index === all.length - 1 ? { ...one, seen } : one)),
  ...more,
})
const draw = (options: DemoOptions): DemoFiles => demoBundle({ witnessed: true, withReveal: true, demo: false, ...options })
const line = (number: number, member = ''): string => `region-log-230300.ndjson line ${number}${member === '' ? '' : ` ${member}`}`

interface Asked {
  readonly files: () => DemoFiles | FamilyFiles
  readonly parts?: Partial<Record<keyof Parts, undefined>>
  readonly demo?: boolean
}
type Expected = Pick<BatchVerdict, 'code' | 'place'>
const asking = (options: DemoOptions): Asked => ({ files: () => draw(options) })
const again = (options: DemoOptions): Asked => asking({ attempt: 2, ...options })
const isFailed: Expected = { code: 4 }
const matches: Expected = { code: 0 }
const differs = (place: string): Expected => ({ code: 1, place })
const approved = ({ drawId }: ExtraOf): readonly Extra[] => {
  const record = { type: 'dual-random/approval/v1', drawId, unitId: superior.unitId, reason: '前一次失败', order: null }
  return [{ kind: 'approval', drawId, of: record, by: superior }]
}
const firstAttempt = (JSON.parse(draw({}).commitment) as { readonly drawId: string }).drawId
/** Of the first attempt, standing beside the second's own entries. */
const failedBefore = failed()({ drawId: firstAttempt })
const lastOf = (family: readonly FamilyFiles[]): FamilyFiles => {
  const last = family.at(-1)
  if (last === undefined) throw new Error('no draw')
  return last
}
const replacement = { purpose: 'replacement' } as const
/** A redraw that was drawn and lost before it was matched, then another over the same labels. */
const afterLostRedraw = (withFailed: boolean): Asked => ({
  files: () =>
    lastOf(
      demoFamily(
        [
          { ...replacement, unmatched: true, ...(withFailed ? { extra: { transcript: failed() } } : {}) },
          {
            ...replacement,
            attempt: 2,
            number: 1,
            onSubject: (subject, [parent]) => ({
              ...subject,
              labels: [...(parent?.drawn ?? [])].sort().slice(0, 2),
              after: subject.after.filter(({ drawId }) => drawId === subject.parentDrawId),
            }),
            onRoster: (roster, [parent]) => roster.map((one, index) => notOf(parent, one, index)),
          },
        ],
        { witnessed: true, demo: false },
      ),
    ),
})
/** Who may be drawn in a redraw that knows of its parent alone. */
function notOf<Entry extends { readonly label: string; readonly excluded: boolean }>(
  parent:
    | { readonly roster: readonly { readonly label: string; readonly excluded: boolean }[]; readonly drawn: readonly string[] }
    | undefined,
  entry: Entry,
  index: number,
): Entry {
  const was = parent?.roster.find(({ label }) => label === entry.label)
  return { ...entry, excluded: index === 2 || was?.excluded === true || parent?.drawn.includes(entry.label) === true }
}

const table: readonly (readonly [title: string, asked: Asked, expected: Expected])[] = [
  ['says FAILED of a draw that a quorum saw failed 7 days after its last round', asking(lost()), isFailed],
  ['does under SM3', asking(lost(undefined, { hash: 'sm3' })), isFailed],
  [
    'does of one with a void that nobody settles, as that is what ends it',
    asking(
      lost(undefined, {
        withReveal: false,
        extra: {
          commitment: voided,
          transcript: failed(),
        },
        onCheckpoints: (all, log) =>
          all.flatMap((one, index) => {
            if (index === all.length - 1) return [{ ...one, seen: atOnce(failable) }]
            return log[one.seq]?.kind === 'commitment' ? [one] : []
          }),
      }),
    ),
    isFailed,
  ],
  ['does for private files that are lost', asking(lost(undefined, { extra: { transcript: failed({ reason: 'data-lost' }) } })), isFailed],
  [
    'does for a demonstration without witnesses',
    { files: () => demoBundle({ demo: true, extra: { transcript: failed() } }), demo: true },
    isFailed,
  ],
  [
    'refuses one that two witnesses held a millisecond before',
    asking(lost({ [first]: early, [second]: early, [third]: failable, [fourth]: failable })),
    differs(line(14)),
  ],
  ['refuses one that a quorum held by the earlier round', asking(lost(atOnce(addMs(failable, -1_500_000)))), differs(line(14))],
  ['heeds no single witness that held it before', asking(lost({ ...atOnce(failable), [fourth]: early })), isFailed],
  [
    'is PENDING while a quorum less one has seen it in time',
    asking(lost({ [first]: failable, [second]: failable, [third]: early })),
    { code: 3 },
  ],
  [
    'is PENDING while a stranger makes up the quorum',
    asking(lost({ [first]: failable, [second]: failable, stranger: failable })),
    { code: 3 },
  ],
  ['is PENDING without --keys', { ...asking(lost()), parts: { keys: undefined } }, { code: 3 }],
  ['is PENDING without checkpoints', { ...asking(lost()), parts: { checkpoints: undefined } }, { code: 3 }],

  // Where it may stand, and who says so
  [
    'refuses an undecided void where none stands',
    asking({ unmatched: true, extra: { commitment: failed({ reason: 'void-undecided' }) } }),
    differs(line(11, '/kind')),
  ],
  [
    'refuses an undecided void that stands before S',
    asking({ withReveal: false, unmatched: true, extra: { snapshot: voided, commitment: failed({ reason: 'void-undecided' }) } }),
    differs(line(11, '/kind')),
  ],
  [
    'refuses an undecided void of a draw that was drawn',
    asking(lost(undefined, { withReveal: false, extra: { commitment: voided, transcript: failed({ reason: 'void-undecided' }) } })),
    differs(line(12, '/kind')),
  ],
  ['refuses it before S', asking({ extra: { snapshot: failed() } }), differs(line(10, '/kind'))],
  [
    'refuses a beacon lost whose rounds were there',
    asking(lost(undefined, { extra: { transcript: failed({ reason: 'beacon-lost' }) } })),
    differs(line(14, '/kind')),
  ],
  [
    'refuses a transcript after it',
    asking({ unmatched: true, extra: { commitment: failed({ reason: 'beacon-lost' }) } }),
    differs(line(12, '/kind')),
  ],
  ['refuses a match after it', asking(lost(undefined, { unmatched: false })), differs(line(15, '/kind'))],
  ['refuses it after the match', asking({ extra: { match: failed() } }), differs(line(15, '/kind'))],
  [
    'refuses a second one',
    asking(lost(undefined, { extra: { transcript: (of) => [...failed()(of), ...failed({ reason: 'data-lost' })(of)] } })),
    differs(line(15, '/kind')),
  ],
  ['refuses it from drawing', asking(lost(undefined, { extra: { transcript: failed({}, drawing) } })), differs(line(14, '/keyId'))],
  [
    'refuses it from a unit',
    asking(lost(undefined, { extra: { transcript: failed({ unitId: unit.unitId }, unit) } })),
    differs(line(14, '/keyId')),
  ],
  [
    'refuses it in the name of another unit',
    asking(lost(undefined, { extra: { transcript: failed({ unitId: unit.unitId }) } })),
    differs(line(14, '/record/unitId')),
  ],
  [
    'refuses it of another draw behind its digest',
    asking(lost(undefined, { extra: { transcript: failed({ drawId: hex('digest', 'x') }) } })),
    differs(line(14, '/record/drawId')),
  ],
  [
    'refuses another reason',
    asking(lost(undefined, { extra: { transcript: failed({ reason: 'unwelcome' }) } })),
    differs(line(14, '/record/reason')),
  ],
  ['refuses a further member', asking(lost(undefined, { extra: { transcript: failed({ more: 1 }) } })), differs(line(14, '/record/more'))],
  [
    'refuses it without its record',
    asking(lost(undefined, { extra: { transcript: ({ drawId }) => [{ kind: 'failed', drawId, of: hex('digest', 'x'), by: superior }] } })),
    differs(line(14, '/record')),
  ],

  // What follows
  [
    'MATCH for the next attempt, with the superior’s approval',
    again({ before: ['snapshot', 'commitment', 'failed'], extra: { snapshot: approved } }),
    matches,
  ],
  [
    'MATCH after an attempt with a void that nobody settled',
    again({ before: ['snapshot', 'commitment', 'void', 'failed undecided'], extra: { snapshot: approved } }),
    matches,
  ],
  ['refuses one after that without approval', again({ before: ['snapshot', 'commitment', 'void', 'failed undecided'] }), differs(line(14))],
  [
    'refuses the log of an attempt that failed for a void that it has not',
    again({ before: ['snapshot', 'commitment', 'failed undecided'], extra: { snapshot: approved } }),
    differs(line(9, '/kind')),
  ],
  ['refuses the next attempt without it', again({ before: ['snapshot', 'commitment', 'failed'] }), differs(line(13))],
  [
    'MATCH after an attempt that was drawn and failed',
    again({ before: ['snapshot', 'commitment', 'transcript', 'failed'], extra: { snapshot: approved } }),
    matches,
  ],
  [
    'refuses an attempt that was frozen before the one before failed',
    again({ before: ['snapshot', 'commitment', 'transcript'], extra: { snapshot: (of) => [...approved(of), ...failedBefore] } }),
    differs('commitment-%.json /attempt'),
  ],
  ['MATCH for a redraw after an attempt of it that was drawn and failed', afterLostRedraw(true), matches],
  ['refuses it where that attempt did not fail', afterLostRedraw(false), differs('commitment-%.json /attempt')],
]

interface Judged {
  readonly drawId: string
  readonly node: BatchVerdict
  readonly library: BatchVerdict
  readonly python: BatchVerdict | undefined
}

describe('a draw that was declared failed, judged by both programs and the library', () => {
  const judged: Judged[] = []
  beforeAll(async () => {
    const cases: Parameters<typeof runPythonBatch>[0][number][] = []
    const here: Omit<Judged, 'python'>[] = []
    for (const [, { files: make, parts: without, demo = false }] of table) {
      const files = make()
      const names = partNames(files)
      const given = Object.fromEntries(Object.entries({ ...partsOf(files), ...without }).filter(([, text]) => text !== undefined)) as Parts
      const family = 'family' in files ? files.family : {}
      const [node, library] = [await judgeInNode(names, given, demo, family), judgeByLibrary(names, given, demo, family)]
      here.push({ drawId: files.drawId, node, library })
      const absent = Object.fromEntries(Object.keys(names).map((part) => [part, null]))
      const { files: there, ...rest } = caseOf(names, given, demo, family)
      cases.push({ ...rest, files: { ...absent, ...there } })
    }
    const inPython = runPythonBatch(cases)
    judged.push(...here.map((one, index) => ({ ...one, python: inPython[index] })))
  }, 600_000)

  it.each(table.map(([title, , expected], index) => ({ title, expected, index })))('DRW-31 DRW-32 $title', ({ expected, index }) => {
    const { drawId, node, python, library } = judged[index] as Judged
    const said = (verdict: BatchVerdict | undefined) => ({ code: verdict?.code, place: verdict?.place?.replace(drawId, '%') })
    for (const verdict of [node, python, library])
      expect(said(verdict), verdict?.said).toEqual({ code: expected.code, place: expected.place })
    expect(library.missing?.length).toBe(node.missing?.length)
    expect(python?.missing).toEqual(node.missing)
  })
})
