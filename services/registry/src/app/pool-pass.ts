import type { Instant } from '@dual-random/kernel'
import { type Policy, whiteListDraw } from '@dual-random/policy'
import type { StratumResult } from '../domain/credit-result.ts'
import { regimeEffect } from '../domain/mapped-set.ts'
import type { CountedObject } from '../domain/pool-histogram.ts'
import { membershipsAt, type RegimeRecord } from '../domain/regime.ts'
import type { MemberDeps } from './mapped-members.ts'

/** A member of the mapped set of some of the items, with what decides its stratum in a draw on any of them. */
export interface PassedMember<O, Fits> {
  readonly object: O
  readonly fits: Fits
  readonly record: { readonly results: readonly StratumResult[] } | undefined
  /** Whether it would be drawn among the white list, beside its grade (TGT-20), as of each instant. */
  readonly isWhiteListed: readonly boolean[]
}

/** An instant with the policy in force then. */
export interface PassInstant {
  readonly policy: Policy | undefined
  readonly asOf: Instant
}

export interface Pass<O, Fits> {
  readonly objects: AsyncIterable<O>
  /** Which scopes fit it; undefined leaves the object out. */
  readonly fitsOf: (object: O) => Fits | undefined
  readonly instants: readonly PassInstant[]
}

const batchSize = 2000
/** Batches whose grades are looked up while the objects are read on. */
const batchesUnderWay = 4

/** Reads through objects once and gives the members in batches, in the order they were read: never more than a few batches are held. */
export async function* poolPass<O extends CountedObject, Fits>(
  { credits, regimes }: Pick<MemberDeps, 'credits' | 'regimes'>,
  { objects, fitsOf, instants }: Pass<O, Fits>,
): AsyncGenerator<readonly PassedMember<O, Fits>[]> {
  const asked = instants.map(({ policy, asOf }) => {
    const whiteList = policy && whiteListDraw(policy)
    return { asOf, rules: { hasSandbox: policy?.find('sandbox') !== undefined, whiteList } }
  })
  const hasOwnStrata = asked.some(({ rules }) => rules.whiteList?.effect === 'OWN_RATIO') && !(await regimes.isEmpty())
  const none = asked.map(() => false)

  const lookUp = async (members: readonly Pick<PassedMember<O, Fits>, 'object' | 'fits'>[]): Promise<readonly PassedMember<O, Fits>[]> => {
    const ids = members.map(({ object }) => object.objectId)
    const [records, memberships] = await Promise.all([
      credits.resultsOf(ids),
      hasOwnStrata ? regimes.ofObjects(ids) : new Map<string, RegimeRecord>(),
    ])
    const isListed = (id: string): readonly boolean[] =>
      asked.map(({ asOf, rules }) => regimeEffect(membershipsAt(memberships.get(id), asOf), rules)?.effect === 'OWN_STRATUM')
    return members.map(({ object, fits }) => ({
      object,
      fits,
      record: records.get(object.objectId),
      isWhiteListed: hasOwnStrata ? isListed(object.objectId) : none,
    }))
  }

  const underWay: Promise<readonly PassedMember<O, Fits>[]>[] = []
  const begin = (members: readonly Pick<PassedMember<O, Fits>, 'object' | 'fits'>[]): void => {
    const lookingUp = lookUp(members)
    // Awaited below; until then a failure is nobody's.
    lookingUp.catch(() => undefined)
    underWay.push(lookingUp)
  }
  try {
    let batch: Pick<PassedMember<O, Fits>, 'object' | 'fits'>[] = []
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
