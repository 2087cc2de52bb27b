export { type DeadLetterCause, deadLetter, deadLetterTopic } from './dead-letter.ts'
export { decodePayload, fromRecord, type OutgoingEvent, type ReceivedEvent, toRecord } from './event.ts'
export { GroupConsumer, type GroupConsumerOptions } from './group-consumer.ts'
export { KafkajsTransport, type KafkajsTransportOptions } from './kafkajs-transport.ts'
export { type MessagingMetrics, messagingMetrics } from './metrics.ts'
export { OutboxRelay, type OutboxRelayOptions, type OutboxSource } from './outbox-relay.ts'
export { type ParkedRecord, type ParkedStore, parkedKey, retryDelaysMs } from './parked.ts'
export { countPublished, type ReadTopicsOptions, readTopics } from './read-topics.ts'
export type { Subscription } from './subscription.ts'
export { topicSpecsOf } from './topic-list.ts'
export { createTopics, type TopicSpec, topicSpecs } from './topics.ts'
export {
  type ConsumeOptions,
  PausePartition,
  type ReceivedRecord,
  type Transport,
  type TransportBatch,
  type TransportConsumer,
  type TransportRecord,
} from './transport.ts'
