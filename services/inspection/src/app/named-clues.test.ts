import { AppError } from '@dual-random/errors'
import type { Policy } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { policyOf } from '../../tests/support/policies.ts'
import { requireClueSource } from './named-clues.ts'

const presets = ['samr-2024', 'heilongjiang', 'local/four-coal-cities', 'shanghai-2019', 'shaoxing-2019-draft'] as const

/** What a check for a clue from there is refused for; nothing where it may be opened. */
function refusal(policy: Policy, source: string, sourceNote?: string): string | undefined {
  const noted = sourceNote === undefined ? {} : { sourceNote }
  try {
    requireClueSource(policy, { ground: 'CLUE', source, ...noted, reference: 'r', clueIds: [] })
    return undefined
  } catch (error) {
    if (error instanceof AppError) return `${error.kind} ${error.code}`
    throw error
  }
}

describe('the source of the clue that a check is opened for', () => {
  it.each(presets)('TGT-07 is any that the policy lists, and no other: %s', (name) => {
    const policy = policyOf(name)
    const { members, open } = policy.find('clue.sources') ?? { members: [], open: false }
    expect(members.length).toBeGreaterThan(0)
    for (const { id } of members) expect(refusal(policy, id), id).toBeUndefined()
    expect(refusal(policy, 'GOSSIP')).toBe('invalid clue-source-unknown')
    expect(refusal(policy, 'OTHER')).toBe(open ? 'invalid clue-source-needs-note' : 'invalid clue-source-unknown')
    expect(refusal(policy, 'OTHER', '新闻报道')).toBe(open ? undefined : 'invalid clue-source-unknown')
  })

  it('TGT-15 a warning opens one where policy counts warnings among them', () => {
    expect(refusal(policyOf('local/four-coal-cities'), 'WARNING')).toBeUndefined()
    expect(refusal(policyOf('samr-2024'), 'WARNING')).toBe('invalid clue-source-unknown')
  })

  it('TGT-07 POL-04 where policy lists none, any is told in a note, and none is borrowed for it', () => {
    const draft2023 = policyOf('samr-2023-draft')
    expect(refusal(draft2023, 'OTHER', '投诉举报')).toBeUndefined()
    expect(refusal(draft2023, 'OTHER')).toBe('invalid clue-source-needs-note')
    expect(refusal(draft2023, 'COMPLAINT')).toBe('invalid clue-source-unknown')
  })

  it('TGT-12 no other ground has one', () => {
    expect(requireClueSource(policyOf('samr-2023-draft'), { ground: 'KEY_LIST_MATTER', matter: '特种设备' })).toBeUndefined()
  })
})
