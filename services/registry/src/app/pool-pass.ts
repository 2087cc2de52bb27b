import type { Instant } from '@dual-random/kernel'
import { type Policy, whiteListDraw } from '@dual-random/policy'
import type { StratumResult } from '../domain/credit-result.ts'
import { regimeEffect } from '../domain/mapped-set.ts'
import type { CountedObject } from '../domain/pool-histogram.ts'
import { membershipsAt } from '../domain/regime.ts'
import type { MemberDeps } from './mapped-members.ts'

/** A member of the mapped set of some of the items, with what decides its stratum in a draw on any of them. */
export interface PassedMember<O> {
  readonly object: O
  /** Which scopes fit it, as bits. */
  readonly fits: bigint
  readonly record: { readonly results: readonly StratumResult[] } | undefined
  /** Whether it would be drawn among the white list, beside its grade (TGT-20). */
  readonly isWhiteListed: boolean
}

export interface Pass<O> {
  readonly objects: AsyncIterable<O>
  /** Undefined leaves the object out. */
  readonly fitsOf: (object: O) => bigint | undefined
  readonly policy: Policy | undefined
  readonly asOf: Instant
}

const batchSize = 2000
/** Batches whose grades are looked up while the objects are read on. */
const batchesUnderWay = 4

/** Reads through objects once and gives the members in batches, in the order they were read: never more than a few batches are held. */
export async function* poolPass<O extends CountedObject>(
  { credits, regimes }: Pick<MemberDeps, 'credits' | 'regimes'>,
  { objects, fitsOf, policy, asOf }: Pass<O>,
): AsyncGenerator<readonly PassedMember<O>[]> {
  const whiteList = policy && whiteListDraw(policy)
  const hasOwnStrata = whiteList?.effect === 'OWN_RATIO' && !(await regimes.isEmpty())
  const rules = { hasSandbox: policy?.find('sandbox') !== undefined, whiteList }

  const lookUp = async (members: readonly Pick<PassedMember<O>, 'object' | 'fits'>[]): Promise<readonly PassedMember<O>[]> => {
    const ids = members.map(({ object }) => object.objectId)
    const [records, memberships] = await Promise.all([credits.resultsOf(ids), hasOwnStrata ? regimes.ofObjects(ids) : new Map()])
    return members.map(({ object, fits }) => ({
      object,
      fits,
      record: records.get(object.objectId),
      isWhiteListed: hasOwnStrata && regimeEffect(membershipsAt(memberships.get(object.objectId), asOf), rules)?.effect === 'OWN_STRATUM',
    }))
  }

  const underWay: Promise<readonly PassedMember<O>[]>[] = []
  const begin = (members: readonly Pick<PassedMember<O>, 'object' | 'fits'>[]): void => {
    const lookingUp = lookUp(members)
    // Awaited below; until then a failure is nobody's.
    lookingUp.catch(() => undefined)
    underWay.push(lookingUp)
  }
  try {
    let batch: Pick<PassedMember<O>, 'object' | 'fits'>[] = []
    for await (const object of objects) {
      const fits = fitsOf(object)
      if (fits === undefined) continue
      batch.push({ object, fits })
      if (batch.length < batchSize) continue
      begin(batch)
      batch = []
      if (underWay.length >= batchesUnderWay) yield (await underWay.shift()) ?? []
    }
    if (batch.length > 0) begin(batch)
    while (underWay.length > 0) yield (await underWay.shift()) ?? []
  } finally {
    // Whatever ends the pass, nothing goes on behind the answer.
    await Promise.allSettled(underWay)
  }
}
