import { parkedStoreBehaviour } from '@dual-random/testkit'
import { memoryParkedStore } from '../tests/support/memory-parked-store.ts'

parkedStoreBehaviour('the fake', async () => memoryParkedStore())
