import { recognitionTopicOf } from '@dual-random/contracts'

/**
 * Where the region of that alias writes what it shares. In this phase the regions of a group share one broker, so it is the name by which all
 * of them read it. With a broker per region MirrorMaker 2's default policy puts `<alias>.` before the name on its way to the others: then this
 * is `events.joint.recognitionShared.topic`, whatever the alias, and nothing else changes.
 */
export const homeTopicOf = (alias: string): string => recognitionTopicOf(alias)
