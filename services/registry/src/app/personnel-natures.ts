import { toAppError } from '@dual-random/errors'
import { type Clock, chinaDateOf, type RegionCode } from '@dual-random/kernel'
import type { PolicyBook } from './policy-book.ts'

/** Classes of personnel nature by what people write (REG-34); undefined where no policy lists them, and any text is taken. */
export async function personnelNatures(
  { book, clock }: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const { policy } = await book.inForce(regionCode, chinaDateOf(clock()))
    const natures = policy.find('inspector.personnelNature')
    return natures && Object.fromEntries(natures.map(({ id, text }) => [text, id]))
  } catch (thrown) {
    if (toAppError(thrown).code === 'region-unbound') return undefined
    throw thrown
  }
}
