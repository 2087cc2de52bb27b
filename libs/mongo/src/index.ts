export {
  type Aggregate,
  type AggregateOptions,
  type AggregateStore,
  aggregates,
  type BulkChange,
  type Change,
  type Decide,
  type Filter,
  type FindOptions,
} from './aggregates.ts'
export { type BlobStore, type BlobUpload, blobs } from './blobs.ts'
export { type DocumentStore, documents } from './documents.ts'
export { idempotencyStore } from './idempotency-store.ts'
export { type InboxMarks, inboxMarks } from './inbox-marks.ts'
export { type NewEvent, newEvent } from './new-event.ts'
export { parkedStore } from './parked-store.ts'
export { type EventHandler, handler, type ProcessSubscriptionOptions, processSubscription } from './process-subscription.ts'
export { type Evolve, type Projection, projection, projectionSubscription } from './projection.ts'
export { relayLeases } from './relay-leases.ts'
export { type IndexSpec, openStore, type Store, type StoreOptions } from './store.ts'
export { storeCall } from './store-call.ts'
