import { documents, type Store } from '@dual-random/mongo'
import { type Policy, policyFromJson } from '@dual-random/policy'
import type { KeptPolicies } from '../app/ports.ts'

interface KeptPolicy {
  readonly id: string
  readonly policyJson: string
}

/** Policies by digest. They never change, so each is read and checked once per process. */
export function policyStore(store: Store): KeptPolicies {
  const kept = documents<KeptPolicy>(store, { collection: 'policies', indexes: [] })
  const read = new Map<string, Policy>()
  return {
    keep: async ({ digest, policyJson }) => {
      await kept.insertMissing([{ id: digest, policyJson }])
    },
    get: async (digest) => {
      const known = read.get(digest)
      if (known !== undefined) return known
      const found = await kept.get(digest)
      if (found === undefined) throw new Error(`the policy ${digest} of a plan is not kept`)
      const policy = policyFromJson(JSON.parse(found.policyJson))
      if (!policy.ok) throw new Error(`kept policy ${digest} does not read: ${JSON.stringify(policy.error)}`)
      read.set(digest, policy.value)
      return policy.value
    },
  }
}
