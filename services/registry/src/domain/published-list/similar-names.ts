const pairsOf = (text: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)))

/** At most five by shared pairs of characters (Dice), the nearest first: those that share at least a third. */
export function nearestByName<T extends { readonly code: string; readonly name: string }>(items: readonly T[], name: string): readonly T[] {
  const wanted = pairsOf(name)
  const scored = items.map((item) => {
    const own = pairsOf(item.name)
    const shared = [...own].filter((pair) => wanted.has(pair)).length
    return { item, score: own.size + wanted.size === 0 ? 0 : (2 * shared) / (own.size + wanted.size) }
  })
  return scored
    .filter(({ score }) => score >= 1 / 3)
    .sort((a, b) => b.score - a.score || (a.item.code < b.item.code ? -1 : 1))
    .slice(0, 5)
    .map(({ item }) => item)
}
