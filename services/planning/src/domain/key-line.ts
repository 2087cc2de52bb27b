import { err, ok, type Result } from '@dual-random/kernel'
import type { LineProblem } from './line-problem.ts'
import type { KeyLineInput, KeyMatter, NamedMatter, UndrawnLineInput } from './undrawn-line.ts'

/** A key line with what its matter says of it. */
export type WholeKeyLine = Omit<UndrawnLineInput, 'kind'> & { readonly kind: 'KEY_SUPERVISION'; readonly matter: NamedMatter }

/** Key supervision names a matter of the list in force and covers all of its objects; of the stages it may take some (TGT-03, TGT-05). */
export function wholeKeyLine(
  { matterId, stages, ...input }: KeyLineInput,
  matters: ReadonlyMap<string, KeyMatter>,
): Result<WholeKeyLine, readonly LineProblem[]> {
  const matter = matters.get(matterId)
  if (matter === undefined) return err([{ code: 'key-matter-not-in-force', pointer: '/matterId', matterId }])
  const strange = (stages ?? []).filter((stage) => !matter.stages.includes(stage))
  if (strange.length > 0) {
    return err([{ code: 'key-stage-unknown', pointer: '/stages', stage: strange.join('、'), allowed: matter.stages.join('、') }])
  }
  const { listId, listVersion, name, field, objects: objectScope, applicability: objects, itemCodes } = matter
  const named: NamedMatter = { listId, listVersion, matterId, name, stages: stages ?? matter.stages }
  return ok({ ...input, field, objectScope, objects, itemCodes, matter: named })
}
