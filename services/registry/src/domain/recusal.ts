/** One entry of a recusal scope (回避范围): the object's public code or full name, and why. */
export type RecusalEntry = {
  readonly target: string
  readonly ground: string
}

/**
 * What is recorded of an inspector's recusal scope (REG-33): an explicit "none", or entries. These are sensitive (SEC-04), so the record
 * holds them sealed, with a keyed digest that tells whether they changed.
 */
export type Recusal = { readonly kind: 'none' } | { readonly kind: 'scope'; readonly digest: string; readonly sealed: string }

/** The ground where the entry names none. */
export const unnamedGround = '回避范围'

/** Reads one entry, `91230300…=配偶任职` or the target alone; undefined without a target. */
export function parseRecusalEntry(text: string): RecusalEntry | undefined {
  const [target = '', ...rest] = text.replaceAll('＝', '=').split('=')
  if (target.trim() === '') return undefined
  const ground = rest.join('=').trim()
  return { target: target.trim(), ground: ground === '' ? unnamedGround : ground }
}

/** Entries in their canonical order; the last of one target counts. */
export const canonicalEntries = (entries: readonly RecusalEntry[]): readonly RecusalEntry[] =>
  [...new Map(entries.map((entry) => [entry.target, entry])).values()].sort((a, b) => (a.target < b.target ? -1 : 1))

/** Finds who is recused from an object: the index is built once for a draw, asked once per object. */
export function recusalIndex<T>(scopes: readonly { readonly holder: T; readonly entries: readonly RecusalEntry[] }[]) {
  const byTarget = new Map<string, { holder: T; ground: string }[]>()
  for (const { holder, entries } of scopes) {
    for (const { target, ground } of entries) byTarget.set(target, [...(byTarget.get(target) ?? []), { holder, ground }])
  }
  return (objectCode: string, name: string): readonly { readonly holder: T; readonly ground: string }[] => {
    const found = new Map([...(byTarget.get(name) ?? []), ...(byTarget.get(objectCode) ?? [])].map((recusal) => [recusal.holder, recusal]))
    return [...found.values()]
  }
}
