import { canonicalJson, err, ok, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'

/** What a login name may do for one unit. */
export type RoleBinding = {
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly roles: readonly string[]
}

export interface SubjectBindings {
  readonly subject: string
  readonly bindings: readonly RoleBinding[]
}

/** Which roles exist, and two of the given ones that one account must not hold together (SEC-03). */
export interface RoleRules {
  readonly isBindable: (role: string) => boolean
  readonly incompatible: (roles: readonly string[]) => readonly [string, string] | undefined
}

export type BindingRefusal =
  | { readonly code: 'duties-not-separate'; readonly role: string; readonly other: string }
  | { readonly code: 'role-not-bindable'; readonly role: string }

/** Sets the roles of a subject at one unit; no role at all ends the binding. Duties stay apart over all units of an account. Undefined when nothing changes. */
export function bindRoles(
  current: SubjectBindings,
  binding: RoleBinding,
  rules: RoleRules,
): Result<SubjectBindings | undefined, BindingRefusal> {
  const unbindable = binding.roles.find((role) => !rules.isBindable(role))
  if (unbindable !== undefined) return err({ code: 'role-not-bindable', role: unbindable })
  const roles = [...new Set(binding.roles)].sort()
  const others = current.bindings.filter(({ unitId }) => unitId !== binding.unitId)
  const bindings = [...others, ...(roles.length > 0 ? [{ ...binding, roles }] : [])].sort((a, b) => (a.unitId < b.unitId ? -1 : 1))
  const pair = rules.incompatible([...new Set(bindings.flatMap((each) => each.roles))])
  if (pair !== undefined) return err({ code: 'duties-not-separate', role: pair[0], other: pair[1] })
  return ok(canonicalJson(bindings) === canonicalJson(current.bindings) ? undefined : { ...current, bindings })
}
