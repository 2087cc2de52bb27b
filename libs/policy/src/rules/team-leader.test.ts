import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { teamLeader } from './team-leader.ts'

describe('the leader of a joint team', () => {
  it('DRW-23 is designated by the initiator from all who were drawn, or has the smallest ticket of its team, as policy says', () => {
    expect(teamLeader(policyOf('shaoxing-2019-draft'))).toEqual({ from: 'DRAWN_INSPECTORS', by: 'INITIATOR' })
    expect(teamLeader(policyOf('local/four-coal-cities'))).toEqual({ from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'SMALLEST_TICKET' })
    const other = { from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'INITIATOR' } as const
    expect(teamLeader(policyOf('samr-2024', { 'joint.teamLeader': other }))).toEqual(other)
  })

  it('DRW-23 has the smallest ticket of the initiator’s team where policy says nothing', () => {
    expect(policyOf('samr-2024').find('joint.teamLeader')).toBeUndefined()
    expect(teamLeader(policyOf('samr-2024'))).toEqual({ from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'SMALLEST_TICKET' })
  })
})
