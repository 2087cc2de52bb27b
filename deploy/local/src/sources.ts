import { containerEngine } from './container-engine.ts'
import { missingForKafka } from './kafka-install.ts'
import { startKafkaProcess } from './kafka-process.ts'
import type { PartName, PartSource, PartStarter } from './part.ts'
import type { Starters } from './start-parts.ts'
import { missingForStore } from './store-install.ts'
import { startStoreProcess } from './store-process.ts'
import { type PartProblem, StackUnavailableError, variableOf } from './unavailable.ts'

export type Sources = Readonly<Record<PartName, PartSource>>

export type Choice = { readonly sources: Sources; readonly starters: Starters }

const parts = ['kafka', 'store'] as const satisfies readonly PartName[]
const missingFor = { kafka: missingForKafka, store: missingForStore }
const asProcess: Starters = { kafka: startKafkaProcess, store: startStoreProcess }
// Loaded only when an engine answers: the container library is large and of no use otherwise.
const asContainer: Starters = {
  kafka: async (context) => (await import('./containers.ts')).startKafkaContainer(context),
  store: async (context) => (await import('./containers.ts')).startStoreContainer(context),
}

/** The address the environment gives for a part; an empty variable counts as not set. */
export const givenAddress = (part: PartName, env: NodeJS.ProcessEnv): string | undefined => env[variableOf(part)] || undefined

const asGiven =
  (address: string): PartStarter =>
  () =>
    Promise.resolve({ address, stop: () => Promise.resolve() })

/** Decides where each part comes from, before anything is started or built; throws StackUnavailableError naming all that is missing. */
export async function chooseSources(env: NodeJS.ProcessEnv): Promise<Choice> {
  const wanted = parts.filter((part) => givenAddress(part, env) === undefined)
  const engine = wanted.length > 0 ? await containerEngine(env) : undefined
  if (engine?.answers === false) {
    const lacks = await Promise.all(
      wanted.map(async (part): Promise<PartProblem> => ({ part, engine: engine.reason, missing: await missingFor[part](env) })),
    )
    const problems = lacks.filter(({ missing }) => missing.length > 0)
    if (problems.length > 0) throw new StackUnavailableError(problems)
  }
  const choose = (part: PartName): { source: PartSource; starter: PartStarter } => {
    const address = givenAddress(part, env)
    if (address !== undefined) return { source: 'given', starter: asGiven(address) }
    return engine?.answers === true ? { source: 'container', starter: asContainer[part] } : { source: 'process', starter: asProcess[part] }
  }
  const [kafka, store] = [choose('kafka'), choose('store')]
  return { sources: { kafka: kafka.source, store: store.source }, starters: { kafka: kafka.starter, store: store.starter } }
}
