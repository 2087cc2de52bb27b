import { assertNever, err, type Instant, ok, provinceOf, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'

/** A dimension of tags (标签维度). Tags are stored under `key`, the first name it had, so that another name touches no object and no item. */
export type TagDimension = {
  readonly dimensionId: string
  readonly key: string
  readonly name: string
  /** Every name it ever had: a file may still bear an older one. */
  readonly names: readonly string[]
  /** From this instant on no tag of it is given any more; those there are stay. */
  readonly retiredAt: Instant | null
}

export type SchemeChange =
  | { readonly action: 'ADD'; readonly dimensionId: string; readonly name: string }
  | { readonly action: 'RENAME'; readonly dimensionId: string; readonly name: string }
  | { readonly action: 'RETIRE' | 'REINSTATE'; readonly dimensionId: string }

/** The whole of the dimensions as one change left them. */
export interface SchemeVersion {
  readonly number: number
  readonly at: Instant
  readonly by: { readonly subject: string; readonly unitId: UnitId }
  readonly reason: string
  readonly change: SchemeChange
  readonly dimensions: readonly TagDimension[]
}

/** The dimensions of a province, kept by its own regulator for all below (REG-26). `base` is what the service ships. */
export interface TagScheme {
  readonly regionCode: RegionCode
  readonly versions: readonly SchemeVersion[]
}

export type SchemeRefusal =
  | { readonly code: 'tag-dimension-known'; readonly dimensionId: string }
  | { readonly code: 'tag-dimension-unknown'; readonly dimensionId: string }
  | { readonly code: 'tag-dimension-name-taken'; readonly name: string; readonly dimensionId: string }
  | { readonly code: 'tag-dimension-already-so'; readonly dimensionId: string }

/** The region whose scheme holds in a region. */
export const schemeRegion = provinceOf

export const dimensionsOf = (scheme: TagScheme | undefined, base: readonly TagDimension[]): readonly TagDimension[] =>
  scheme?.versions.at(-1)?.dimensions ?? base

/** Version 1 are the dimensions that the service ships. */
export const schemeVersionOf = (scheme: TagScheme | undefined): number => scheme?.versions.at(-1)?.number ?? 1

/** The next version of a scheme. A name once used stays with its dimension: a tag of an old file must not come to mean something else. */
export function changeScheme(
  current: TagScheme | undefined,
  base: readonly TagDimension[],
  regionCode: RegionCode,
  change: SchemeChange,
  about: Pick<SchemeVersion, 'at' | 'by' | 'reason'>,
): Result<TagScheme, SchemeRefusal> {
  const before = dimensionsOf(current, base)
  const changed = changedDimensions(before, change, about.at)
  if (!changed.ok) return changed
  const version: SchemeVersion = { number: schemeVersionOf(current) + 1, ...about, change, dimensions: changed.value }
  return ok({ regionCode, versions: [...(current?.versions ?? []), version] })
}

function changedDimensions(
  before: readonly TagDimension[],
  change: SchemeChange,
  at: Instant,
): Result<readonly TagDimension[], SchemeRefusal> {
  const { dimensionId } = change
  const known = before.find((dimension) => dimension.dimensionId === dimensionId)
  if ('name' in change) {
    const taken = before.find((dimension) => dimension !== known && isNamed(dimension, change.name))
    if (taken !== undefined) return err({ code: 'tag-dimension-name-taken', name: change.name, dimensionId: taken.dimensionId })
  }
  if (change.action === 'ADD') {
    if (known !== undefined) return err({ code: 'tag-dimension-known', dimensionId })
    return ok([...before, newDimension(dimensionId, change.name)])
  }
  if (known === undefined) return err({ code: 'tag-dimension-unknown', dimensionId })
  const next = changedDimension(known, change, at)
  if (next === undefined) return err({ code: 'tag-dimension-already-so', dimensionId })
  return ok(before.map((dimension) => (dimension === known ? next : dimension)))
}

export const newDimension = (dimensionId: string, name: string): TagDimension => ({
  dimensionId,
  key: name,
  name,
  names: [name],
  retiredAt: null,
})

/** Undefined when the dimension is as the change would make it. */
function changedDimension(known: TagDimension, change: Exclude<SchemeChange, { action: 'ADD' }>, at: Instant): TagDimension | undefined {
  switch (change.action) {
    case 'RENAME':
      if (known.name === change.name) return undefined
      return { ...known, name: change.name, names: [...new Set([...known.names, change.name])] }
    case 'RETIRE':
      return known.retiredAt === null ? { ...known, retiredAt: at } : undefined
    case 'REINSTATE':
      return known.retiredAt === null ? undefined : { ...known, retiredAt: null }
    default:
      return assertNever(change)
  }
}

export const isNamed = ({ dimensionId, names }: TagDimension, text: string): boolean => dimensionId === text || names.includes(text)
