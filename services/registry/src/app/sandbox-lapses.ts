import { chinaDateOf } from '@dual-random/kernel'
import { isLowRisk } from '@dual-random/policy'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { generalResultAt } from '../domain/credit-result.ts'
import { membershipsAt, type RegimeRecord } from '../domain/regime.ts'
import { checkSandbox, type EligibilityRefusal } from '../domain/regime-eligibility.ts'
import type { RegimeDeps } from './keep-regimes.ts'
import { policyIfBound } from './list-publishing.ts'
import type { Stored } from './ports.ts'

/**
 * Why objects that are in the sandbox now could not enter it any more, by object id: so that the pool is kept up (动态管理, TGT-17). Nobody leaves by it:
 * whether the reason ends the membership is the clerk's to say.
 */
export async function sandboxLapses(
  { credits, book, clock }: Pick<RegimeDeps, 'credits' | 'book' | 'clock'>,
  records: readonly RegimeRecord[],
  objects: ReadonlyMap<string, Stored<CheckObject>>,
): Promise<ReadonlyMap<string, EligibilityRefusal>> {
  const at = clock()
  const inside = records.flatMap((record) => {
    const membership = membershipsAt(record, at).find((each) => each.kind === 'SANDBOX')
    const object = objects.get(record.objectId)?.state
    return membership === undefined || object === undefined ? [] : [{ object, content: currentContent(object), membership }]
  })
  const regions = [...new Set(inside.map(({ content }) => content.regionCode))]
  const policies = new Map(
    await Promise.all(regions.map(async (region) => [region, await policyIfBound(book, region, chinaDateOf(at))] as const)),
  )
  const graded = await credits.ofObjects(inside.map(({ object }) => object.objectId))
  const lapses = new Map<string, EligibilityRefusal>()
  for (const { object, content, membership } of inside) {
    const policy = policies.get(content.regionCode)
    const rules = policy?.find('sandbox')
    const grade = generalResultAt(graded.get(object.objectId), at)?.grade
    const low = policy && isLowRisk(policy, grade)
    if (rules === undefined || low?.ok !== true) continue
    // What the clerk found its business to touch was settled at the entry; its industry and tags show what it touches since.
    const judged = checkSandbox(rules, { content, grade, isLowRisk: low.value, innovations: membership.innovations, fields: [] })
    if (!judged.ok) lapses.set(object.objectId, judged.error)
  }
  return lapses
}
