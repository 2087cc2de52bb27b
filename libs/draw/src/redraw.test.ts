import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { commitmentInput } from '../tests/bundle.ts'
import { sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { buildCommitment, type CommitmentInput } from './commitment.ts'
import { deriveDrawId, type RedrawSubject } from './identity.ts'
import { evenBatches } from './quota.ts'
import { checkRedraw, drawnIn, type FamilyDraw, type RedrawRequest, redrawExclusion, redrawRules, standingIn } from './redraw.ts'

const hex = (text: string): string => toHex(sha256(new TextEncoder().encode(text)))
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(hex) as [string, string, string, string]

const parent: FamilyDraw = { drawn: [a, b], labels: [] }
const replaced: FamilyDraw = { purpose: 'replacement', drawn: [c], labels: [a] }
const rematched: FamilyDraw = { purpose: 'rematch', drawn: [b], labels: [b] }

const request = (change: Partial<RedrawRequest>): RedrawRequest => ({ purpose: 'replacement', labels: [a], counts: {}, ...change })

describe('redraws', () => {
  it('DRW-30 keeps whoever was drawn, but for who was replaced', () => {
    expect([...drawnIn([parent, replaced, rematched])].sort()).toEqual([a, b, c].sort())
    expect([...standingIn([parent, replaced, rematched])].sort()).toEqual([b, c].sort())
  })

  it('DRW-30 refuses to let a label go that was not drawn, or has gone', () => {
    expect(checkRedraw(request({}), [parent])).toMatchObject({ ok: true })
    expect(checkRedraw(request({ labels: [c] }), [parent])).toEqual({ ok: false, error: { code: 'label-not-standing', label: c } })
    expect(checkRedraw(request({ labels: [a] }), [parent, replaced])).toMatchObject({ error: { code: 'label-not-standing', label: a } })
    expect(checkRedraw(request({ purpose: 'rematch', labels: [c] }), [parent, replaced])).toMatchObject({ ok: true })
  })

  it('DRW-30 names objects but in an escalation, which alone has counts', () => {
    const mismatch = (change: Partial<RedrawRequest>) => checkRedraw(request(change), [parent])
    expect(mismatch({ labels: [] })).toMatchObject({ error: { code: 'labels-mismatch-purpose' } })
    expect(mismatch({ purpose: 'rematch', labels: [] })).toMatchObject({ error: { code: 'labels-mismatch-purpose' } })
    expect(mismatch({ purpose: 'escalation', counts: { A: 1 } })).toMatchObject({ error: { code: 'labels-mismatch-purpose' } })
    expect(mismatch({ counts: { A: 1 } })).toMatchObject({ error: { code: 'counts-mismatch-purpose' } })
    expect(mismatch({ counts: { A: 0 } })).toMatchObject({ error: { code: 'counts-mismatch-purpose' } })
    const escalation = { purpose: 'escalation', labels: [] } as const
    expect(mismatch({ ...escalation, counts: {} })).toMatchObject({ error: { code: 'counts-mismatch-purpose' } })
    expect(mismatch({ ...escalation, counts: { A: 0 } })).toMatchObject({ error: { code: 'counts-mismatch-purpose' } })
    expect(mismatch({ ...escalation, counts: { A: 2, B: -1 } })).toMatchObject({ error: { code: 'counts-mismatch-purpose' } })
    expect(mismatch({ ...escalation, counts: { A: 2, B: 0.5 } })).toMatchObject({ error: { code: 'counts-mismatch-purpose' } })
    expect(mismatch({ ...escalation, counts: { A: 2, B: 0 } })).toMatchObject({ ok: true })
  })

  it('DRW-30 draws as many as leave in each stratum, or the counts of an escalation', () => {
    const stratumOf = (label: string) => ({ [a]: 'A', [b]: 'B', [c]: 'B' })[label]
    const rules = (change: Partial<RedrawRequest>) => redrawRules(request(change), ['A', 'B', 'C'], stratumOf)
    const counts = (A: number, B: number, C: number) => ({
      A: { kind: 'count', count: A },
      B: { kind: 'count', count: B },
      C: { kind: 'count', count: C },
    })
    expect(rules({ labels: [a, b, c, c, d] })).toEqual(counts(1, 2, 0))
    expect(rules({ purpose: 'escalation', labels: [], counts: { B: 7 } })).toEqual(counts(0, 7, 0))
  })

  it('DRW-30 a replacement draws nobody twice, and nobody whom a ground held back or holds back now', () => {
    const grounds = (before?: string, since?: string) => ({ before, since, own: (ground: string) => `own ${ground}` })
    const replacement = { purpose: 'replacement', labels: new Set([a]), drawn: new Set([a, b]) } as const
    expect(redrawExclusion(replacement, { label: c }, grounds())).toBe(undefined)
    expect(redrawExclusion(replacement, { label: a }, grounds())).toBe('own DRAWN')
    expect(redrawExclusion(replacement, { label: b }, grounds('SANDBOX'))).toBe('own DRAWN')
    expect(redrawExclusion(replacement, { label: c }, grounds('SANDBOX', 'REPEAT_BAR'))).toBe('SANDBOX')
    expect(redrawExclusion(replacement, { label: c }, grounds(undefined, 'REPEAT_BAR'))).toBe('REPEAT_BAR')
  })

  it('DRW-14 a re-match concerns exactly the objects it names', () => {
    const grounds = { before: 'SANDBOX', since: 'REPEAT_BAR', own: (ground: string) => ground }
    const rematch = { purpose: 'rematch', labels: new Set([a]), drawn: new Set([a, b]) } as const
    expect(redrawExclusion(rematch, { label: a }, grounds)).toBe(undefined)
    expect(redrawExclusion(rematch, { label: b }, grounds)).toBe('NOT_CONCERNED')
    expect(redrawExclusion(rematch, { label: c }, grounds)).toBe('NOT_CONCERNED')
  })
})

describe('the commitment of a redraw', () => {
  const good = { ...commitmentInput(bundleVectors[0]), batchSizes: (total: number) => evenBatches(total, 1) }
  const subject: RedrawSubject = {
    kind: 'redraw',
    parentDrawId: d,
    purpose: 'replacement',
    labels: [b, a, b],
    after: [c, a].map((drawId) => ({ drawId, transcript: hex(drawId) })),
    approval: {
      approvedAt: good.committedAt,
      unitId: 'superior',
      reasons: [
        { reason: 'RECUSAL', count: 1 },
        { reason: 'LEAVE', count: 2 },
      ],
    },
  }
  const drawId = deriveDrawId(sha256Hash, { ...good, subject })
  const snapshot = { ...good.snapshot, drawId, labelsOf: d }
  const build = (change: Partial<CommitmentInput>) => buildCommitment(sha256Hash, { ...good, subject, snapshot, ...change })

  it('DRW-30 names whom it follows, in canonical order', () => {
    const { labels, after, approval } = subject
    const turned = { labels: labels.toReversed().slice(1), after: after.toReversed() }
    const reasons = approval.reasons.toReversed()
    for (const given of [subject, { ...subject, ...turned, approval: { ...approval, reasons } }]) {
      const built = build({ subject: given })
      if (!built.ok || built.value.subject.kind !== 'redraw') throw new Error('refused')
      expect(built.value.subject.labels).toEqual([a, b].sort())
      expect(built.value.subject.after).toEqual([a, c].sort().map((each) => ({ drawId: each, transcript: hex(each) })))
      expect(built.value.subject.approval.reasons.map(({ reason }) => reason)).toEqual(['LEAVE', 'RECUSAL'])
    }
  })

  it('DRW-30 refuses a snapshot whose labels are not the parent’s', () => {
    expect(build({ snapshot: { ...snapshot, labelsOf: c } })).toMatchObject({ error: { code: 'other-labels', expected: d, found: c } })
    expect(build({ snapshot: { ...good.snapshot, drawId } })).toMatchObject({ error: { code: 'other-labels', expected: d } })
    const ordinary = { subject: good.subject, snapshot: { ...good.snapshot, labelsOf: d } }
    expect(build(ordinary)).toMatchObject({ error: { code: 'other-labels', expected: undefined, found: d } })
  })

  it('DRW-30 refuses to draw nobody', () => {
    const nobody = Object.fromEntries(snapshot.strata.map(({ stratum }) => [stratum, { kind: 'count', count: 0 } as const]))
    expect(build({ rules: nobody })).toMatchObject({ error: { code: 'nothing-to-draw' } })
  })

  it('DRW-30 has a name that hangs on parent and number alone', () => {
    const named = (change: object) => deriveDrawId(sha256Hash, { ...good, subject, ...change })
    expect(named({ subject: { kind: 'redraw', parentDrawId: d } })).toBe(drawId)
    expect(named({ subject: { kind: 'redraw', parentDrawId: c } })).not.toBe(drawId)
    expect(named({ batch: good.batch + 1 })).not.toBe(drawId)
    expect(named({ attempt: good.attempt + 1 })).not.toBe(drawId)
  })
})
