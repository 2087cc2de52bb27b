import { err, ok, type Result } from '@dual-random/kernel'
import type { LineProblem } from './line-problem.ts'
import type { KeyLineInput, KeyMatter, NamedMatter, UndrawnLineInput } from './undrawn-line.ts'

/** A key line with what its matter says of it. */
export type WholeKeyLine = Omit<UndrawnLineInput, 'kind'> & { readonly kind: 'KEY_SUPERVISION'; readonly matter: NamedMatter }

/** Key supervision names a matter of a list in force and covers all of its objects; of the stages it may take some (TGT-03, TGT-05). */
export function wholeKeyLine(
  { listId: ofList, matterId, stages, ...input }: KeyLineInput,
  matters: readonly KeyMatter[],
): Result<WholeKeyLine, readonly LineProblem[]> {
  const [matter, ...others] = matters.filter((each) => each.matterId === matterId && (ofList === undefined || each.listId === ofList))
  if (matter === undefined) return err([{ code: 'key-matter-not-in-force', pointer: '/matterId', matterId }])
  if (others.length > 0) {
    return err([
      { code: 'key-matter-ambiguous', pointer: '/listId', matterId, lists: [matter, ...others].map(({ listId }) => listId).join('、') },
    ])
  }
  const strange = (stages ?? []).filter((stage) => !matter.stages.includes(stage))
  if (strange.length > 0) {
    return err([{ code: 'key-stage-unknown', pointer: '/stages', stage: strange.join('、'), allowed: matter.stages.join('、') }])
  }
  const { listId, listVersion, name, field, objects: objectScope, applicability: objects, itemCodes } = matter
  const named: NamedMatter = { listId, listVersion, matterId, name, stages: stages ?? matter.stages }
  return ok({ ...input, field, objectScope, objects, itemCodes, matter: named })
}
