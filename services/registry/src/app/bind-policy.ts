import { appError } from '@dual-random/errors'
import type { Json } from '@dual-random/kernel'
import { parseBinding } from '@dual-random/policy'
import { bindRegion, type RegionBinding } from '../domain/policy-record.ts'
import { type PolicyBook, policyFileOf } from './policy-book.ts'
import type { PolicyBindings } from './ports.ts'

export interface BindPolicyDeps {
  readonly bindings: PolicyBindings
  readonly book: PolicyBook
}

/** Binds a region to a preset, or gives it values of its own, from a date on; the same decision again changes nothing (POL-06). */
export async function bindPolicy({ bindings, book }: BindPolicyDeps, decision: Readonly<Record<string, unknown>>): Promise<RegionBinding> {
  const parsed = parseBinding(decision)
  if (!parsed.ok) {
    const reason = parsed.error.map(({ path, message }) => `${path} ${message}`).join('；')
    throw appError('invalid', 'policy-file-invalid', { meta: { file: 'policy-binding', reason } })
  }
  const { regionCode, from } = parsed.value
  const stored = policyFileOf(decision)
  if (!stored.ok) throw appError('invalid', 'policy-file-invalid', { meta: { file: 'policy-binding', reason: stored.error } })
  const file = stored.value.file as { readonly [name: string]: Json }
  const { digest } = stored.value

  const current = await bindings.load(bindingId(regionCode))
  const next = bindRegion(current?.state, regionCode, { from, digest, file })
  if (!next.ok) throw appError('failed-precondition', 'binding-not-later', { meta: { after: next.error.after } })
  if (next.value !== undefined) {
    const { id } = await book.wouldApply(next.value, from)
    await bindings.update(bindingId(regionCode), (seen) => {
      if (seen?.version !== current?.version) throw appError('version-conflict', 'version-conflict')
      const event = { type: 'policy-bound', regionCode, preset: id.preset, version: String(id.version), from } as const
      return { state: next.value ?? { regionCode, bindings: [] }, events: [event] }
    })
  }
  const bound = (next.value ?? current?.state)?.bindings.find((binding) => binding.digest === digest)
  return bound as RegionBinding
}

export const bindingId = (regionCode: string): string => `binding-${regionCode}`
