import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { decideProposal, type ItemProposal, type ProposalActor, type ProposalDecision, proposalName } from './item-proposal.ts'

const at = '2026-03-02T00:00:00.000Z' as Instant
const unit = (text: string) => text as UnitId
const city = '330600' as RegionCode

const proposer: ProposalActor = { subject: 'li', unitId: unit('330600-wlj'), regionCode: city, department: '文化和旅游' }
const collator: ProposalActor = { subject: 'wang', unitId: unit('330600-scj'), regionCode: city, department: '市场监管' }
const government: ProposalActor = { subject: 'zhao', unitId: unit('330600-zf'), regionCode: city, department: '人民政府' }

const head = {
  proposalId: 'p1',
  regionCode: city,
  unitId: proposer.unitId,
  addresseeUnitId: collator.unitId,
  addresseeRegionCode: city,
  approvingDepartment: null,
  reason: '应纳入',
  status: 'SUBMITTED',
  steps: [{ status: 'SUBMITTED', at, by: 'li', unitId: proposer.unitId, note: null }],
} as const

const duty: ItemProposal = {
  ...head,
  purpose: 'MISSING_DUTY',
  duty: { name: '某项检查', legalBasis: '法第一条', description: '两个清单均未列入' },
}
const joint: ItemProposal = {
  ...head,
  purpose: 'JOINT_ITEM',
  listId: 'joint',
  item: checkItem('J1', { listType: 'JOINT' }),
  approvingDepartment: '人民政府',
}

function after(proposal: ItemProposal, ...steps: readonly (readonly [ProposalDecision, ProposalActor, string?])[]): string {
  let current = proposal
  for (const [decision, actor, note] of steps) {
    const next = decideProposal(current, decision, actor, note ?? null, at)
    if (!next.ok) return next.error.code
    current = next.value
  }
  return current.status
}

describe('a proposal', () => {
  it('REG-19 goes from submission by approval to inclusion, and keeps who took each step', () => {
    expect(after(duty, ['APPROVED', collator], ['INCLUDED', collator, 'list-1 A1'])).toBe('INCLUDED')
    const approved = decideProposal(duty, 'APPROVED', collator, '同意', at)
    expect(approved.ok && approved.value.steps.map(({ status, by, note }) => [status, by, note])).toEqual([
      ['SUBMITTED', 'li', null],
      ['APPROVED', 'wang', '同意'],
    ])
    expect([duty, joint].map(proposalName)).toEqual(['某项检查', '事项J1'])
  })

  it('REG-19 is returned with a reason or not at all', () => {
    expect(after(duty, ['RETURNED', collator])).toBe('proposal-note-missing')
    expect(after(duty, ['RETURNED', collator, ' '])).toBe('proposal-note-missing')
    expect(after(duty, ['RETURNED', collator, '已在重点清单'])).toBe('RETURNED')
    expect(after(duty, ['RETURNED', collator, '已列'], ['APPROVED', collator])).toBe('proposal-status')
  })

  it('REG-04 is never approved by who submitted it', () => {
    expect(after(duty, ['APPROVED', { ...collator, subject: 'li' }])).toBe('proposal-own')
    expect(after(duty, ['APPROVED', collator])).toBe('APPROVED')
  })

  it('REG-17 of a joint item is collated by the market regulator and approved by the government, in this order', () => {
    expect(after(joint, ['COLLATED', collator], ['APPROVED', government])).toBe('APPROVED')
    expect(after(joint, ['APPROVED', government])).toBe('proposal-status')
    expect(after(joint, ['COLLATED', collator], ['APPROVED', collator])).toBe('proposal-not-yours')
    expect(after(joint, ['COLLATED', government])).toBe('proposal-not-yours')
    expect(after(joint, ['COLLATED', collator], ['COLLATED', collator])).toBe('proposal-status')
    expect(after(joint, ['COLLATED', collator], ['APPROVED', { ...government, regionCode: '330000' as RegionCode }])).toBe(
      'proposal-not-yours',
    )
    expect(after(joint, ['COLLATED', collator], ['RETURNED', government, '重复'])).toBe('RETURNED')
    expect(after(joint, ['RETURNED', collator, '不全'])).toBe('RETURNED')
    expect(after(duty, ['COLLATED', collator])).toBe('proposal-status')
  })

  it('REG-09 is withdrawn by its own unit until it is approved, and decided by no other than its addressee', () => {
    expect(after(duty, ['WITHDRAWN', proposer])).toBe('WITHDRAWN')
    expect(after(joint, ['COLLATED', collator], ['WITHDRAWN', proposer])).toBe('WITHDRAWN')
    expect(after(joint, ['COLLATED', collator], ['APPROVED', government], ['WITHDRAWN', proposer])).toBe('proposal-status')
    expect(after(duty, ['APPROVED', collator], ['WITHDRAWN', proposer])).toBe('proposal-status')
    expect(after(duty, ['WITHDRAWN', collator])).toBe('proposal-not-yours')
    expect(after(duty, ['APPROVED', proposer])).toBe('proposal-not-yours')
    expect(after(duty, ['INCLUDED', collator])).toBe('proposal-status')
  })
})
