export { type DeadLetterCause, deadLetter, deadLetterGroup, deadLetterTopic } from './dead-letter.ts'
export { comparePositions, type DeadLetter, type DeadLetterState, parsePosition, positionOf } from './dead-letter-log.ts'
export { type LetterPlan, type LetterRefusal, planDrop, planReplay } from './dead-letter-plan.ts'
export { dropDeadLetters, replayDeadLetters } from './dead-letter-resolve.ts'
export { type DeadLettersOptions, readDeadLetters } from './dead-letter-scan.ts'
export { decodePayload, fromRecord, type OutgoingEvent, type ReceivedEvent, toRecord } from './event.ts'
export { GroupConsumer, type GroupConsumerOptions } from './group-consumer.ts'
export { KafkajsTransport, type KafkajsTransportOptions } from './kafkajs-transport.ts'
export { type MessagingMetrics, messagingMetrics } from './metrics.ts'
export { OutboxRelay, type OutboxRelayOptions } from './outbox-relay.ts'
export type { OutboxSource, RelayLeases, StaleOutbox } from './outbox-source.ts'
export { type ParkedRecord, type ParkedStore, parkedKey, retryDelaysMs } from './parked.ts'
export { countPublished, type ReadTopicsOptions, readTopics } from './read-topics.ts'
export type { Subscription } from './subscription.ts'
export { listTopics, type TopicPlace } from './topic-admin.ts'
export { type AppliedTopics, applyTopics, compareTopics, type TopicOutcome } from './topic-apply.ts'
export type { TopicChange, TopicRefusal, TopicRefusalReason } from './topic-changes.ts'
export type { TopicDifference, TopicFinding } from './topic-diff.ts'
export { TopicListError, topicSpecsOf } from './topic-list.ts'
export { type TopicSpec, topicSpecs } from './topic-spec.ts'
export { createTopics } from './topics.ts'
export {
  type ConsumeOptions,
  PausePartition,
  type ReceivedRecord,
  type RereadOptions,
  type Transport,
  type TransportBatch,
  type TransportConsumer,
  type TransportRecord,
} from './transport.ts'
