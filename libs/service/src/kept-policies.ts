import type { Json } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import { canonicalPolicy, type Policy, policyFromJson } from '@dual-random/policy'

/** The policy versions that decisions of a service were made under, by the digest they are named by: each decision is judged under its own for ever (POL-05). */
export interface KeptPolicies {
  /** Does nothing for a digest that is kept. */
  keep(digest: string, policy: Policy): Promise<void>
  /** Throws a plain error for a digest that was never kept, and for a copy that does not read. */
  get(digest: string): Promise<Policy>
}

interface PolicyDocument {
  readonly id: string
  /** Canonical JSON as text: policy keys have dots, which field names should not. */
  readonly content: string
}

/** Copies in the service's own store, in the collection `policies`. They never change under their digest, so each is read once per process. */
export function keptPolicies(store: Store): KeptPolicies {
  const copies = documents<PolicyDocument>(store, { collection: 'policies', indexes: [] })
  const known = new Map<string, Policy>()
  return {
    keep: async (digest, policy) => {
      if (known.has(digest)) return
      await copies.insertMissing([{ id: digest, content: JSON.stringify(canonicalPolicy(policy)) }])
      known.set(digest, policy)
    },
    get: async (digest) => {
      const remembered = known.get(digest)
      if (remembered !== undefined) return remembered
      const found = await copies.get(digest)
      if (found === undefined) throw new Error(`policy ${digest} was never kept`)
      const read = policyFromJson(JSON.parse(found.content) as Json)
      if (!read.ok) throw new Error(`policy ${digest} does not read: ${JSON.stringify(read.error)}`)
      known.set(digest, read.value)
      return read.value
    },
  }
}
