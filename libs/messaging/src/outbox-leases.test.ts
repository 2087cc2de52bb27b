import { relayLeasesBehaviour } from '@dual-random/testkit'
import { memoryLeases } from '../tests/support/memory-leases.ts'

relayLeasesBehaviour('the fake', async () => memoryLeases())
