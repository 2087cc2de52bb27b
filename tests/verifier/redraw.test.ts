import {
  type Commitment,
  commitmentDigest,
  commitmentText,
  deriveDrawId,
  type LogEntry,
  type RosterEntry,
  type SignedTranscript,
  signSnapshot,
  transcriptDigest,
  transcriptText,
} from '@dual-random/draw'
import { addMs, canonicalJson, type Instant, type Json } from '@dual-random/kernel'
import {
  type DemoOptions,
  demoBundle,
  demoFamily,
  drawing,
  type Extra,
  type FamilyFiles,
  hashNamed,
  hex,
  openingText,
  type PlayedDraw,
  partNames,
  plainCommittedAt,
  type RedrawStep,
  regionCode,
  registry,
  seenAt,
  superior,
  unit,
} from '@dual-random/verify/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, type Family, judgeByLibrary, judgeInNode, type Parts, partsOf } from './judges.ts'
import { type BatchCase, type BatchVerdict, runPythonBatch } from './python.ts'

// Redraws (docs/draw-protocol.md §18) and approvals of attempts (§19), each judged by both programs and libs/verify.

interface Asked {
  readonly options?: DemoOptions
  /** Redraws of the draw; the last of them is judged, or the draw itself where there are none. */
  readonly steps?: readonly RedrawStep[]
  /** Files of the family changed, or left out. */
  readonly family?: (files: FamilyFiles, all: readonly FamilyFiles[]) => Readonly<Record<string, string | undefined>>
  readonly opening?: 'drawn' | 'excluded'
  readonly demo?: boolean
  readonly parts?: (parts: Required<Parts>) => Partial<Record<keyof Parts, string | undefined>>
}
interface Expected {
  readonly code: number
  /** `%` stands for the drawId, `^` for the parent's, `#` for a number. */
  readonly place?: string
  readonly says?: string
}
const matches: Expected = { code: 0 }
/** A place in the redraw's S where no file is named. */
const differs = (place: string): Expected => ({ code: 1, place: place.startsWith('/') ? `commitment-%.json ${place}` : place })
const refused = (says: string): Expected => ({ code: 2, says })

const replacement: RedrawStep = { purpose: 'replacement' }
const rematch: RedrawStep = { purpose: 'rematch', labels: [3, 2] }
const escalation: RedrawStep = { purpose: 'escalation', counts: { A: 2, D: 1 } }
const hash = hashNamed('sha256')

type OnRoster = NonNullable<RedrawStep['onRoster']>
/** Makes the first member drawable, or not, of whom something is true. */
const turned =
  (excluded: boolean, is: (entry: RosterEntry, family: readonly PlayedDraw[]) => boolean): OnRoster =>
  (roster, family) => {
    const index = roster.findIndex((entry) => entry.excluded !== excluded && is(entry, family))
    if (index < 0) throw new Error('nobody to turn')
    return roster.map((entry, at) => (at === index ? { ...entry, excluded } : entry))
  }
const wasExcluded = ({ label }: RosterEntry, [parent]: readonly PlayedDraw[]): boolean =>
  parent?.roster.some((one) => one.label === label && one.excluded) === true
const wasDrawn = ({ label }: RosterEntry, family: readonly PlayedDraw[]): boolean => family.some(({ drawn }) => drawn.includes(label))
const onlyLast = ({ label }: RosterEntry, family: readonly PlayedDraw[]): boolean => family.at(-1)?.drawn.includes(label) === true

type OnCommitment = NonNullable<DemoOptions['onCommitment']>
const subject =
  (change: (of: Extract<Commitment['subject'], { kind: 'redraw' }>) => object): OnCommitment =>
  (s) => ({ ...s, subject: { ...s.subject, ...change(s.subject as never) } })
const approval = (change: (of: { reasons: readonly Json[]; approvedAt: Instant }) => object): OnCommitment =>
  subject((of) => ({ approval: { ...of.approval, ...change(of.approval) } }))
const snapshot =
  (change: (of: Commitment['snapshot']) => object): OnCommitment =>
  (s) => {
    const changed = { ...s.snapshot, ...change(s.snapshot) }
    return { ...s, snapshot: changed, snapshotSignature: signSnapshot(hash, changed, registry) }
  }
const withoutLabels: OnCommitment = (s) => {
  const { labelsOf: parent, ...others } = s.snapshot
  return parent === undefined ? s : { ...s, snapshot: others }
}
/** One more of the first stratum that has a number. */
const oneMore: OnCommitment = (s) => {
  const index = s.strata.findIndex(({ n }) => n > 0)
  const strata = s.strata.map((one, at) => {
    if (at !== index || one.rule.kind !== 'count') return one
    const count = one.rule.count + 1
    return { ...one, rule: { kind: 'count', count } as const, raw: { numerator: count, denominator: 1 }, n: one.n + 1 }
  })
  return { ...s, strata, batchSizes: [(s.batchSizes[0] ?? 0) + 1] }
}
const none: OnCommitment = (s) => ({
  ...s,
  strata: s.strata.map((one) => ({ ...one, rule: { kind: 'count', count: 0 }, raw: { numerator: 0, denominator: 1 }, n: 0 })),
  batchSizes: [0],
})

const redrawIdOf = (parentDrawId: string, number: number, attempt: number): string =>
  deriveDrawId(hash, { regionCode, subject: { kind: 'redraw', parentDrawId }, batch: number, attempt })
const attemptId = (attempt: number): string =>
  deriveDrawId(hash, { regionCode, subject: { kind: 'plan-line', planId: 'plan-2026', lineId: 'line-03' }, batch: 1, attempt })
const parentId = attemptId(1)
const entryOf = (kind: Extra['kind'], drawId: string, of: string, by: Extra['by'] = drawing): Extra => ({ kind, drawId, of, by })

const witnessed: DemoOptions = { witnessed: true, withReveal: true, demo: false }
/** The slow beacon's round. */
const lastRound = '2026-03-02T02:00:00.000Z' as Instant
const parentAsOf = addMs(plainCommittedAt, -300_000)

/** A draw on clues, whose files stand beside the family's. */
const stranger = (() => {
  const { drawId, transcript, commitment } = demoBundle({ ...witnessed, onClues: true })
  return {
    after: { drawId, transcript: transcriptDigest(hash, (JSON.parse(transcript) as SignedTranscript).transcript) },
    files: { [`transcript-${drawId}.json`]: transcript, [`commitment-${drawId}.json`]: commitment },
  }
})()

/** The parent's transcript as it never entered the log. */
const forged = (() => {
  const signed = JSON.parse(demoBundle(witnessed).transcript) as SignedTranscript
  const transcript = { ...signed.transcript, drawnSet: signed.transcript.drawnSet.slice(1) }
  return { digest: transcriptDigest(hash, transcript), text: canonicalJson({ ...signed, transcript }) }
})()

/** A second attempt of the first redraw, frozen before the redraw that is judged and drawn after that one was frozen. */
const second = redrawIdOf(parentId, 1, 2)
const twin = (() => {
  const [, first] = demoFamily([replacement], witnessed)
  if (first === undefined) throw new Error('no redraw')
  const commitment = { ...(JSON.parse(first.commitment) as Commitment), drawId: second, attempt: 2 }
  const signed = JSON.parse(first.transcript) as SignedTranscript
  const transcript = { ...signed.transcript, drawId: second, commitment: commitmentDigest(hash, commitment) }
  return {
    transcript: transcriptDigest(hash, transcript),
    files: {
      [`transcript-${second}.json`]: transcriptText({ ...signed, transcript }),
      [`commitment-${second}.json`]: commitmentText(commitment),
    },
  }
})()
const overlapping: readonly RedrawStep[] = [
  {
    ...replacement,
    extra: { match: () => [entryOf('snapshot', second, hex('digest', 'overlapping'))].map((one) => ({ ...one, by: registry })) },
  },
  {
    ...escalation,
    number: 2,
    extra: {
      snapshot: () => [entryOf('commitment', second, hex('digest', 'overlapping S')), entryOf('transcript', second, twin.transcript)],
    },
  },
]

const approved =
  (change: Readonly<Record<string, Json>> = {}, by: Extra['by'] = superior) =>
  ({ drawId }: { readonly drawId: string }): readonly Extra[] => {
    const record = {
      type: 'dual-random/approval/v1',
      drawId,
      unitId: superior.unitId,
      reason: '单位乙的秘密值已公开',
      order: null,
      ...change,
    }
    return [{ kind: 'approval', drawId, of: record, by }]
  }
/** S of the attempt before with its round a day before, so that nothing of it was witnessed in time. */
const dueEarlier = (of: Commitment): Commitment => ({
  ...of,
  beacons: of.beacons.map((one) => ('genesisTime' in one ? { ...one, genesisTime: one.genesisTime - 86_400 } : one)),
})
/** The same, but that everybody held S of it in time. */
const heldEarlier: NonNullable<DemoOptions['onCheckpoints']> = (checkpoints, log) => [
  { seq: log.find(({ kind }) => kind === 'commitment')?.seq ?? 0, seen: seenAt(addMs(plainCommittedAt, -86_400_000)) },
  ...checkpoints,
]
/** A void of the draw itself between its S and its transcript. */
const voidedIn = ({ drawId }: { readonly drawId: string }): readonly Extra[] => [
  entryOf('void', drawId, { type: 'dual-random/void/v1', drawId, reason: '' } as never),
]
const seqOf = (log: readonly LogEntry[], kind: LogEntry['kind']): number => log.findLast((line) => line.kind === kind)?.seq ?? 0
type Seen = Parameters<NonNullable<DemoOptions['onCheckpoints']>>[0]
/** Nobody's word about the void before the transcript's; S was held in time. */
const withoutVoid: NonNullable<DemoOptions['onCheckpoints']> = (_all, log) => [
  { seq: seqOf(log, 'commitment'), seen: seenAt(addMs(plainCommittedAt, 60_000)) },
  ...heldAfter(log),
]
const afterRound = addMs(plainCommittedAt, 10_800_000)
const heldAfter = (log: readonly LogEntry[]): Seen => [{ seq: seqOf(log, 'transcript'), seen: seenAt(addMs(afterRound, 60_000)) }]
/** So many held exactly the void after the round. */
const lateVoid = (_all: Seen, log: readonly LogEntry[], count = 4): Seen => {
  const late = Object.entries(seenAt(addMs(afterRound, -60_000), addMs(afterRound, -30_000))).slice(0, count)
  return [
    { seq: seqOf(log, 'commitment'), seen: seenAt(addMs(plainCommittedAt, 60_000)) },
    { seq: seqOf(log, 'void'), seen: Object.fromEntries(late) },
    ...heldAfter(log),
  ]
}
/** The first witness says of the transcript's line that it held it when S was made. */
const datedBack = (checkpoints: Seen): Seen =>
  checkpoints.map((one, index) =>
    index < checkpoints.length - 1
      ? one
      : { ...one, seen: { ...one.seen, ...Object.fromEntries(Object.entries(seenAt(plainCommittedAt)).slice(0, 1)) } },
  )
const seen = ['tip', 'snapshot', 'commitment', 'reveal', 'void'] as const
const again = (options: DemoOptions): Asked => ({ options: { attempt: 2, ...options } })

type Case = readonly [title: string, asked: Asked, expected: Expected]

const table: readonly Case[] = [
  ['MATCH for a replacement', { steps: [replacement] }, matches],
  ['MATCH for a rematch after it', { steps: [replacement, rematch] }, matches],
  ['MATCH for an escalation after both', { steps: [replacement, rematch, escalation] }, matches],
  [
    'MATCH for the replacement of one that was matched anew',
    { steps: [replacement, rematch, { ...replacement, labels: [3, 1] }] },
    matches,
  ],
  ['MATCH by SM3', { steps: [replacement, escalation], options: { hash: 'sm3' } }, matches],
  ['MATCH for a redraw of a draw on clues', { steps: [replacement], options: { onClues: true } }, matches],
  ['MATCH with labels in the openings', { steps: [replacement, rematch], options: { publicOpening: 'full' } }, matches],
  ['MATCH without secrets', { steps: [replacement, rematch], options: { withReveal: false } }, matches],
  [
    'MATCH (demo keys) for a demonstration',
    { steps: [replacement, rematch], demo: true, options: { demo: true, witnessed: false, withReveal: false } },
    matches,
  ],
  ['MATCH for the parent, whose files stay as they are', { steps: [] }, matches],
  ['MATCH with the opening of one that was drawn', { steps: [replacement], opening: 'drawn' }, matches],
  ['MATCH with the opening of one that was excluded', { steps: [replacement], opening: 'excluded' }, matches],
  [
    'MATCH where who had come under a ground has not',
    {
      steps: [
        {
          ...replacement,
          onRoster: (roster, [parent]) =>
            parent?.roster.map((one) => ({ ...one, excluded: one.excluded || parent.drawn.includes(one.label) })) ?? roster,
        },
      ],
    },
    matches,
  ],
  ['MATCH where one more came under a ground', { steps: [{ ...escalation, onRoster: turned(true, () => true) }] }, matches],

  // Files of the family
  [
    'refused without the transcript of the parent',
    { steps: [replacement], family: () => ({ [`transcript-${parentId}.json`]: undefined }) },
    refused(`transcript-${parentId}.json`),
  ],
  [
    'refused without the S of the parent',
    { steps: [replacement], family: () => ({ [`commitment-${parentId}.json`]: undefined }) },
    refused(`commitment-${parentId}.json`),
  ],
  [
    'refused without the roster of the parent',
    { steps: [replacement], family: () => ({ [`rosters/${parentId}.ndjson`]: undefined }) },
    refused(`rosters/${parentId}.ndjson`),
  ],
  [
    'refused without the transcript of an earlier redraw',
    { steps: [replacement, rematch], family: () => ({ [`transcript-${redrawIdOf(parentId, 1, 1)}.json`]: undefined }) },
    refused(`transcript-${redrawIdOf(parentId, 1, 1)}.json`),
  ],
  [
    'MATCH without the roster of an earlier redraw',
    { steps: [replacement, rematch], family: () => ({ [`rosters/${redrawIdOf(parentId, 1, 1)}.ndjson`]: undefined }) },
    matches,
  ],
  [
    'not with a transcript of the parent that is none',
    { steps: [replacement], family: () => ({ [`transcript-${parentId}.json`]: '{}' }) },
    differs('transcript-^.json /keyId'),
  ],
  [
    'not with an S of the parent that is none',
    { steps: [replacement], family: () => ({ [`commitment-${parentId}.json`]: '{}' }) },
    differs('commitment-^.json /algorithm'),
  ],
  [
    'not with a roster of the parent that is none',
    { steps: [replacement], family: () => ({ [`rosters/${parentId}.ndjson`]: '{}\n' }) },
    differs('rosters/^.ndjson line 1 /excluded'),
  ],
  [
    'not with another S of the parent',
    {
      steps: [replacement],
      family: ({ family }) => ({ [`commitment-${parentId}.json`]: family[`commitment-${parentId}.json`]?.replace('line-03', 'line-04') }),
    },
    differs('transcript-^.json /transcript/commitment'),
  ],
  [
    'not with another roster of the parent, by which somebody was not excluded',
    {
      steps: [replacement],
      family: ({ family }) => ({
        [`rosters/${parentId}.ndjson`]: family[`rosters/${parentId}.ndjson`]?.replace('"excluded":true', '"excluded":false'),
      }),
    },
    differs('commitment-^.json /snapshot/rosterDigest'),
  ],
  [
    'not with another transcript of the parent, by which others were drawn',
    {
      steps: [replacement],
      family: ({ family }) => ({
        [`transcript-${parentId}.json`]: family[`transcript-${parentId}.json`]?.replace(/"label":"[0-9a-f]{8}/, '"label":"00000000'),
      }),
    },
    differs('/subject/after/0/transcript'),
  ],

  // The subject
  [
    'not with an unknown purpose',
    { steps: [{ ...replacement, onCommitment: subject(() => ({ purpose: 'swap' })) }] },
    differs('/subject/purpose'),
  ],
  ['not with another parent', { steps: [{ ...replacement, onCommitment: subject(() => ({ parentDrawId: second })) }] }, differs('/drawId')],
  [
    'not with labels out of order',
    { steps: [{ ...replacement, onCommitment: subject(({ labels }) => ({ labels: labels.toReversed() })) }] },
    differs('/subject/labels/1'),
  ],
  [
    'not with a label twice',
    { steps: [{ ...replacement, onCommitment: subject(({ labels: [label] }) => ({ labels: [label, label] })) }] },
    differs('/subject/labels/1'),
  ],
  [
    'not with a replacement of nobody',
    { steps: [{ ...replacement, onCommitment: subject(() => ({ labels: [] })) }] },
    differs('/subject/labels'),
  ],
  [
    'not with an escalation that names somebody',
    { steps: [{ ...escalation, onCommitment: subject(() => ({ labels: [second] })) }] },
    differs('/subject/labels'),
  ],
  [
    'not with the draws before it out of order',
    { steps: [replacement, { ...rematch, onCommitment: subject(({ after }) => ({ after: after.toReversed() })) }] },
    differs('/subject/after/1'),
  ],
  [
    'not where the parent is not among them',
    { steps: [{ ...replacement, onCommitment: subject(() => ({ after: [] })) }] },
    differs('/subject/after'),
  ],
  [
    'not without a reason',
    { steps: [{ ...replacement, onCommitment: approval(() => ({ reasons: [] })) }] },
    differs('/subject/approval/reasons'),
  ],
  [
    'not with reasons out of order',
    { steps: [{ ...replacement, onCommitment: approval(({ reasons }) => ({ reasons: [...reasons, { reason: 'leave', count: 1 }] })) }] },
    differs('/subject/approval/reasons/1'),
  ],
  [
    'not with an empty reason',
    { steps: [{ ...replacement, onCommitment: approval(() => ({ reasons: [{ reason: '', count: 1 }] })) }] },
    differs('/subject/approval/reasons/0/reason'),
  ],
  [
    'not with a reason that nobody gave',
    { steps: [{ ...replacement, onCommitment: approval(() => ({ reasons: [{ reason: 'leave', count: 0 }] })) }] },
    differs('/subject/approval/reasons/0/count'),
  ],
  [
    'not with an approval after the commitment',
    { steps: [{ ...replacement, onCommitment: (s) => approval(() => ({ approvedAt: addMs(s.committedAt, 1) }))(s) }] },
    differs('/subject/approval/approvedAt'),
  ],
  [
    'MATCH with an approval at the commitment',
    { steps: [{ ...replacement, onCommitment: (s) => approval(() => ({ approvedAt: s.committedAt }))(s) }] },
    matches,
  ],

  // What S says of its draw
  [
    'not with the labels of another draw',
    { steps: [{ ...replacement, onCommitment: snapshot(() => ({ labelsOf: second })) }] },
    differs('/snapshot/labelsOf'),
  ],
  [
    'not without the draw whose labels they are',
    { steps: [{ ...replacement, onCommitment: withoutLabels }] },
    differs('/snapshot/labelsOf'),
  ],
  [
    'not with the labels of another draw where it is no redraw',
    { options: { onCommitment: snapshot(() => ({ labelsOf: second })) } },
    differs('/snapshot/labelsOf'),
  ],
  [
    'not with a ratio for a rule',
    {
      steps: [
        {
          ...escalation,
          onCommitment: (s) => ({
            ...s,
            strata: s.strata.map((one) => ({
              ...one,
              rule: {
                kind: 'ratio',
                ratio: { numerator: 0, denominator: 1 },
                batchShare: { numerator: 1, denominator: 1 },
                base: 'mapped',
                rounding: 'up',
              },
              raw: { numerator: 0, denominator: 1 },
              n: 0,
            })),
            batchSizes: [0],
          }),
        },
      ],
    },
    differs('/strata/0/rule/kind'),
  ],
  ['not with nothing to draw', { steps: [{ ...escalation, onCommitment: none }] }, differs('/strata')],
  ['not in two batches', { steps: [{ ...replacement, onCommitment: (s) => ({ ...s, batchSizes: [1, 1] }) }] }, differs('/batchSizes')],

  // The family
  [
    'not with another digest of the parent’s transcript',
    { steps: [{ ...replacement, onSubject: (of) => ({ ...of, after: of.after.map((one) => ({ ...one, transcript: second })) }) }] },
    differs('/subject/after/0/transcript'),
  ],
  [
    'not after the draw of another line',
    {
      steps: [{ ...replacement, onSubject: (of) => ({ ...of, after: [...of.after, stranger.after] }) }],
      family: () => stranger.files,
    },
    differs('/subject/after/#/drawId'),
  ],
  [
    'not with a redraw for its parent',
    { steps: [replacement, { ...escalation, number: 1, onSubject: (of, family) => ({ ...of, parentDrawId: family[1]?.drawId ?? '' }) }] },
    differs('/subject/after/#/drawId'),
  ],
  ['MATCH with a commitment at the last round of the parent', { steps: [{ ...replacement, day: 0, committedAt: lastRound }] }, matches],
  ['not with a commitment before it', { steps: [{ ...replacement, day: 0, committedAt: addMs(lastRound, -1) }] }, differs('/committedAt')],
  [
    'not for another subject',
    { steps: [{ ...replacement, onCommitment: (s) => ({ ...s, subjectDigest: second }) }] },
    differs('/subjectDigest'),
  ],
  [
    'not by another organiser',
    { steps: [{ ...replacement, onCommitment: (s) => ({ ...s, organiserUnitId: 'bureau-230900' }) }] },
    differs('/organiserUnitId'),
  ],
  [
    'not from a pool with one object less',
    { steps: [{ ...replacement, onRoster: (roster) => roster.slice(0, -1) }] },
    differs('/snapshot/root'),
  ],
  [
    'not under another key',
    { steps: [{ ...replacement, onCommitment: snapshot(() => ({ keyDigest: second })) }] },
    differs('/snapshot/keyDigest'),
  ],
  [
    'not from other objects behind the labels',
    { steps: [{ ...replacement, onCommitment: snapshot(() => ({ privateFileDigest: second })) }] },
    differs('/snapshot/privateFileDigest'),
  ],
  [
    'not from a pool as of the parent’s freeze',
    { steps: [{ ...replacement, onCommitment: snapshot(() => ({ asOf: parentAsOf })) }] },
    differs('/snapshot/asOf'),
  ],
  [
    'MATCH from a pool as of a millisecond later',
    { steps: [{ ...replacement, onCommitment: snapshot(() => ({ asOf: addMs(parentAsOf, 1) })) }] },
    matches,
  ],
  [
    'not for an object that was not drawn',
    {
      steps: [
        {
          ...replacement,
          onSubject: (of, [parent]) => ({
            ...of,
            labels: [parent?.roster.find((one) => !one.excluded && !parent.drawn.includes(one.label))?.label ?? ''],
          }),
        },
      ],
    },
    differs('/subject/labels/0'),
  ],
  [
    'not for an object that has been replaced',
    { steps: [replacement, { ...rematch, onSubject: (of, family) => ({ ...of, labels: family[1]?.labels.slice(0, 1) ?? [] }) }] },
    differs('/subject/labels/0'),
  ],
  ['not with one more than leave', { steps: [{ ...replacement, onCommitment: oneMore }] }, differs('/strata/#/rule/count')],

  // Who may be drawn
  [
    'not where who was drawn by the parent may be drawn again',
    { steps: [{ ...replacement, onRoster: turned(false, wasDrawn) }] },
    differs('rosters/%.ndjson line # /excluded'),
  ],
  [
    'not where who was drawn by an earlier redraw may be',
    { steps: [replacement, { ...escalation, onRoster: turned(false, onlyLast) }] },
    differs('rosters/%.ndjson line # /excluded'),
  ],
  [
    'not where who was excluded before may be',
    { steps: [{ ...escalation, onRoster: turned(false, wasExcluded) }] },
    differs('rosters/%.ndjson line # /excluded'),
  ],
  [
    'not where somebody else may be matched anew',
    { steps: [{ ...rematch, onRoster: turned(false, () => true) }] },
    differs('rosters/%.ndjson line # /excluded'),
  ],
  [
    'not where one of those to be matched anew may not',
    { steps: [{ ...rematch, onRoster: turned(true, () => true) }] },
    differs('rosters/%.ndjson line # /excluded'),
  ],

  // The log
  ['not with a number skipped', { steps: [{ ...replacement, number: 2 }] }, differs('/batch')],
  [
    'not without an earlier redraw among those before',
    {
      steps: [
        replacement,
        { ...escalation, onSubject: (of) => ({ ...of, after: of.after.filter(({ drawId }) => drawId === of.parentDrawId) }) },
      ],
    },
    differs('/subject/after'),
  ],
  [
    'not with a transcript of the parent that is not the one in the log',
    {
      steps: [{ ...replacement, onSubject: (of) => ({ ...of, after: [{ drawId: parentId, transcript: forged.digest }] }) }],
      family: () => ({ [`transcript-${parentId}.json`]: forged.text }),
    },
    differs('/subject/after'),
  ],
  ['not where a redraw frozen before is drawn afterwards, and not named', { steps: overlapping }, differs('/subject/after')],
  [
    'not where one is drawn afterwards, though it is named',
    {
      steps: overlapping.map((step, index) =>
        index === 0
          ? step
          : { ...step, onSubject: (of) => ({ ...of, after: [...of.after, { drawId: second, transcript: twin.transcript }] }) },
      ),
      family: () => twin.files,
    },
    differs('region-log-230300.ndjson line #'),
  ],
  [
    'MATCH where one that was frozen before came to nothing',
    {
      steps: [
        { ...replacement, extra: { match: () => [{ ...entryOf('snapshot', second, hex('digest', 'x')), by: registry }] } },
        escalation,
      ],
    },
    matches,
  ],
  [
    'not with an entry of the kind that redraws had in drafts',
    { options: { extra: { match: ({ drawId }) => [entryOf('replacement' as 'match', drawId, hex('digest', 'x'))] } } },
    differs('region-log-230300.ndjson line 15 /kind'),
  ],

  // Attempts and their approval (§19)
  ['MATCH for a second attempt after a void', again({ before: ['snapshot', 'void'] }), matches],
  [
    'not after an attempt that stands, without the superior’s approval',
    again({ before: ['snapshot', 'commitment'] }),
    differs('region-log-230300.ndjson line 12'),
  ],
  [
    'not after an attempt that stands, though it is approved',
    again({ before: ['snapshot', 'commitment'], extra: { snapshot: approved() } }),
    differs('/attempt'),
  ],
  [
    'not after one that stands with its secrets seen, though it is approved',
    again({ before: seen.slice(0, 4), extra: { snapshot: approved() } }),
    differs('/attempt'),
  ],
  [
    'MATCH with an approval after an attempt of which a secret is missing',
    again({ before: seen.slice(0, 3), extra: { snapshot: approved() } }),
    matches,
  ],
  [
    'MATCH with an approval after an attempt that was not witnessed in time',
    again({ before: ['snapshot', 'commitment'], onEarlier: dueEarlier, extra: { snapshot: approved() } }),
    matches,
  ],
  [
    'not after it without an approval, whatever void came after its deadline',
    again({ before: ['snapshot', 'commitment', 'void'], onEarlier: dueEarlier }),
    differs('region-log-230300.ndjson line 13'),
  ],
  [
    'MATCH after such a void with an approval',
    again({ before: ['snapshot', 'commitment', 'void'], onEarlier: dueEarlier, extra: { snapshot: approved() } }),
    matches,
  ],
  [
    'not after an attempt that stands and was voided when its result was out, though it is approved',
    again({
      before: ['snapshot', 'commitment', 'void'],
      onEarlier: dueEarlier,
      onCheckpoints: heldEarlier,
      extra: { snapshot: approved() },
    }),
    differs('/attempt'),
  ],
  [
    'refused without the S of an attempt before that stands in the log',
    { ...again({ before: ['snapshot', 'commitment', 'void'] }), family: () => ({ [`commitment-${parentId}.json`]: undefined }) },
    refused(`commitment-${parentId}.json`),
  ],
  [
    'not with another S of the attempt before',
    {
      ...again({ before: ['snapshot', 'commitment', 'void'] }),
      family: ({ family }) => ({
        [`commitment-${parentId}.json`]: family[`commitment-${parentId}.json`]?.replace('"marginSeconds":600', '"marginSeconds":601'),
      }),
    },
    differs('region-log-230300.ndjson line 8 /digest'),
  ],
  ['not as a third attempt where there was no first', { options: { attempt: 3, before: ['snapshot', 'void'] } }, differs('/attempt')],
  [
    'not where the attempt before got its S after this one was frozen',
    again({ before: ['snapshot'], extra: { snapshot: () => [entryOf('commitment', parentId, hex('digest', 'late S'))] } }),
    differs('/attempt'),
  ],
  [
    'not where the next attempt was frozen before this one got its S',
    {
      options: {
        extra: { snapshot: () => [{ ...entryOf('snapshot', attemptId(2), hex('digest', 'next')), by: registry }] },
      },
    },
    differs('/attempt'),
  ],
  ['not after an attempt that was never frozen', again({}), differs('/attempt')],
  ['not after an attempt that was drawn', again({ before: ['snapshot', 'commitment', 'transcript'] }), differs('/attempt')],
  ['not after a reveal, without the superior’s approval', again({ before: seen }), differs('region-log-230300.ndjson line 15')],
  ['not after a reveal without a void either', again({ before: seen.slice(0, 4) }), differs('region-log-230300.ndjson line 14')],
  ['MATCH after a reveal, with it', again({ before: seen, extra: { snapshot: approved() } }), matches],
  [
    'not after a void before any reveal, as who gave the tip may have shown its secret',
    again({ before: ['tip', 'snapshot', 'commitment', 'void', 'reveal'] }),
    differs('region-log-230300.ndjson line 15'),
  ],
  ['MATCH after a void before S, whoever gave a tip', again({ before: ['tip', 'snapshot', 'void', 'commitment'] }), matches],
  [
    'MATCH where a transcript of the attempt before came after its own',
    again({
      before: ['snapshot', 'commitment', 'void'],
      extra: { transcript: () => [entryOf('transcript', parentId, hex('digest', 'too late'))] },
    }),
    matches,
  ],
  [
    'not where the next attempt was frozen before this one was drawn',
    {
      options: {
        extra: { commitment: () => [{ ...entryOf('snapshot', attemptId(2), hex('digest', 'next')), by: registry }] },
      },
    },
    differs('/attempt'),
  ],
  [
    'not with an S of the attempt before that names no beacon',
    again({ before: ['snapshot', 'commitment', 'void'], onEarlier: (of) => ({ ...of, beacons: [] }) }),
    differs(`commitment-${parentId}.json /beacons`),
  ],
  [
    'PENDING with a void that nobody shows to have come too late',
    { options: { withReveal: false, extra: { commitment: voidedIn }, onCheckpoints: withoutVoid } },
    { code: 3, says: 'witnesses' },
  ],
  [
    'MATCH with one that three held too late, whatever one of them dates back afterwards',
    { options: { withReveal: false, extra: { commitment: voidedIn }, onCheckpoints: (all, log) => datedBack(lateVoid(all, log, 3)) } },
    matches,
  ],
  [
    'MATCH where S of an attempt before, that was only frozen, enters after its own transcript',
    again({ before: ['snapshot'], extra: { transcript: () => [entryOf('commitment', parentId, hex('digest', 'late S'))] } }),
    matches,
  ],
  [
    'MATCH with one that a quorum held too late',
    { options: { withReveal: false, extra: { commitment: voidedIn }, onCheckpoints: lateVoid } },
    matches,
  ],
  [
    'PENDING with one that a quorum less one held too late',
    { options: { withReveal: false, extra: { commitment: voidedIn }, onCheckpoints: (all, log) => lateVoid(all, log, 2) } },
    { code: 3, says: 'witnesses' },
  ],
  ['MATCH with an approval that nobody needs', { options: { extra: { snapshot: approved() } } }, matches],
  [
    'not with the approval of another attempt',
    again({ before: seen, extra: { snapshot: () => approved()({ drawId: second }) } }),
    differs('region-log-230300.ndjson line 16'),
  ],
  [
    'not with an approval by a unit',
    again({ before: seen, extra: { snapshot: approved({ unitId: unit.unitId }, unit) } }),
    differs('region-log-230300.ndjson line 15 /keyId'),
  ],
  [
    'not with one by the organiser',
    again({ before: seen, extra: { snapshot: approved({}, drawing) } }),
    differs('region-log-230300.ndjson line 15 /keyId'),
  ],
  [
    'not with one in the name of another unit',
    again({ before: seen, extra: { snapshot: approved({ unitId: unit.unitId }) } }),
    differs('region-log-230300.ndjson line 15 /record/unitId'),
  ],
  [
    'not with one for another draw behind its digest',
    again({ before: seen, extra: { snapshot: approved({ drawId: second }) } }),
    differs('region-log-230300.ndjson line 15 /record/drawId'),
  ],
  [
    'not with one without a reason',
    again({ before: seen, extra: { snapshot: approved({ reason: '' }) } }),
    differs('region-log-230300.ndjson line 15 /record/reason'),
  ],
  [
    'not with an approval after S',
    again({ before: seen, extra: { commitment: approved() } }),
    differs('region-log-230300.ndjson line 16 /kind'),
  ],
  [
    'MATCH with two approvals',
    again({ before: seen, extra: { snapshot: (draw) => [...approved()(draw), ...approved({ reason: '又' })(draw)] } }),
    matches,
  ],
  [
    'not with the approval of an order, as it is no redraw',
    again({ before: seen, extra: { snapshot: approved({ order: second }) } }),
    differs('region-log-230300.ndjson line 16'),
  ],
  [
    'not with an order that is no digest',
    again({ before: seen, extra: { snapshot: approved({ order: 'x' }) } }),
    differs('region-log-230300.ndjson line 15 /record/order'),
  ],
  ['MATCH for the second attempt of a redraw', { steps: [{ ...replacement, attempt: 2, before: ['snapshot', 'void'] }] }, matches],
  [
    'not for one after a reveal without approval',
    { steps: [{ ...replacement, attempt: 2, before: seen, onOrder: () => undefined }] },
    differs('region-log-230300.ndjson line #'),
  ],
  ['MATCH for one after a reveal with it', { steps: [{ ...replacement, attempt: 2, before: seen }] }, matches],
  [
    'not for a redraw that no entry of the superior approves, whatever its S says',
    { steps: [{ ...replacement, onOrder: () => undefined }] },
    differs('region-log-230300.ndjson line #'),
  ],
  ...(
    [
      ['other labels', replacement, (order) => ({ ...order, labels: order.labels.slice(1) })],
      ['another purpose', replacement, (order) => ({ ...order, purpose: 'rematch' })],
      [
        'other reasons',
        replacement,
        (order) => ({ ...order, approval: { ...order.approval, reasons: [{ reason: 'recusal', count: 1 }] } }),
      ],
      ['another number', replacement, (order) => ({ ...order, number: 2 })],
      ['more objects than it draws', escalation, (order) => ({ ...order, counts: [{ stratum: 'A', count: 2 }] })],
    ] as const satisfies readonly (readonly [string, RedrawStep, NonNullable<DemoOptions['onOrder']>])[]
  ).map(
    ([what, step, onOrder]): Case => [
      `not for a redraw where the superior approved ${what}`,
      { steps: [{ ...step, onOrder }] },
      differs('region-log-230300.ndjson line #'),
    ],
  ),
]

interface Judged {
  readonly drawId: string
  readonly parentDrawId: string
  readonly node: BatchVerdict
  readonly library: BatchVerdict
  readonly python: BatchVerdict | undefined
}

/** The files of the draw that is judged, and of its family. */
function playedFiles({ options = {}, steps = [], family, opening, parts }: Asked) {
  const all = demoFamily(steps, { ...witnessed, ...options })
  const [files, parent] = [all.at(-1), all[0]]
  if (files === undefined || parent === undefined) throw new Error('nothing played')
  const changed = { ...files.family, ...family?.(files, all) }
  const beside = Object.fromEntries(Object.entries(changed).filter(([, text]) => text !== undefined)) as Family
  const own = files.ownOpenings().find(({ label }) => files.transcript.includes(label) === (opening === 'drawn'))
  const whole = { ...partsOf(files), ...(opening === undefined || own === undefined ? {} : { opening: openingText(own) }) }
  const given = Object.fromEntries(
    Object.entries({ ...whole, ...parts?.(whole as Required<Parts>) }).filter(([, text]) => text !== undefined),
  )
  return { drawId: files.drawId, parentDrawId: parent.drawId, names: partNames(files), given: given as Parts, beside }
}

/** A place as the table writes it. */
function shown(place: string | undefined, { drawId, parentDrawId }: Judged, expected: string): string | undefined {
  const named = place?.replaceAll(drawId, '%').replaceAll(parentDrawId, '^')
  return expected.includes('#') ? named?.replace(/(?<=line |\/)\d+(?= |\/|$)/, '#') : named
}

describe('redraws and second attempts, judged by both programs and the library', () => {
  const judged: Judged[] = []
  beforeAll(async () => {
    const cases: BatchCase[] = []
    const inNode: Omit<Judged, 'python'>[] = []
    for (const [, asked] of table) {
      const { drawId, parentDrawId, names, given, beside } = playedFiles(asked)
      const { demo = false } = asked
      inNode.push({
        drawId,
        parentDrawId,
        node: await judgeInNode(names, given, demo, beside),
        library: judgeByLibrary(names, given, demo, beside),
      })
      const absent = Object.fromEntries(Object.keys(names).map((part) => [part, null]))
      cases.push({ demo, files: { ...absent, ...caseOf(names, given, demo).files }, family: beside })
    }
    const inPython = runPythonBatch(cases)
    judged.push(...inNode.map((one, index) => ({ ...one, python: inPython[index] })))
  }, 600_000)

  it.each(table.map(([title, , expected], index) => ({ title, expected, index })))('DRW-30 DRW-31 $title', ({ expected, index }) => {
    const one = judged[index] as Judged
    for (const verdict of [one.node, one.python, one.library]) {
      const said = [...(verdict?.missing ?? []), verdict?.said ?? ''].join(' ')
      expect(verdict?.code, said).toBe(expected.code)
      expect(shown(verdict?.place, one, expected.place ?? ''), said).toBe(expected.place)
      expect(said).toContain(expected.says ?? '')
    }
    expect(one.node.place).toBe(one.python?.place)
  })
})
