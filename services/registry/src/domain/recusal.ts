/** What an entry bars from: a unit (单位), an object of checks (对象), a person (人员). */
export const recusalKinds = ['UNIT', 'OBJECT', 'PERSON'] as const
export type RecusalKind = (typeof recusalKinds)[number]

/** One entry of a recusal scope (回避范围): the public code or full name of what it bars from, and why. */
export type RecusalEntry = {
  readonly kind: RecusalKind
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

const wordOf: Readonly<Record<RecusalKind, string>> = { UNIT: '单位', OBJECT: '对象', PERSON: '人员' }

/** Reads one entry, `单位:某公司=曾任职`, `91230300…=配偶任职` (an object) or the target alone; undefined without a target. */
export function parseRecusalEntry(text: string): RecusalEntry | undefined {
  const [named = '', ...rest] = text.replaceAll('＝', '=').split('=')
  const [, word, after] = /^\s*(单位|对象|人员)\s*[:：](.*)/s.exec(named) ?? []
  const target = (after ?? named).trim()
  if (target === '') return undefined
  const ground = rest.join('=').trim()
  const kind = recusalKinds.find((each) => wordOf[each] === word) ?? 'OBJECT'
  return { kind, target, ground: ground === '' ? unnamedGround : ground }
}

/** An entry as `parseRecusalEntry` reads it. */
export const recusalText = ({ kind, target, ground }: RecusalEntry): string =>
  `${wordOf[kind]}:${target}${ground === unnamedGround ? '' : `=${ground}`}`

const keyOf = ({ kind, target }: RecusalEntry): string => `${target} ${kind}`

/** Entries in their canonical order; the last of one kind and target counts. */
export const canonicalEntries = (entries: readonly RecusalEntry[]): readonly RecusalEntry[] =>
  [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

/**
 * Finds who is recused from an object, by its public code or its full name, whatever the entry calls it; the index is built once for a draw,
 * asked once per object. The pool holds no persons behind an object: an entry for one that no object is named after binds whoever hands out
 * the task and reads the scope.
 */
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
