import { createTopics, deadLetterTopic } from '@dual-random/messaging'
import type { ReplyCuttingProxy } from '@dual-random/testkit'
import { Kafka, logLevel } from 'kafkajs'
import type { MongoClient } from 'mongodb'
import type { Victim } from '../plan/fault.ts'
import { processNames } from '../plan/parts.ts'
import type { Plant } from '../plan/plant.ts'
import { writeControl } from '../processes/control.ts'
import { databaseOf, databases, groups, topicPrefixOf } from '../processes/settings.ts'
import { topics } from '../processes/shapes.ts'
import { ChaosProcess, type UnaskedExit } from './chaos-process.ts'
import { type ChaosStack, openNetwork } from './chaos-stack.ts'
import type { Endurable } from './endurable.ts'
import type { Targets } from './perform.ts'
import { RequestWatch } from './request-watch.ts'
import type { RunFolder } from './run-folder.ts'

/** Everything that is under test, and what it can be made to bear. */
export interface Field extends AsyncDisposable {
  readonly targets: Targets
  readonly unaskedExits: readonly UnaskedExit[]
  start(): Promise<void>
  /** Ends every fault, has everything run, and begins no more operations. */
  heal(): Promise<void>
  /** Ends the processes; broker and store stay. */
  stop(): Promise<void>
}

export interface FieldOptions {
  readonly stack: ChaosStack
  readonly run: string
  readonly seed: number
  readonly plant: Plant | undefined
  readonly folder: RunFolder
  readonly client: MongoClient
  /** Whether others use the stack: then the run takes its databases and topics away again. */
  readonly isShared: boolean
}

/** Of one writer; what comes of an operation is about twenty store calls, five records and nine effects. */
const operationsPerPulse = 4

const partitions = 4

export async function openField({ stack, run, seed, plant, folder, client, isShared }: FieldOptions): Promise<Field> {
  await using parts = new AsyncDisposableStack()
  const { brokers, servers } = stack
  const topicPrefix = topicPrefixOf(run)
  if (isShared) {
    parts.defer(() => removeTopics(brokers, topicPrefix))
    for (const database of databases) parts.defer(async () => void (await client.db(databaseOf(run, database)).dropDatabase()))
  }
  await createTopics(brokers, topicPrefix, [
    ...Object.values(topics).map((topic) => ({ topic, partitions })),
    ...groups.map((group) => ({ topic: deadLetterTopic(group), partitions: 1 })),
  ])
  const network = await openNetwork(parts, stack)
  const requests = new Map([...network.routes].map(([name, proxy]) => [name, new RequestWatch(proxy)]))
  const unaskedExits: UnaskedExit[] = []
  const control = { offsetMs: 0, writing: true }
  const steer = (change: Partial<typeof control>): void => writeControl(folder.controlFile, Object.assign(control, change))
  steer({})
  const processes = new Map(
    processNames.map((name) => [
      name,
      parts.use(
        new ChaosProcess({
          logFolder: folder.logs,
          onUnaskedExit: (exit) => void unaskedExits.push(exit),
          settings: {
            name,
            ...existing(network.ways, name),
            run,
            seed,
            operationsPerPulse,
            controlFile: folder.controlFile,
            historyFile: folder.historyFile(name),
            plant,
          },
        }),
      ),
    ]),
  )
  const victim = (name: Victim): Endurable => {
    const found = name === 'broker' || name === 'store' ? servers[name] : processes.get(name)
    if (found === undefined) throw new Error(`${name} is not this run's own`)
    return found
  }
  const owned = parts.move()
  return {
    unaskedExits,
    targets: {
      victim,
      route: (name) => existing(network.routes, name),
      requestsOn: (name) => existing(requests, name),
      moveClock: (offsetMs) => steer({ offsetMs }),
    },
    start: async () => {
      await Promise.all([...processes.values()].map((process) => process.start()))
    },
    heal: async () => {
      steer({ offsetMs: 0, writing: false })
      for (const route of network.routes.values()) mend(route)
    },
    stop: async () => {
      await Promise.all([...processes.values()].map((process) => process[Symbol.asyncDispose]()))
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function existing<K extends string, V>(known: ReadonlyMap<K, V>, name: K): V {
  const found = known.get(name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

function mend(route: ReplyCuttingProxy): void {
  route.delay(0)
  route.thaw()
  route.accept()
}

async function removeTopics(brokers: readonly string[], prefix: string): Promise<void> {
  const admin = new Kafka({ clientId: 'chaos', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    await admin.deleteTopics({ topics: (await admin.listTopics()).filter((topic) => topic.startsWith(prefix)) })
  } finally {
    await admin.disconnect()
  }
}
