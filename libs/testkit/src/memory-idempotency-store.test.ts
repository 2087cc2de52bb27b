import { idempotencyStoreBehaviour } from './idempotency-store-behaviour.ts'
import { memoryIdempotencyStore } from './memory-idempotency-store.ts'

idempotencyStoreBehaviour('memoryIdempotencyStore', async () => memoryIdempotencyStore())
