import { type Clock, chinaDateOf, type RegionCode } from '@dual-random/kernel'
import { type PolicyBook, requireRule } from './policy-book.ts'

/** The grades of a region's scheme, lowest risk first (CRD-03). */
export async function gradeScheme(
  { book, clock }: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<readonly string[]> {
  const { policy } = await book.inForce(regionCode, chinaDateOf(clock()))
  return requireRule(policy.get('gradeScheme')).lowToHigh
}
