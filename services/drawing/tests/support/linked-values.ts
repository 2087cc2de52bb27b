/** A drawn object of a draw, and by what public values of that draw it is known. */
export interface KnownObject {
  readonly draw: string
  readonly code: string
  readonly ids: readonly string[]
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }

const parsed = (text: string): readonly Json[] => {
  try {
    return [JSON.parse(text) as Json]
  } catch {
    return []
  }
}

/** Calls back for every JSON object at any depth, with all strings in it. */
function visitObjects(value: Json, seen: (strings: ReadonlySet<string>) => void): ReadonlySet<string> {
  if (typeof value === 'string') return new Set([value])
  if (value === null || typeof value !== 'object') return new Set()
  const strings = new Set(Object.values(value).flatMap((member: Json) => [...visitObjects(member, seen)]))
  if (!Array.isArray(value)) seen(strings)
  return strings
}

/**
 * Values by which whoever reads the lines, each a JSON text, can tell that an object of one draw is one of another: those that stand in one JSON
 * object with that object's ids, in two draws, and with no other object's.
 */
export function linkingValues(lines: readonly string[], objects: readonly KnownObject[]): readonly string[] {
  const byId = Map.groupBy(
    objects.flatMap((object) => object.ids.map((id) => ({ id, object }))),
    ({ id }) => id,
  )
  const standsWith = new Map<string, Set<KnownObject>>()
  for (const value of lines.flatMap(parsed))
    visitObjects(value, (strings) => {
      const named = [...strings].flatMap((text) => byId.get(text)?.map(({ object }) => object) ?? [])
      for (const text of strings) for (const object of named) standsWith.set(text, (standsWith.get(text) ?? new Set()).add(object))
    })
  return [...standsWith].flatMap(([value, those]) => {
    const codes = new Set([...those].map(({ code }) => code))
    const draws = new Set([...those].map(({ draw }) => draw))
    return codes.size === 1 && draws.size > 1 ? [value] : []
  })
}
