import { err, ok, type Result } from '@dual-random/kernel'

/** What somebody may do for one unit, as registry holds it. */
export interface RoleBinding {
  readonly unitId: string
  readonly regionCode: string
  readonly roles: readonly string[]
}

export type SessionRefusal =
  | { readonly code: 'no-role-binding' }
  | { readonly code: 'unit-not-bound'; readonly unitId: string }
  | { readonly code: 'unit-choice-required'; readonly unitIds: readonly string[] }

/** A session is for one unit at a time, so that every act has one responsible unit; with several the person says which. */
export function chooseBinding(bindings: readonly RoleBinding[], unitId: string | undefined): Result<RoleBinding, SessionRefusal> {
  if (unitId !== undefined) {
    const chosen = bindings.find((binding) => binding.unitId === unitId)
    return chosen === undefined ? err({ code: 'unit-not-bound', unitId }) : ok(chosen)
  }
  const [only, ...others] = bindings
  if (only === undefined) return err({ code: 'no-role-binding' })
  if (others.length > 0) return err({ code: 'unit-choice-required', unitIds: bindings.map((binding) => binding.unitId) })
  return ok(only)
}
