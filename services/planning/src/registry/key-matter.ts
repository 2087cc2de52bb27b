import { objectKinds } from '@dual-random/contracts'
import type { ListedKeyMatter } from '@dual-random/contracts/registry'
import type { ItemCode } from '@dual-random/kernel'
import type { KeyMatter } from '../domain/undrawn-line.ts'

/** A matter as registry lists it; undefined where the message lacks it. */
export function keyMatterOf({ listId, listVersion, matter, objects }: ListedKeyMatter): KeyMatter | undefined {
  if (matter === undefined) return undefined
  return {
    listId,
    listVersion,
    matterId: matter.matterId,
    name: matter.name,
    field: matter.field,
    objects: matter.objects,
    applicability: {
      kinds: (matter.applicability?.kinds ?? []).flatMap((kind) => objectKinds.toName(kind) ?? []),
      industryPrefixes: matter.applicability?.industryPrefixes ?? [],
      tags: matter.applicability?.tags ?? [],
    },
    itemCodes: matter.itemCodes.map((code) => code as ItemCode),
    stages: matter.stages,
    ...(matter.timesPerYear === undefined ? {} : { timesPerYear: matter.timesPerYear }),
    ...(objects === undefined ? {} : { objectCount: objects }),
  }
}
