import type { z } from 'zod'
import { checkKeys } from './values/check.ts'
import { creditKeys } from './values/credit.ts'
import type { KeyDefinition } from './values/definition.ts'
import { drawKeys } from './values/draw.ts'
import { jointKeys } from './values/joint.ts'
import { planKeys } from './values/plan.ts'
import { publicationKeys } from './values/publication.ts'

/** Every policy key there is; a preset that names another is refused. */
export const policyKeys = { ...creditKeys, ...planKeys, ...drawKeys, ...checkKeys, ...publicationKeys, ...jointKeys }

export type PolicyKey = keyof typeof policyKeys

type Frozen<T> = T extends string | number | boolean | undefined | null
  ? T
  : T extends readonly (infer Element)[]
    ? readonly Frozen<Element>[]
    : { readonly [Name in keyof T]: Frozen<T[Name]> }

/** The type of each key's value: percentages as exact ratios, dates and region codes as their kernel types. */
export type PolicyValues = { readonly [Key in PolicyKey]: Frozen<z.output<(typeof policyKeys)[Key]['schema']>> }

export const allPolicyKeys = Object.keys(policyKeys) as readonly PolicyKey[]

export const isPolicyKey = (name: string): name is PolicyKey => Object.hasOwn(policyKeys, name)

/** The key of an identifier, or of the other name that the specification uses for it. */
export const policyKeyNamed = (name: string): PolicyKey | undefined =>
  isPolicyKey(name) ? name : allPolicyKeys.find((key) => (policyKeys[key] as KeyDefinition).alias === name)

/** The key's identifier, its other name where it has one, and its Chinese title: `publish.due (publication.due)「检查结果公示期限」`. */
export function keyLabel(key: PolicyKey): string {
  const { title, alias }: KeyDefinition = policyKeys[key]
  return `${key}${alias === undefined ? '' : ` (${alias})`}「${title}」`
}
