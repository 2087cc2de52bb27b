import { type Clock, chinaDateOf, type RegionCode } from '@dual-random/kernel'
import type { PolicyBook } from './policy-book.ts'

/** Days a region's policy gives to act on a warning; undefined where it gives none. */
export async function warningDueDays(
  { book, clock }: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<number | undefined> {
  const { policy } = await book.inForce(regionCode, chinaDateOf(clock()))
  return policy.find('warning.due')?.days
}
