import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** The figures of messaging; names are stable, alarms are built on them. */
export interface MessagingMetrics {
  readonly published: Counter
  readonly publishFailures: Counter
  readonly outboxWaiting: Gauge
  readonly outboxOldest: Gauge
  readonly applied: Counter
  readonly parked: Counter
  readonly deadLetters: Counter
  readonly gaps: Counter
  readonly rereadEvents: Counter
  readonly parkedWaiting: Gauge
  readonly retries: Counter
  readonly consumerLag: Gauge
  readonly effectLatency: Histogram
}

export const messagingMetrics = (registry: Registry): MessagingMetrics => {
  const registers = [registry]
  return {
    published: new Counter({ name: 'dr_outbox_published_total', help: 'Events acknowledged by the broker', registers }),
    publishFailures: new Counter({ name: 'dr_outbox_publish_failures_total', help: 'Rejected sends', registers }),
    outboxWaiting: new Gauge({ name: 'dr_outbox_waiting_aggregates', help: 'Aggregates known to have unpublished events', registers }),
    outboxOldest: new Gauge({
      name: 'dr_outbox_oldest_waiting_timestamp_seconds',
      help: 'Unix time since when the oldest unpublished event has been waiting; 0 when none is',
      registers,
    }),
    applied: new Counter({ name: 'dr_inbox_applied_total', help: 'Events handled', labelNames: ['topic'], registers }),
    parked: new Counter({ name: 'dr_inbox_parked_total', help: 'Records parked', labelNames: ['topic', 'reason'], registers }),
    deadLetters: new Counter({
      name: 'dr_inbox_dead_letters_total',
      help: 'Records sent to the dead letters',
      labelNames: ['topic', 'reason'],
      registers,
    }),
    gaps: new Counter({ name: 'dr_inbox_gaps_total', help: 'Gaps in the sequence of an aggregate', labelNames: ['topic'], registers }),
    rereadEvents: new Counter({
      name: 'dr_inbox_reread_events_total',
      help: 'Missing events found by reading a topic again',
      labelNames: ['topic'],
      registers,
    }),
    parkedWaiting: new Gauge({ name: 'dr_inbox_parked_keys', help: 'Keys with parked records known to this process', registers }),
    retries: new Counter({
      name: 'dr_inbox_retries_total',
      help: 'Attempts at parked records',
      labelNames: ['topic', 'outcome'],
      registers,
    }),
    consumerLag: new Gauge({
      name: 'dr_inbox_lag_records',
      help: 'Records of a partition not fetched yet when its last batch was',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    effectLatency: new Histogram({
      name: 'dr_inbox_effect_seconds',
      help: 'From the start of a batch to its commit',
      labelNames: ['topic'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  }
}
