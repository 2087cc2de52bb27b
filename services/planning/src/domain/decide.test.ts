import type { Instant, LineId, LocalDate, RegionCode } from '@dual-random/kernel'
import { given } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { act, bureauWide, code, lineId, planHeader, planLine } from '../../tests/support/lines.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { PlanCommand, PlanEvent, Settlement } from './commands.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { type Plan, planState, publicVersion, publishedVersion, standingVersion, workingVersion } from './plan.ts'
import { lineDigest, publishedLine, versionDigest } from './published-line.ts'

const province = '230000' as RegionCode
const at = (instant: string) => ({ by: 'someone', at: instant as Instant })
const due = { date: '2026-03-31' as LocalDate, endsAt: '2026-03-31T15:59:59.999Z' as Instant }
const none: ReadonlySet<LineId> = new Set()

const settlement: Settlement = {
  mergeWindowIds: new Map([['L01/1', '230300-2026-W01']]),
  figures: { asOf: act.at, enterprises: 100, pool: 10, planned: 3, lines: [] },
}

const commands = {
  draft: { type: 'draft', header: planHeader, policy: { preset: 'p', version: '1' }, policyDigest: 'd', selection: bureauWide, act },
  addLine: { type: 'add-lines', lines: [planLine('L01')], act },
  file: { type: 'file', filedTo: province, due, settlement, act },
  accept: { type: 'accept', receipt: 'R1', act },
  sendBack: { type: 'return', reason: '缺重点事项', act },
  publish: { type: 'publish', filedTo: province, channels: ['publicitySystem'], openDraws: none, act },
  cancel: { type: 'adjust', commandId: 'a1', reason: '任务取消', add: [], cancel: [lineId('L01')], openDraws: none, act },
  addMore: { type: 'adjust', commandId: 'a2', reason: '新增任务', add: [planLine('L02', {}, 'a2')], cancel: [], openDraws: none, act },
} as const satisfies Record<string, PlanCommand>

const apply = (plan: Plan | undefined, command: PlanCommand): Plan => {
  const decided = decide(plan, command)
  if (!decided.ok) throw new Error(JSON.stringify(decided.error))
  const next = decided.value.reduce<Plan | undefined>(evolve, plan)
  if (next === undefined) throw new Error('no plan')
  return next
}

const after = (...sent: readonly PlanCommand[]): Plan => sent.reduce<Plan | undefined>(apply, undefined) as Plan

const { draft, addLine, file, accept, sendBack, publish, cancel, addMore } = commands
const drafted = after(draft, addLine)
const filed = after(draft, addLine, file)
const accepted = after(draft, addLine, file, accept)
const published = after(draft, addLine, file, accept, publish)

const when = (plan: Plan, command: PlanCommand) => given(plan).when((state) => decide(state, command))
const types = (events: readonly PlanEvent[]) => events.map(({ type }) => type)

describe('drafting', () => {
  it('DQ-01 tells when it was last changed: by each act, also one that opens a version first, and by nothing that changes nothing', () => {
    const late = at('2026-02-01T00:00:00.000Z')
    const returned = after(draft, addLine, file, sendBack)
    expect(after({ ...draft, act: late }).updatedAt).toBe(late.at)
    expect(apply(drafted, { type: 'add-lines', lines: [planLine('L02', {}, 'c9')], act: late }).updatedAt).toBe(late.at)
    expect(apply(returned, { type: 'remove-line', lineId: lineId('L01'), act: late }).updatedAt).toBe(late.at)
    expect(apply(drafted, { ...file, act: late }).updatedAt).toBe(late.at)
    expect(apply(published, { ...cancel, act: late }).updatedAt).toBe(late.at)
    expect(apply(published, { ...publish, act: late }).updatedAt).toBe(act.at)
  })

  it('PLN-02 PLN-03 drafts one plan per unit, year and type, under its policy', () => {
    expect(drafted).toMatchObject({
      planId: 'plan-230300-2026-INTERNAL-230300-scj',
      policy: { preset: 'p', version: '1' },
      policyDigest: 'd',
      nextLine: 2,
    })
    expect(planState(drafted)).toBe('DRAFT')
    when(drafted, draft).outcome([])
  })

  it('adds lines once, however often the command comes', () => {
    expect(apply(drafted, addLine)).toEqual(drafted)
    expect(workingVersion(drafted).lines).toHaveLength(1)
  })

  it('takes a line out of a draft and never gives its number again', () => {
    const removed = apply(drafted, { type: 'remove-line', lineId: lineId('L01'), act })
    expect(workingVersion(removed).lines).toEqual([])
    expect(removed.nextLine).toBe(2)
    when(removed, { type: 'remove-line', lineId: lineId('L01'), act }).refusal({ code: 'line-not-in-plan' })
  })
})

describe('filing', () => {
  it.each([
    ['2026-03-31T15:59:59.999Z', true],
    ['2026-03-31T16:00:00.000Z', false],
  ])('PLN-04 Appendix F 6: an internal plan filed at %s is on time: %s', (instant, onTime) => {
    const events = when(drafted, { ...file, act: at(instant) }).outcome([{ type: 'filed' }])
    expect(events).toMatchObject([{ dueDate: '2026-03-31', onTime }])
  })

  it('PLN-04 a plan without a due date is on time whenever it is filed', () => {
    const { due: _due, ...undue } = file
    expect(workingVersion(apply(drafted, { ...undue, act: at('2026-12-01T00:00:00.000Z') }))).toMatchObject({ filing: { onTime: true } })
  })

  it('PLN-06 goes to the superior region and takes the settlement with it', () => {
    expect(workingVersion(filed)).toMatchObject({
      state: 'FILED',
      filing: { filedTo: '230000', ...act },
      figures: { enterprises: 100 },
      lines: [{ batches: [{ mergeWindowId: '230300-2026-W01' }] }],
    })
  })

  it('POL-07 what asks for the reasons of a line is as of the filing; a line that was not judged keeps its own', () => {
    const asked = { rule: 'SINGLE_IN_JOINT_INDUSTRY', reason: '举报集中', legalBasis: '三(一)', ...act } as const
    const lines = ['L01', 'L02'].map((id) => ({ ...planLine(id), reasons: [{ ...asked, industry: '餐饮' }] }))
    const settled = { ...settlement, reasons: new Map([['L01', [asked]]]) }
    const version = workingVersion(apply(after(draft, { type: 'add-lines', lines, act }), { ...file, settlement: settled }))
    expect(version.lines.map(({ reasons }) => reasons)).toEqual([[asked], [{ ...asked, industry: '餐饮' }]])
  })

  it('PLN-19 the items that cover the field of a line without a draw are those of the filing, in the version and in its digest', () => {
    const [one, two] = [campaign('L01'), campaign('L02')]
    const settled = { ...settlement, coveredBy: new Map([['L01', [code('S9')]]]) }
    const stale = after(draft, { type: 'add-lines', lines: [], undrawn: [one, two], act })
    const direct = { ...publish, filedTo: undefined, settlement: settled }
    expect(workingVersion(apply(stale, { ...file, settlement: settled })).undrawn).toMatchObject([{ coveredBy: ['S9'] }, { coveredBy: [] }])
    const version = publishedVersion(apply(stale, direct))
    expect(version?.undrawn).toMatchObject([{ coveredBy: ['S9'] }, { coveredBy: [] }])
    expect(version && versionDigest(stale, version)).toBe(version?.publication.digest)
  })

  it('files nothing twice and nothing empty', () => {
    expect(when(filed, file).outcome([])).toEqual([])
    when(after(draft), file).refusal({ code: 'plan-without-lines' })
    when(published, file).refusal({ code: 'plan-already-published' })
  })

  it('PLN-06 accepts with a receipt what was filed, and nothing else', () => {
    expect(workingVersion(accepted)).toMatchObject({ state: 'ACCEPTED', acceptance: { receipt: 'R1', ...act } })
    when(accepted, accept).outcome([])
    when(drafted, accept).refusal({ code: 'plan-not-filed', state: 'DRAFT' })
    when(accepted, sendBack).refusal({ code: 'plan-not-filed' })
  })

  it('PLN-06 a returned version stays as it was; the next edit opens another', () => {
    const returned = apply(filed, sendBack)
    expect(planState(returned)).toBe('RETURNED')
    const edited = apply(returned, { type: 'add-lines', lines: [planLine('L02')], act })
    expect(edited.versions[0]).toEqual(returned.versions[0])
    expect(workingVersion(edited)).toMatchObject({ number: 2, state: 'DRAFT', lines: [{ lineId: 'L01' }, { lineId: 'L02' }] })
    expect(types(when(returned, file).outcome([{}, {}]))).toEqual(['version-opened', 'filed'])
    when(returned, publish).refusal({ code: 'plan-not-accepted' })
  })
})

describe('publishing', () => {
  it('PLN-08 PLN-28 publishes only what was accepted, where the policy asks for filing', () => {
    when(drafted, publish).refusal({ code: 'plan-not-accepted', state: 'DRAFT' })
    when(filed, publish).refusal({ code: 'plan-not-accepted', state: 'FILED' })
    expect(publishedVersion(published)).toMatchObject({ number: 1, publication: { channels: ['publicitySystem'] } })
    expect(planState(published)).toBe('PUBLISHED')
    when(published, publish).outcome([])
  })

  it('PLN-28 publishes a draft directly where nothing is filed', () => {
    const plan = apply(drafted, { ...publish, filedTo: undefined, settlement })
    expect(publishedVersion(plan)).toMatchObject({ state: 'PUBLISHED', lines: [{ batches: [{ mergeWindowId: '230300-2026-W01' }] }] })
    when(after(draft), { ...publish, filedTo: undefined, settlement }).refusal({ code: 'plan-without-lines' })
  })

  it('digests what was published: the same lines give the same digest, a changed one another', () => {
    const version = publishedVersion(published)
    const [line] = version?.lines ?? []
    if (version === undefined || line === undefined) throw new Error('not published')
    expect(version.publication.digest).toBe(versionDigest(published, version))
    expect(lineDigest(published, { ...line, taskName: '别的' })).not.toBe(lineDigest(published, line))
    expect(publishedLine(published, line)).toMatchObject({ lineId: 'L01', batches: [{ mergeWindowId: '230300-2026-W01' }], count: null })
    expect(JSON.stringify(publishedLine(published, line))).not.toContain('planner')
  })
})

describe('adjusting', () => {
  it('PLN-09 PLN-10 adds in a version of its own, filed and published again; the old one stays in force until then', () => {
    const adjusting = apply(published, addMore)
    expect(planState(adjusting)).toBe('ADJUSTING')
    expect(workingVersion(adjusting)).toMatchObject({ number: 2, changes: [{ kind: 'ADD', lineId: 'L02', reason: '新增任务', ...act }] })
    expect(publishedVersion(adjusting)?.number).toBe(1)
    when(adjusting, publish).refusal({ code: 'plan-not-accepted' })
    const adjusted = [file, accept, publish].reduce<Plan>(apply, adjusting)
    expect(planState(adjusted)).toBe('ADJUSTED')
    expect(publishedVersion(adjusted)?.lines.map((line) => line.lineId)).toEqual(['L01', 'L02'])
  })

  it('PLN-28 the version that a new one takes the place of is superseded by it as it is published, and keeps what it had', () => {
    const filedAnew = [addMore, file, accept].reduce<Plan>(apply, published)
    expect(filedAnew.versions.map(({ state }) => state)).toEqual(['PUBLISHED', 'ACCEPTED'])
    const late = at('2026-05-01T00:00:00.000Z')
    const adjusted = apply(filedAnew, { ...publish, act: late })
    const superseded = { ...published.versions[0], state: 'SUPERSEDED', superseded: { version: 2, ...late } }
    expect(adjusted.versions.map(({ state }) => state)).toEqual(['SUPERSEDED', 'PUBLISHED'])
    expect(adjusted.versions[0]).toEqual(superseded)
    expect(apply(adjusted, publish)).toEqual(adjusted)

    const third = [{ ...cancel, commandId: 'a3' }, file, accept].reduce<Plan>(apply, adjusted)
    expect(third.versions.map(({ state }) => state)).toEqual(['SUPERSEDED', 'PUBLISHED', 'ACCEPTED'])
    const last = apply(third, publish)
    expect(last.versions.map(({ state }) => state)).toEqual(['SUPERSEDED', 'SUPERSEDED', 'PUBLISHED'])
    expect(last.versions[0]).toEqual(superseded)
    expect(last.versions[1]).toMatchObject({ superseded: { version: 3, ...act } })
  })

  it('PLN-28 the public may read every version that was published, by its number, and no other', () => {
    const adjusted = [addMore, file, accept, publish].reduce<Plan>(apply, published)
    const adjusting = apply(adjusted, cancel)
    const read = [undefined, 1, 2, 3, 4].map((number) => publicVersion(adjusting, number)?.number)
    expect(read).toEqual([2, 1, 2, undefined, undefined])
    expect(publicVersion(accepted)).toBeUndefined()
    expect(publicVersion(accepted, 1)).toBeUndefined()
  })

  it('PLN-09 cancels with a reason', () => {
    const plan = apply(published, cancel)
    expect(workingVersion(plan)).toMatchObject({ lines: [], changes: [{ kind: 'CANCEL', lineId: 'L01', reason: '任务取消' }] })
    expect(apply(plan, cancel)).toEqual(plan)
  })

  it('PLN-09 a line with a committed draw is not cancelled, not even when the draw came after the adjustment', () => {
    const openDraws = new Set([lineId('L01')])
    when(published, { ...cancel, openDraws }).refusal({ code: 'line-has-open-draw', lineId: 'L01' })
    const ready = [cancel, addMore, file, accept].reduce<Plan>(apply, published)
    when(ready, { ...publish, openDraws }).refusal({ code: 'line-has-open-draw' })
    expect(planState(apply(ready, publish))).toBe('ADJUSTED')
  })

  it('PLN-10 a line kept by an adjustment keeps its digest', () => {
    const adjusted = [addMore, file, accept, publish].reduce<Plan>(apply, published)
    const digests = [published, adjusted].map((plan) => {
      const line = publishedVersion(plan)?.lines[0]
      return line === undefined ? '' : lineDigest(plan, line)
    })
    expect(digests[0]).toBe(digests[1])
  })

  it('repeats nothing, refuses what is no adjustment', () => {
    const adjusting = apply(published, addMore)
    expect(apply(adjusting, addMore)).toEqual(adjusting)
    when(published, { ...addMore, add: [] }).refusal({ code: 'adjustment-empty' })
    when(published, { ...cancel, cancel: [lineId('L09')] }).refusal({ code: 'line-not-in-plan', lineId: 'L09' })
    when(drafted, addMore).refusal({ code: 'plan-not-published' })
    when(apply(adjusting, file), cancel).refusal({ code: 'plan-not-draft' })
    when(adjusting, { ...addLine, lines: [planLine('L03')] }).refusal({ code: 'plan-adjusting' })
    when(adjusting, { type: 'remove-line', lineId: lineId('L01'), act }).refusal({ code: 'plan-adjusting' })
  })

  it('changes a filed version in no way', () => {
    const refused = when(filed, { ...addLine, lines: [planLine('L02')] }).refusal({ code: 'plan-not-draft' })
    expect(refused).toMatchObject({ state: 'FILED' })
    when(accepted, { type: 'remove-line', lineId: lineId('L01'), act }).refusal({ code: 'plan-not-draft', state: 'ACCEPTED' })
  })

  it('a plan stands for others by what is published, else filed, else drafted', () => {
    expect(standingVersion(apply(published, addMore)).number).toBe(1)
    expect(standingVersion(apply(filed, sendBack)).state).toBe('RETURNED')
    expect(standingVersion(filed).state).toBe('FILED')
  })
})

describe('closing', () => {
  it('PLN-28 closes once the year is over, and then changes no more', () => {
    when(published, { type: 'close', act: at('2026-12-31T15:59:59.999Z') }).refusal({ code: 'plan-year-not-over' })
    const closed = apply(published, { type: 'close', act: at('2026-12-31T16:00:00.000Z') })
    expect(planState(closed)).toBe('CLOSED')
    when(closed, { type: 'close', act }).outcome([])
    when(closed, addMore).refusal({ code: 'plan-closed' })
    when(drafted, { type: 'close', act: at('2027-01-01T00:00:00.000Z') }).refusal({ code: 'plan-not-published' })
  })
})

describe('bugs', () => {
  it('an event that does not fit throws', () => {
    expect(() => evolve(drafted, { type: 'accepted', receipt: 'R', act })).toThrow('is DRAFT, not FILED')
    expect(() => evolve(undefined, { type: 'closed', act })).toThrow('without a plan')
    expect(() => decide(undefined, accept)).toThrow('without a plan')
    expect(() => decide(drafted, { ...publish, filedTo: undefined })).toThrow('without its settlement')
  })
})

describe('lines without a draw', () => {
  const addCampaign: PlanCommand = { type: 'add-lines', lines: [], undrawn: [campaign('L02')], act }

  it('PLN-20 a campaign stands in the version beside what is drawn, is filed, published and cancelled with it', () => {
    const plan = after(draft, addLine, addCampaign, file, accept, publish)
    expect(publishedVersion(plan)).toMatchObject({ lines: [{ lineId: 'L01' }], undrawn: [{ lineId: 'L02', kind: 'CAMPAIGN' }] })
    expect(plan.nextLine).toBe(3)
    expect(apply(plan, addCampaign)).toEqual(plan)
    const cancelled = apply(plan, { ...cancel, cancel: [lineId('L02')] })
    expect(workingVersion(cancelled)).toMatchObject({ lines: [{ lineId: 'L01' }], changes: [{ kind: 'CANCEL', lineId: 'L02' }] })
    expect(workingVersion(cancelled).undrawn).toBeUndefined()
  })

  it('PLN-20 a plan of campaigns alone is filed; the digest of a version goes over them', () => {
    when(after(draft, addCampaign), file).outcome([{ type: 'filed' }])
    const version = publishedVersion(after(draft, addLine, addCampaign, file, accept, publish))
    if (version?.undrawn === undefined) throw new Error('not published')
    const [line] = version.undrawn
    expect(versionDigest(published, version)).not.toBe(
      versionDigest(published, { ...version, undrawn: [{ ...campaign('L02'), ...line, taskName: '别的' }] }),
    )
  })

  it('PLN-20 an adjustment adds a campaign with its reason', () => {
    const more: PlanCommand = { ...addMore, addUndrawn: [campaign('L03', { taskName: '后加' })] }
    const adjusted = apply(published, more)
    expect(workingVersion(adjusted)).toMatchObject({
      undrawn: [{ lineId: 'L03' }],
      changes: [
        { kind: 'ADD', lineId: 'L02' },
        { kind: 'ADD', lineId: 'L03' },
      ],
    })
    expect(apply(adjusted, more)).toEqual(adjusted)
  })
})

describe('what a version reflects', () => {
  const state: PlanCommand = { type: 'state-priorities', priorities: [{ aspect: 'A', text: '重点' }], act }

  it('PLN-30 is stated in a draft, stays with the version that was filed and published, and goes on to the next', () => {
    const plan = after(draft, addLine, state, file, accept, publish)
    expect(publishedVersion(plan)?.priorities).toEqual([{ aspect: 'A', text: '重点' }])
    when(plan, { ...state, priorities: [] }).refusal({ code: 'plan-not-draft' })
    expect(workingVersion(apply(plan, cancel)).priorities).toEqual([{ aspect: 'A', text: '重点' }])
    when(after(draft, state), state).outcome([])
  })

  it('PLN-30 is part of what the version’s digest goes over', () => {
    const version = workingVersion(after(draft, addLine, state))
    expect(versionDigest(drafted, version)).not.toBe(versionDigest(drafted, { ...version, priorities: [{ aspect: 'A', text: '别的' }] }))
  })
})
