import { compareText, type ExpectedObjects, type MatchInput } from '@dual-random/draw'

/** A name for a kind, different for different specialities. */
const keyOf = (specialities: readonly string[]): string => JSON.stringify(specialities)

/**
 * Of each kind of object, as a unit sees them by the specialities it must bring, how many a draw is expected to bring: of every stratum its
 * number drawn, in the shares of the kinds among those that may be drawn. Most frequent first.
 */
export function expectedObjects(
  { objects }: Pick<MatchInput, 'objects'>,
  strata: readonly { readonly drawn: number; readonly labels: readonly string[] }[],
): readonly ExpectedObjects[] {
  const kindOf = new Map(objects.map(({ label, specialities }) => [label, specialities]))
  const kinds = new Map<string, { readonly specialities: readonly string[]; shares: number }>()
  for (const { drawn, labels } of strata) {
    for (const label of labels) {
      const specialities = kindOf.get(label) ?? []
      const kind = kinds.get(keyOf(specialities)) ?? { specialities, shares: 0 }
      kind.shares += drawn / labels.length
      kinds.set(keyOf(specialities), kind)
    }
  }
  return [...kinds.values()]
    .map(({ specialities, shares }) => ({ specialities, objects: Math.round(shares) }))
    .filter((kind) => kind.objects > 0)
    .sort((a, b) => b.objects - a.objects || compareText(a.specialities.join(), b.specialities.join()))
}
