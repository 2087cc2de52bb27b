import { token } from '@dual-random/draw/forms'
import type { Json } from '@dual-random/kernel'
import { type Check, same } from '../difference.ts'

type Members = { readonly [name: string]: Json }
const isRecord = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Compares two values member by member and names every place where they differ, in the order of the canonical text. */
export function* sameTree(where: string, found: Json | undefined, expected: Json | undefined): Check {
  if (Array.isArray(found) && Array.isArray(expected)) {
    const [some, others] = [found as readonly Json[], expected as readonly Json[]]
    if (some.length !== others.length) yield* same(where, some.length, others.length)
    for (const [index, element] of some.entries()) yield* sameTree(`${where}/${index}`, element, others[index])
  } else if (isRecord(found) && isRecord(expected)) {
    for (const name of [...new Set([...Object.keys(found), ...Object.keys(expected)])].sort())
      yield* sameTree(`${where}/${token(name)}`, found[name], expected[name])
  } else yield* same(where, found, expected)
}
