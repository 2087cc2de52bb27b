import type { CreditRecord } from '../domain/credit-result.ts'
import { type Mapping, type Member, memberOf } from '../domain/mapped-set.ts'
import { type Membership, membershipsAt } from '../domain/regime.ts'
import type { CreditRecords, ObjectPool } from './ports.ts'
import type { Regimes } from './regime-ports.ts'

export interface GradedMember {
  readonly member: Member
  readonly credit: CreditRecord | undefined
  /** The special regimes it is under as of the instant. */
  readonly memberships: readonly Membership[]
}

export interface MemberDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly regimes: Regimes
}

const batchSize = 1000

/** The mapped set in batches with the credit records and regimes of its members: never more than a batch of objects is held. */
export async function* mappedMembers({ objects, credits, regimes }: MemberDeps, mapping: Mapping): AsyncGenerator<readonly GradedMember[]> {
  let batch: Member[] = []
  const graded = async (members: readonly Member[]): Promise<readonly GradedMember[]> => {
    const ids = members.map(({ object }) => object.objectId)
    const [records, ofRegimes] = await Promise.all([credits.ofObjects(ids), regimes.ofObjects(ids)])
    return members.map((member) => ({
      member,
      credit: records.get(member.object.objectId),
      memberships: membershipsAt(ofRegimes.get(member.object.objectId), mapping.asOf),
    }))
  }
  const applicabilities = mapping.items.map(({ applicability }) => applicability)
  for await (const object of objects.candidates(mapping.regionCode, applicabilities)) {
    const member = memberOf(object, mapping)
    if (member !== undefined) batch.push(member)
    if (batch.length === batchSize) {
      yield await graded(batch)
      batch = []
    }
  }
  if (batch.length > 0) yield await graded(batch)
}
