import type { GeneratedInspector } from '../register/inspectors.ts'
import type { GeneratedRegister } from '../register/objects.ts'
import type { Account } from '../world/accounts.ts'
import type { Session } from '../world/api.ts'
import type { City } from '../world/cities.ts'
import type { World } from '../world/world.ts'

/** What the steps hand on to each other. */
export interface Scenario {
  readonly world: World
  readonly seed: string
  readonly objects: number
  /** Seconds of real time in which the first draws stand before their round. */
  readonly watchSeconds: number
  readonly progress: (line: string) => void
  /** The one session of an account. */
  readonly as: (account: Pick<Account, 'subject' | 'unitId'>) => Session
}

export interface CityRegister {
  readonly city: City
  readonly register: GeneratedRegister
  readonly gradesCsv: string
  readonly inspectors: readonly GeneratedInspector[]
}

export interface ImportOutcome {
  readonly importId: string
  readonly received: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly unmatched?: number
  readonly reportUrl: string
}

export function openScenario(world: World, options: Pick<Scenario, 'seed' | 'objects' | 'watchSeconds' | 'progress'>): Scenario {
  return { world, ...options, as: sessionsOf(world) }
}

/** One session for each account, opened when it is first asked for. */
export function sessionsOf(world: { as(subject: string, unitId: string): Session }): Scenario['as'] {
  const sessions = new Map<string, Session>()
  return ({ subject, unitId }) => {
    const key = `${subject} ${unitId}`
    const session = sessions.get(key) ?? world.as(subject, unitId)
    sessions.set(key, session)
    return session
  }
}
