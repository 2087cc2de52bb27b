import type { Commitment, RedrawSubject, RosterEntry } from '@dual-random/draw'
import { addMs, type Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { demoFamily } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import { checkRedraw, checkRedrawRoster, checkRedrawSubject, checkRelative, type Relative } from './check-redraw.ts'

type Draw = ReturnType<typeof readDraw>
type Redraw = Draw & { readonly subject: RedrawSubject; readonly before: readonly Draw[] }

const [parent, ...others] = demoFamily([
  { purpose: 'replacement' },
  { purpose: 'rematch', labels: [3, 2] },
  { purpose: 'escalation', counts: { A: 2, D: 1 } },
]).map(readDraw) as [Draw, ...Draw[]]
const redraws = others.map((draw, index): Redraw => {
  const { subject } = draw.commitment
  if (subject.kind !== 'redraw') throw new Error('no redraw')
  // `after` ascends by drawId, and so do the files that are read for it.
  const before = [parent, ...others.slice(0, index)].sort((a, b) => (a.commitment.drawId < b.commitment.drawId ? -1 : 1))
  return { ...draw, subject, before }
})
const [replacement, rematch, escalation] = redraws as [Redraw, Redraw, Redraw]
const elsewhere = '0'.repeat(64)
const drawnOf = ({ transcript }: Draw): readonly string[] => transcript.strata.flatMap(({ drawn }) => drawn.map(({ label }) => label))
const labelWhere = ({ roster }: Draw, is: (entry: RosterEntry) => boolean): string => roster.find(is)?.label ?? ''

describe('what the subject of a redraw says of itself', () => {
  const subjectOf = ({ subject, commitment }: Redraw, change: Partial<RedrawSubject> = {}) =>
    told(checkRedrawSubject({ ...subject, ...change }, commitment))
  const approved = (change: Partial<RedrawSubject['approval']>) =>
    subjectOf(replacement, { approval: { ...replacement.subject.approval, ...change } })

  it('DRW-30 holds of a replacement, a rematch and an escalation by the rules', () => {
    for (const redraw of redraws) expect(subjectOf(redraw)).toEqual([])
  })

  it('DRW-30 names the draws before it in their order, the parent among them', () => {
    const { after, parentDrawId } = rematch.subject
    expect(subjectOf(rematch, { after: after.toReversed() })).toEqual(['/subject/after/1: out-of-order'])
    expect(subjectOf(rematch, { after: after.filter(({ drawId }) => drawId !== parentDrawId) })).toEqual([
      '/subject/after: parent-not-among-them',
    ])
  })

  it('DRW-30 names labels in their order and each once, but none in an escalation', () => {
    const { labels } = replacement.subject
    expect(subjectOf(replacement, { labels: labels.toReversed() })).toEqual(['/subject/labels/1: out-of-order'])
    expect(subjectOf(replacement, { labels: [...labels.slice(0, 1), ...labels.slice(0, 1)] })).toEqual(['/subject/labels/1: out-of-order'])
    for (const redraw of [replacement, rematch])
      expect(subjectOf(redraw, { labels: [] })).toEqual(['/subject/labels: labels-mismatch-purpose'])
    expect(subjectOf(escalation, { labels })).toEqual(['/subject/labels: labels-mismatch-purpose'])
  })

  it('DRW-30 gives its reasons, in their order', () => {
    const reason = (text: string) => ({ reason: text, count: 1 })
    expect(approved({ reasons: [] })).toEqual(['/subject/approval/reasons: no-reason'])
    expect(approved({ reasons: [reason('leave'), reason('recusal')] })).toEqual([])
    expect(approved({ reasons: [reason('recusal'), reason('leave')] })).toEqual(['/subject/approval/reasons/1: out-of-order'])
  })

  it('DRW-30 was approved by the commitment, not a millisecond later', () => {
    const { committedAt } = replacement.commitment
    expect(approved({ approvedAt: committedAt })).toEqual([])
    expect(approved({ approvedAt: addMs(committedAt, 1) })).toEqual(['/subject/approval/approvedAt: approved-after-commitment'])
  })
})

describe('a draw that a redraw comes after', () => {
  const relativeOf = (redraw: Redraw, index: number, relative: Partial<Relative> = {}, committedAt = redraw.commitment.committedAt) =>
    told(checkRelative(index, redraw.subject, { ...redraw.commitment, committedAt }, { ...(redraw.before[index] as Draw), ...relative }))
  const parentAt = rematch.before.indexOf(parent)
  const redrawAt = 1 - parentAt
  const place = (index: number) => [`/subject/after/${index}/drawId: not-of-the-family`]

  it('DRW-30 is the parent or a redraw of it', () => {
    for (const redraw of redraws) for (const index of redraw.before.keys()) expect(relativeOf(redraw, index)).toEqual([])
  })

  it('DRW-30 is the one that is named, by transcript and by S', () => {
    expect(relativeOf(rematch, parentAt, { transcript: replacement.transcript })).toEqual(place(parentAt))
    expect(relativeOf(rematch, parentAt, { commitment: { ...parent.commitment, drawId: elsewhere } })).toEqual(place(parentAt))
  })

  it('DRW-30 is no redraw where it is the parent, and one of this parent where it is not', () => {
    const of = (draw: Draw, subject: Commitment['subject']) => ({ commitment: { ...draw.commitment, subject } })
    expect(relativeOf(rematch, parentAt, of(parent, replacement.subject))).toEqual(place(parentAt))
    expect(relativeOf(rematch, redrawAt, of(replacement, parent.commitment.subject))).toEqual(place(redrawAt))
    expect(relativeOf(rematch, redrawAt, of(replacement, { ...replacement.subject, parentDrawId: elsewhere }))).toEqual(place(redrawAt))
  })

  it('DRW-30 has its last round when the redraw is committed, not a millisecond later', () => {
    const [beacon] = parent.commitment.beacons as [Commitment['beacons'][number]]
    const round = (seconds: number, periods: number) => ({
      ...beacon,
      genesisTime: Date.parse('2026-03-02T00:00:00Z') / 1000 + seconds,
      periodSeconds: 30,
      round: 1 + periods,
    })
    const beacons = [round(0, 4), round(60, 3)]
    const last = '2026-03-02T00:02:30.000Z' as Instant
    for (const both of [beacons, beacons.toReversed()]) {
      const relative = { commitment: { ...parent.commitment, beacons: both } }
      expect(relativeOf(rematch, parentAt, relative, last)).toEqual([])
      expect(relativeOf(rematch, parentAt, relative, addMs(last, -1))).toEqual(['/committedAt: before-round-of-family'])
    }
  })
})

describe('what a redraw takes from its family', () => {
  const judged = (redraw: Redraw, change: Partial<Commitment> = {}, relatives: readonly Relative[] = redraw.before) => {
    const s = { ...redraw.commitment, ...change }
    if (s.subject.kind !== 'redraw') throw new Error('no redraw')
    return told(checkRedraw(s, s.subject, parent.commitment, { part: parent.commitment, at: '' }, relatives, redraw.roster))
  }
  const naming = (redraw: Redraw, labels: readonly string[], relatives?: readonly Relative[]) =>
    judged(redraw, { subject: { ...redraw.subject, labels } }, relatives).filter((one) => one.startsWith('/subject'))
  const snapshot = (change: Partial<Commitment['snapshot']>) => ({ snapshot: { ...replacement.commitment.snapshot, ...change } })

  it('DRW-30 is the parent’s organiser, subject, objects and key', () => {
    for (const redraw of redraws) expect(judged(redraw)).toEqual([])
    for (const name of ['subjectDigest', 'organiserUnitId'] as const)
      expect(judged(replacement, { [name]: elsewhere })).toEqual([`/${name}: differs`])
    for (const name of ['root', 'keyDigest', 'privateFileDigest'] as const)
      expect(judged(replacement, snapshot({ [name]: elsewhere }))).toEqual([`/snapshot/${name}: differs`])
    const [first, ...strata] = replacement.commitment.snapshot.strata as [Commitment['snapshot']['strata'][number]]
    for (const change of [{ mapped: first.mapped + 1 }, { stratum: 'Z' }])
      expect(judged(replacement, snapshot({ strata: [{ ...first, ...change }, ...strata] }))).toEqual(['/snapshot/strata: differs'])
    expect(judged(replacement, snapshot({ strata: [{ ...first, eligible: 0 }, ...strata] }))).toEqual([])
  })

  it('DRW-30 is frozen later than the parent', () => {
    const { asOf } = parent.commitment.snapshot
    expect(judged(replacement, snapshot({ asOf }))).toEqual(['/snapshot/asOf: not-later-than-parent'])
    expect(judged(replacement, snapshot({ asOf: addMs(asOf, 1) }))).toEqual([])
  })

  it('DRW-30 lets go only who stands: drawn by the parent or a redraw, and not replaced since', () => {
    const [gone = ''] = replacement.subject.labels
    const [came = ''] = drawnOf(replacement)
    const notStanding = ['/subject/labels/0: label-not-standing']
    expect(naming(rematch, [came])).toEqual([])
    expect(naming(rematch, [gone])).toEqual(notStanding)
    expect(naming(replacement, [gone])).toEqual([])
    expect(naming(replacement, [came])).toEqual(notStanding)
    const [standing = ''] = drawnOf(parent).filter((label) => !replacement.subject.labels.includes(label))
    expect(naming(rematch, [standing, gone])).toEqual(['/subject/labels/1: label-not-standing'])
  })

  it('DRW-30 a rematch brings nobody in, whatever its transcript says', () => {
    const stranger = labelWhere(parent, ({ excluded }) => excluded)
    const drew = (draw: Redraw): Relative => ({
      ...draw,
      transcript: { ...draw.transcript, strata: [{ stratum: 'A', drawn: [{ label: stranger, ticket: elsewhere }], cutOff: elsewhere }] },
    })
    expect(naming(rematch, [stranger], [parent, drew(replacement)])).toEqual([])
    expect(naming(rematch, [stranger], [parent, drew(rematch)])).toEqual(['/subject/labels/0: label-not-standing'])
  })

  it('DRW-30 draws as many of each stratum as are named of it; an escalation as many as its rule says', () => {
    const { strata } = replacement.commitment
    for (const index of strata.keys()) {
      const counts = (rule: Commitment['strata'][number]['rule']) => ({
        strata: strata.map((one, at) => (at === index ? { ...one, rule } : one)),
      })
      const own = strata[index]?.rule
      const more = { kind: 'count' as const, count: (own?.kind === 'count' ? own.count : 0) + 1 }
      expect(judged(replacement, counts(more))).toEqual([`/strata/${index}/rule/count: differs`])
      const part = { numerator: 0, denominator: 1 }
      const ratio = { kind: 'ratio', ratio: part, batchShare: part, base: 'mapped', rounding: 'up' } as const
      expect(judged(replacement, counts(ratio))).toEqual([`/strata/${index}/rule/count: differs`])
    }
    const more = { strata: escalation.commitment.strata.map((one) => ({ ...one, rule: { kind: 'count', count: 9 } as const })) }
    expect(judged(escalation, more)).toEqual([])
    expect(judged({ ...rematch, before: rematch.before }, more).length).toBeGreaterThan(0)
  })
})

describe('who may be drawn in a redraw', () => {
  const rosterOf = (redraw: Redraw, label = '', excluded = false) =>
    told(
      checkRedrawRoster(
        redraw.subject,
        redraw.before,
        parent.roster,
        redraw.roster.map((one) => (one.label === label ? { ...one, excluded } : one)),
      ),
    )
  const lineOf = ({ roster }: Redraw, label: string): number => roster.findIndex((one) => one.label === label) + 1

  it('DRW-30 is who was neither drawn nor excluded before; a ground that came since keeps out too', () => {
    for (const redraw of redraws) expect(rosterOf(redraw)).toEqual([])
    const barred = labelWhere(parent, ({ excluded }) => excluded)
    const [drawn = ''] = drawnOf(parent)
    const [came = ''] = drawnOf(replacement)
    for (const [redraw, label] of [
      [replacement, barred],
      [replacement, drawn],
      [escalation, barred],
      [escalation, drawn],
      [escalation, came],
    ] as const)
      expect(rosterOf(redraw, label, false)).toEqual([`line ${lineOf(redraw, label)} /excluded: drawable-again`])
    const drawable = labelWhere(replacement, ({ excluded }) => !excluded)
    expect(rosterOf(replacement, drawable, true)).toEqual([])
  })

  it('DRW-14 is exactly who is named, in a rematch', () => {
    const [named = ''] = rematch.subject.labels
    const other = labelWhere(rematch, ({ label }) => !rematch.subject.labels.includes(label))
    expect(rosterOf(rematch, named, true)).toEqual([`line ${lineOf(rematch, named)} /excluded: differs`])
    expect(rosterOf(rematch, other, false)).toEqual([`line ${lineOf(rematch, other)} /excluded: differs`])
  })
})
