import { drawingEvents } from './drawing.ts'
import type { EventContract } from './event-contract.ts'
import { inspectionEvents } from './inspection.ts'
import { jointEvents } from './joint.ts'
import { oversightEvents } from './oversight.ts'
import { planningEvents } from './planning.ts'
import { publicationEvents } from './publication.ts'
import { registryEvents } from './registry.ts'

/** Every event of the ecosystem by its owner. */
export const events = {
  registry: registryEvents,
  planning: planningEvents,
  drawing: drawingEvents,
  inspection: inspectionEvents,
  publication: publicationEvents,
  joint: jointEvents,
  oversight: oversightEvents,
} as const

type AnyContract = EventContract<Record<string, unknown>>

const byType = new Map<string, AnyContract>(
  Object.values(events)
    .flatMap((ofService) => Object.values(ofService) as unknown as AnyContract[])
    .map((contract) => [contract.type, contract]),
)

/** The contract of a CloudEvents type; undefined for one this build does not know, which consumers ignore. */
export const contractOf = (type: string): AnyContract | undefined => byType.get(type)

/** The topics of all aggregates, sorted. */
export const serviceTopics: readonly string[] = [...new Set([...byType.values()].map((contract) => contract.topic))].sort()

/** The exchange topic of one region as every region sees it: MirrorMaker 2's default prefix form (design §7). */
export const recognitionTopicOf = (regionAlias: string): string => `${regionAlias}.${jointEvents.recognitionShared.topic}`
