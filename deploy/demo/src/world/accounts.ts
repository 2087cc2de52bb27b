import type { City } from './cities.ts'
import { cities } from './cities.ts'
import { allUnits, countyBureau, importingCity, provincialUnitId, unitIdOf } from './units.ts'

/** What one account may do for one unit. */
export interface Account {
  readonly subject: string
  readonly unitId: string
  readonly regionCode: string
  readonly roles: readonly string[]
}

export const firstOperator = { subject: 'operator', unitId: provincialUnitId, regionCode: '230000' } as const

export const policyAdmin: Account = { subject: 'policy-admin', unitId: provincialUnitId, regionCode: '230000', roles: ['POLICY_ADMIN'] }

export const filingReviewer: Account = {
  subject: 'filing-reviewer',
  unitId: provincialUnitId,
  regionCode: '230000',
  roles: ['FILING_REVIEWER'],
}

export const provincialClerk: Account = {
  subject: 'provincial-clerk',
  unitId: provincialUnitId,
  regionCode: '230000',
  roles: ['REGISTRY_CLERK'],
}

/** Approves proposals to change lists; never an account that enters items. */
export const provincialApprover: Account = {
  subject: 'provincial-list-approver',
  unitId: provincialUnitId,
  regionCode: '230000',
  roles: ['LIST_APPROVER'],
}

/** Reads marks and the records of every region; writes nothing. */
export const auditor: Account = { subject: 'auditor', unitId: provincialUnitId, regionCode: '230000', roles: ['AUDITOR'] }

export const evaluator: Account = { subject: 'evaluator', unitId: provincialUnitId, regionCode: '230000', roles: ['EVALUATOR'] }

const account = (regionCode: string, unitId: string, name: string, roles: readonly string[]): Account => ({
  subject: `${name}-${unitId}`,
  unitId,
  regionCode,
  roles,
})

const bureauAccount = (city: City, name: string, roles: readonly string[]): Account =>
  account(city.regionCode, unitIdOf(city, 'scj'), name, roles)

export const creditSystemOf = (city: City): Account => bureauAccount(city, 'credit', ['CREDIT_SYSTEM'])

export const plannerOf = (city: City): Account => bureauAccount(city, 'planner', ['PLANNER'])

export const coordinatorOf = (city: City): Account => bureauAccount(city, 'coordinator', ['JOINT_COORDINATOR'])

/** Decides in the city on what its counties file. */
export const cityReviewer: Account = bureauAccount(importingCity, 'filing-reviewer', ['FILING_REVIEWER'])

export const countyPlanner: Account = account(countyBureau.regionCode, countyBureau.unitId, 'planner', ['PLANNER'])

/** The people every department has: who keeps its pools, who approves proposals to change its lists, who draws, who dispatches and who publishes. */
export const clerkOf = (unitId: string): Account => account(unitId.slice(0, 6), unitId, 'clerk', ['REGISTRY_CLERK'])

export const approverOf = (unitId: string): Account => account(unitId.slice(0, 6), unitId, 'list-approver', ['LIST_APPROVER'])

export const organiserOf = (unitId: string): Account => account(unitId.slice(0, 6), unitId, 'organiser', ['DRAW_ORGANISER'])

export const dispatcherOf = (unitId: string): Account => account(unitId.slice(0, 6), unitId, 'dispatcher', ['DISPATCHER'])

export const publisherOf = (unitId: string): Account => account(unitId.slice(0, 6), unitId, 'publisher', ['PUBLISHER'])

/** Units that draw and check for themselves: the bureaux and departments of the cities, not their offices and stations. */
export const actingUnitIds: readonly string[] = allUnits
  .filter(
    ({ kind, unitId }) => (kind === 'BUREAU' || kind === 'DEPARTMENT') && unitId !== provincialUnitId && unitId !== countyBureau.unitId,
  )
  .map(({ unitId }) => unitId)

export const staffAccounts: readonly Account[] = [
  policyAdmin,
  filingReviewer,
  provincialClerk,
  provincialApprover,
  auditor,
  evaluator,
  cityReviewer,
  countyPlanner,
  ...cities.flatMap((city) => [creditSystemOf(city), plannerOf(city), coordinatorOf(city)]),
  ...actingUnitIds.flatMap((unitId) => [
    clerkOf(unitId),
    approverOf(unitId),
    organiserOf(unitId),
    dispatcherOf(unitId),
    publisherOf(unitId),
  ]),
]
