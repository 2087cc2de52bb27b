import type { PolicyValues } from '../keys.ts'
import type { Policy } from '../policy.ts'

/** Who of a joint team leads it (联合检查组负责人, DRW-23): from which teams, and whether by ticket or as the initiator designates. */
export type TeamLeader = PolicyValues['joint.teamLeader']

/** The smallest ticket of the initiator's team where policy says nothing. */
export const teamLeader = (policy: Policy): TeamLeader =>
  policy.find('joint.teamLeader') ?? { from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'SMALLEST_TICKET' }
