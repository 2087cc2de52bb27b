/**
 * The roles of Appendix C as tokens carry them; ENGAGED_INSTITUTION is an expert or institution from outside, PARTY an object of checks itself (当事人),
 * whose code its token has in the place of a unit, SERVICE a service acting on its own, PUBLIC anyone.
 */
export const roles = [
  'REGISTRY_CLERK',
  'LIST_APPROVER',
  'POLICY_ADMIN',
  'CREDIT_SYSTEM',
  'PLANNER',
  'FILING_REVIEWER',
  'DRAW_ORGANISER',
  'DISPATCHER',
  'INSPECTOR',
  'PUBLISHER',
  'JOINT_COORDINATOR',
  'AUDITOR',
  'EVALUATOR',
  'OPERATOR',
  'ENGAGED_INSTITUTION',
  'PARTY',
  'PUBLIC',
  'SERVICE',
] as const

export type Role = (typeof roles)[number]

const outside: readonly Role[] = ['ENGAGED_INSTITUTION', 'PARTY', 'PUBLIC']

/** Everyone signed in who acts for a unit or is a service: who is engaged from outside reaches what its task needs alone (SEC-09), a party what is its own (SEC-12). */
export const signedInRoles: readonly Role[] = roles.filter((role) => !outside.includes(role))

const known = new Set<string>(roles)

export const isRole = (text: string): text is Role => known.has(text)

const writers = [
  'REGISTRY_CLERK',
  'LIST_APPROVER',
  'CREDIT_SYSTEM',
  'PLANNER',
  'FILING_REVIEWER',
  'DRAW_ORGANISER',
  'DISPATCHER',
  'INSPECTOR',
  'PUBLISHER',
  'JOINT_COORDINATOR',
] as const satisfies readonly Role[]

/** Roles no single account may join (SEC-03; Appendix C: an auditor writes no business data, a policy administrator neither draws nor inspects, an evaluator only reads,
 * nobody approves the list items that they enter, and who helps with a task from outside, or is checked, does nothing else, SEC-09, SEC-12). */
const apart = {
  AUDITOR: [...writers, 'POLICY_ADMIN'],
  EVALUATOR: [...writers, 'POLICY_ADMIN'],
  POLICY_ADMIN: ['DRAW_ORGANISER', 'INSPECTOR'],
  LIST_APPROVER: ['REGISTRY_CLERK'],
  ENGAGED_INSTITUTION: [...writers, 'POLICY_ADMIN', 'AUDITOR', 'EVALUATOR', 'OPERATOR'],
  PARTY: [...writers, 'POLICY_ADMIN', 'AUDITOR', 'EVALUATOR', 'OPERATOR', 'ENGAGED_INSTITUTION'],
} as const satisfies Partial<Record<Role, readonly Role[]>>

/** Two of these roles that one account must not hold together; undefined when all may be joined. */
export function incompatibleRoles(held: readonly Role[]): readonly [Role, Role] | undefined {
  for (const [role, others] of Object.entries(apart) as [Role, readonly Role[]][]) {
    const other = held.includes(role) ? others.find((candidate) => held.includes(candidate)) : undefined
    if (other !== undefined) return [role, other]
  }
  return undefined
}
