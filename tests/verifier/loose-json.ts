/** JSON as a forger sees it: to be taken apart and put together without asking what it means. */
export type Loose = null | boolean | number | string | Loose[] | LooseRecord
export interface LooseRecord {
  [name: string]: Loose
}

export type Path = readonly (string | number)[]

const isRecord = (value: Loose | undefined): value is LooseRecord => typeof value === 'object' && value !== null && !Array.isArray(value)

export function childOf(value: Loose | undefined, step: string | number): Loose | undefined {
  if (Array.isArray(value)) return value[Number(step)]
  return isRecord(value) ? value[step] : undefined
}

export const valueAt = (value: Loose | undefined, path: Path): Loose | undefined => path.reduce<Loose | undefined>(childOf, value)

/** Writes a value to a place, or takes the member away; does nothing where the way to it is gone. */
export function setAt(value: Loose, path: Path, to: Loose | undefined): void {
  const parent = valueAt(value, path.slice(0, -1))
  const last = path.at(-1)
  if (last === undefined || typeof parent !== 'object' || parent === null) return
  if (Array.isArray(parent)) {
    if (to !== undefined) parent[Number(last)] = to
  } else if (to === undefined) delete parent[last]
  else parent[last] = to
}

/** Every place in a value, the value itself left out: members, elements, and theirs. */
export function placesIn(value: Loose | undefined, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => [[...path, index], ...placesIn(one, [...path, index])])
  if (isRecord(value)) return Object.keys(value).flatMap((name) => [[...path, name], ...placesIn(value[name], [...path, name])])
  return []
}

export const recordAt = (value: Loose | undefined, ...path: Path): LooseRecord => {
  const found = valueAt(value, path)
  if (!isRecord(found)) throw new Error(`no record at ${path.join('/')}`)
  return found
}

export const listAt = (value: Loose | undefined, ...path: Path): Loose[] => {
  const found = valueAt(value, path)
  if (!Array.isArray(found)) throw new Error(`no list at ${path.join('/')}`)
  return found
}

export const textAt = (value: Loose | undefined, ...path: Path): string => {
  const found = valueAt(value, path)
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('/')}`)
  return found
}
