import type { CreditRecord } from '../domain/credit-result.ts'
import { type Mapping, type Member, memberOf } from '../domain/mapped-set.ts'
import type { CreditRecords, ObjectPool } from './ports.ts'

export interface GradedMember {
  readonly member: Member
  readonly credit: CreditRecord | undefined
}

const batchSize = 1000

/** The mapped set in batches with the credit records of its members: never more than a batch of objects is held. */
export async function* mappedMembers(
  objects: ObjectPool,
  credits: CreditRecords,
  mapping: Mapping,
): AsyncGenerator<readonly GradedMember[]> {
  let batch: Member[] = []
  const graded = async (members: readonly Member[]): Promise<readonly GradedMember[]> => {
    const records = await credits.ofObjects(members.map(({ object }) => object.objectId))
    return members.map((member) => ({ member, credit: records.get(member.object.objectId) }))
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
