import type { PolicyValues } from '../keys.ts'
import type { Policy } from '../policy.ts'

type Member = PolicyValues['inspector.modes']['members'][number]

/** A mode that a policy defines beside the statutory ones, which need no definition (DRW-08). */
export type FurtherMode = Omit<Extract<Member, { readonly offices: boolean }>, 'id' | 'text'>

/** What a policy says of the ways to choose inspectors: the modes it defines, by id, and the only ones it allows; undefined where its list is open or unset. */
export interface PolicyModes {
  readonly further: Readonly<Record<string, FurtherMode>>
  readonly only: readonly string[] | undefined
}

export function policyModes(policy: Policy): PolicyModes {
  const modes = policy.find('inspector.modes')
  if (modes === undefined) return { further: {}, only: undefined }
  const further = modes.members.flatMap((member) => {
    if (!('offices' in member)) return []
    const { id, text: _text, ...definition } = member
    return [[id, definition] as const]
  })
  return { further: Object.fromEntries(further), only: modes.open ? undefined : modes.members.map(({ id }) => id) }
}
