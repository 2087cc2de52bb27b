import type { PartRef } from '../domain/cities.ts'
import type { Opening } from './ports.ts'
import type { Deps } from './require.ts'

/** As many labels as one call may name. */
const labelsPerCall = 5000

/** Who stands behind labels, in parts that registry answers. */
export async function openingsOf({ registry }: Deps<'registry'>, part: PartRef, labels: readonly string[]): Promise<readonly Opening[]> {
  const found: Opening[] = []
  for (let start = 0; start < labels.length; start += labelsPerCall) {
    found.push(...(await registry.openings(part, labels.slice(start, start + labelsPerCall))))
  }
  if (found.length !== labels.length) throw new Error(`registry opened ${found.length} of ${labels.length} labels of draw ${part.drawId}`)
  return found
}
