import type { Store } from '@dual-random/mongo'
import { keptPolicies } from '@dual-random/service'
import type { Policies } from '../app/ports.ts'

export const policyStore = (store: Store): Policies => keptPolicies(store)
