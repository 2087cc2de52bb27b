import type { LocalDate } from '@dual-random/kernel'
import { type InspectorContent, isQualifiedOn } from './inspector.ts'

/** A group of staff that a document names, such as 具有行政执法资格的工作人员. */
export interface StaffGroup {
  readonly id: string
  readonly text: string
}

/** Who belongs in an inspector pool (REG-31): groups that must be in, and groups that may be. */
export interface PoolScope {
  readonly mustInclude: readonly StaffGroup[]
  readonly mayInclude: readonly StaffGroup[]
}

export interface Membership {
  readonly duty: 'MUST' | 'MAY'
  readonly groupId: string
}

/** Groups defined by the certificate: 有证人员 (001), 具有行政执法资格的工作人员 (002, 003). */
const certified: ReadonlySet<string> = new Set(['CERTIFIED', 'QUALIFIED_STAFF'])

/** 应纳尽纳 (004): the document names no group, so nobody is outside it. */
const everyone = 'ALL_WHO_SHOULD'

/** Every other group is one of personnel nature, recorded by its identifier or in the document's words. */
function fits({ id, text }: StaffGroup, content: InspectorContent, on: LocalDate): boolean {
  if (id === everyone) return true
  if (certified.has(id)) return isQualifiedOn(content, on)
  return content.personnelNature === id || content.personnelNature === text
}

/** As what a person belongs in the pool on a date, the duty to be in before the permission; undefined when the scope admits no such person (REG-31). */
export function membershipOf(scope: PoolScope, content: InspectorContent, on: LocalDate): Membership | undefined {
  const must = scope.mustInclude.find((group) => fits(group, content, on))
  if (must !== undefined) return { duty: 'MUST', groupId: must.id }
  const may = scope.mayInclude.find((group) => fits(group, content, on))
  return may && { duty: 'MAY', groupId: may.id }
}
