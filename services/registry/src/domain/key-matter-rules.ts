import type { Policy } from '@dual-random/policy'
import type { KeyMatter } from './key-supervision-list.ts'

export type KeyMatterProblem =
  | { readonly code: 'key-field-unknown'; readonly allowed: string }
  | { readonly code: 'stages-missing' }
  | { readonly code: 'times-missing' }
  | { readonly code: 'matter-items-missing' }
  | { readonly code: 'factor-missing'; readonly id: string; readonly text: string }

/** The field as policy names it: by id or by text; its own words where the tag set is open, or where policy has none (TGT-04). Undefined where it may not stand. */
export function keyFieldOf(policy: Policy, text: string): string | undefined {
  const fields = policy.find('keyFields')
  if (fields === undefined) return text
  const known = fields.members.find(({ id, text: name }) => id === text || name === text)
  return known?.id ?? (fields.open ? text : undefined)
}

/**
 * What a matter lacks of what policy has key supervision be: of each attribute that which is measured of it (TGT-05), and every factor it is
 * to take account of (TGT-06).
 */
export function keyMatterProblems(policy: Policy, matter: KeyMatter): readonly KeyMatterProblem[] {
  const measures = new Set((policy.find('keySupervision.attributes') ?? []).map(({ measure }) => measure))
  const factors = policy.find('keySupervision.considers') ?? []
  const lacking = factors.filter(({ id }) => !matter.factors.some((factor) => factor.id === id))
  return [
    ...(measures.has('STAGES') && matter.stages.length === 0 ? [{ code: 'stages-missing' as const }] : []),
    ...(measures.has('TIMES') && matter.timesPerYear === undefined ? [{ code: 'times-missing' as const }] : []),
    ...(measures.has('ASPECTS') && matter.itemCodes.length === 0 ? [{ code: 'matter-items-missing' as const }] : []),
    ...lacking.map(({ id, text }) => ({ code: 'factor-missing' as const, id, text })),
  ]
}

/** The members of the tag set, for whoever is told that a field is none. */
export const allowedFields = (policy: Policy): string => (policy.find('keyFields')?.members ?? []).map(({ text }) => text).join('、')
