/** A line with the number of its pool: lines of one pool meet the same objects. */
export interface PooledPlace {
  readonly planId: string
  readonly line: { readonly lineId: string }
  readonly pool: number
}

/** Whether two pools have an object in common: a school never meets the line of the mines. */
export type Share = (a: number, b: number) => boolean

/**
 * Groups of lines every two of which share objects, in the order of the lines: one grown from each seed by those that share with all before them,
 * each told once. Every seed is in one; all largest groups would take time beyond measure to find.
 */
export function meetingLines<L extends PooledPlace>(seeds: readonly L[], lines: readonly L[], share: Share): readonly (readonly L[])[] {
  const groups = seeds.map((seed) => {
    const members = new Set([seed])
    const pools = new Set([seed.pool])
    for (const line of lines) {
      if (members.has(line) || ![...pools].every((pool) => share(pool, line.pool))) continue
      members.add(line)
      pools.add(line.pool)
    }
    return lines.filter((line) => members.has(line))
  })
  const keyOf = (group: readonly L[]): string => group.map(({ planId, line }) => `${planId}/${line.lineId}`).join(' ')
  return [...new Map(groups.map((group) => [keyOf(group), group])).values()]
}
