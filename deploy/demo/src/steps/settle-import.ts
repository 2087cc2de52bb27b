import { readFileSync } from 'node:fs'
import type { ListItem } from '../register/items.ts'
import type { Session } from '../world/api.ts'
import type { City } from '../world/cities.ts'

/** A published table as a service took it in: planning a plan, registry a check-item list. */
export interface TableImport {
  readonly importId: string
  readonly state: string
  readonly questions: readonly {
    readonly questionId: string
    readonly code: string
    readonly message: string
    readonly state: string
    readonly options?: unknown
  }[]
  readonly openQuestions: number
}

/** Sent one after another: an answer can raise a question that the next round answers. */
type Rounds = readonly (readonly unknown[])[]

/** What a city answers about a plan table. */
export interface PlanAnswers {
  readonly table: string
  readonly listItems: readonly ListItem[]
  readonly rounds: Rounds
}

/** What a city answers about a check-item list, and the plan lines it then enters with the items. */
export interface ListAnswers {
  readonly list: string
  readonly businessLine: string
  readonly effectiveFrom: string
  readonly rounds: Rounds
  readonly lines: readonly unknown[]
}

export interface SettledImport {
  readonly regionCode: string
  readonly table: string
  readonly asked: number
  readonly answered: number
}

/** The answers of a city that imports a published table; undefined for one that does not. */
export function answersOf(city: City): PlanAnswers | ListAnswers | undefined {
  const file = new URL(`../../data/answers/${city.alias}.json`, import.meta.url)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PlanAnswers | ListAnswers
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Answers until no question of the import is open, and applies it. `received` is what the table asked when it first came in. */
export async function settleImport(
  session: Session,
  path: string,
  city: City,
  table: string,
  received: TableImport,
  rounds: Rounds,
): Promise<SettledImport> {
  let settled: TableImport = received
  for (const answers of rounds) settled = await session.post<TableImport>(`${path}/answers`, { answers })
  const open = settled.questions.filter(({ state }) => state === 'OPEN')
  if (open.length > 0) {
    const named = open.map(({ questionId, message, options }) => `  ${questionId} ${message} ${JSON.stringify(options)}`)
    throw new Error(`${table}: 尚有问题未答 / questions left open:\n${named.join('\n')}`)
  }
  await session.post(`${path}/apply`, {})
  return { regionCode: city.regionCode, table, asked: received.openQuestions, answered: settled.questions.length }
}
