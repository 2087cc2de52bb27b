import { appError } from '@dual-random/errors'
import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { bindRoles, type RoleBinding, type RoleRules, type SubjectBindings } from '../domain/role-binding.ts'
import type { RoleBindings } from './ports.ts'

/** A login name may hold anything, an id may not. */
const idOf = (subject: string): string => toHex(sha256(utf8(subject))).slice(0, 32)

/** Sets what a login name may do for one unit; an account that would unite separate duties is refused (SEC-03). */
export async function setRoles(bindings: RoleBindings, rules: RoleRules, subject: string, binding: RoleBinding): Promise<SubjectBindings> {
  const saved = await bindings.update(idOf(subject), (current) => {
    const next = bindRoles(current?.state ?? { subject, bindings: [] }, binding, rules)
    if (next.ok) return next.value === undefined ? undefined : { state: next.value, events: [] }
    const { error } = next
    throw error.code === 'role-not-bindable'
      ? appError('invalid', 'role-not-bindable', { meta: { role: error.role } })
      : appError('failed-precondition', 'roles-incompatible', { meta: { first: error.role, second: error.other } })
  })
  return saved?.state ?? { subject, bindings: [] }
}

export const rolesOf = async (bindings: RoleBindings, subject: string): Promise<readonly RoleBinding[]> =>
  (await bindings.load(idOf(subject)))?.state.bindings ?? []
