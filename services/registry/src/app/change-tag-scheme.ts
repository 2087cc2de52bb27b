import { appError } from '@dual-random/errors'
import type { Clock } from '@dual-random/kernel'
import { changeScheme, dimensionsOf, type SchemeChange, schemeRegion, schemeVersionOf, type TagDimension } from '../domain/tag-scheme.ts'
import type { Caller, TagSchemes } from './ports.ts'
import { requireVersion } from './precondition.ts'
import { schemeId, type TagBook } from './tag-book.ts'

export interface TagSchemeDeps {
  readonly tagSchemes: TagSchemes
  readonly tagBook: TagBook
  readonly clock: Clock
}

export interface TagSchemeView {
  readonly regionCode: string
  readonly version: number
  readonly dimensions: readonly TagDimension[]
}

/** Adds, renames, retires or reinstates a dimension of the caller's province (REG-26). `expected` is the version the caller saw. */
export async function changeTagScheme(
  { tagSchemes, tagBook: { base }, clock }: TagSchemeDeps,
  caller: Caller,
  command: { readonly change: SchemeChange; readonly reason: string; readonly expected: number | undefined },
): Promise<TagSchemeView> {
  const regionCode = schemeRegion(caller.regionCode)
  if (caller.regionCode !== regionCode) throw appError('forbidden', 'tag-scheme-is-provincial', { meta: { regionCode } })
  const saved = await tagSchemes.update(schemeId(regionCode), (current) => {
    requireVersion(schemeVersionOf(current?.state), command.expected)
    const by = { subject: caller.subject, unitId: caller.unitId }
    const changed = changeScheme(current?.state, base, regionCode, command.change, { at: clock(), by, reason: command.reason })
    if (changed.ok) return { state: changed.value, events: [] }
    const { code, ...meta } = changed.error
    throw appError(code === 'tag-dimension-unknown' ? 'not-found' : 'failed-precondition', code, { meta })
  })
  return { regionCode, version: schemeVersionOf(saved?.state), dimensions: dimensionsOf(saved?.state, base) }
}
