import type { Json } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import { canonicalPolicy, type Policy, policyFromJson } from '@dual-random/policy'
import type { Policies } from '../app/ports.ts'

interface PolicyDocument {
  readonly id: string
  /** Canonical JSON as text: policy keys have dots, which field names should not. */
  readonly content: string
}

/** Policies never change under their digest, so each is read once per process. */
export function policyStore(store: Store): Policies {
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
