import { toAppError } from '@dual-random/errors'
import { type Clock, chinaDateOf, type RegionCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { PoolScope } from '../domain/pool-scope.ts'
import type { PolicyBook } from './policy-book.ts'

/** What the policy of a region says of its inspector pools; where it says nothing, or there is none, nothing is asked. */
export interface PersonnelRules {
  /** Classes of personnel nature by what people write (REG-34). */
  readonly natures: Readonly<Record<string, string>> | undefined
  readonly scope: PoolScope | undefined
  /** The personnel systems that staff come from (REG-32). */
  readonly admittedSources: readonly string[] | undefined
}

export async function personnelRules(
  deps: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<PersonnelRules> {
  const policy = await policyInForce(deps, regionCode)
  const natures = policy?.find('inspector.personnelNature')
  return {
    natures: natures && Object.fromEntries(natures.map(({ id, text }) => [text, id])),
    scope: policy?.find('inspector.scope'),
    admittedSources: policy?.find('inspector.source')?.map(({ id }) => id),
  }
}

async function policyInForce(
  { book, clock }: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<Policy | undefined> {
  try {
    return (await book.inForce(regionCode, chinaDateOf(clock()))).policy
  } catch (thrown) {
    if (toAppError(thrown).code === 'region-unbound') return undefined
    throw thrown
  }
}
