import { toAppError } from '@dual-random/errors'
import { type Clock, chinaDateOf, type RegionCode } from '@dual-random/kernel'
import type { PolicyBook } from './policy-book.ts'

/** The systems that policy names as sources of market subjects (REG-22); undefined where no policy applies or it names none. */
export async function objectSources(
  { book, clock }: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<readonly string[] | undefined> {
  try {
    const { policy } = await book.inForce(regionCode, chinaDateOf(clock()))
    return policy.find('object.source')?.map(({ id }) => id)
  } catch (thrown) {
    if (toAppError(thrown).code === 'region-unbound') return undefined
    throw thrown
  }
}
