import type { Policy, PolicyValues } from '@dual-random/policy'

/** What, when missing, makes a task not completed (PUB-05); undefined where policy says nothing, and nothing lapses. */
export type LateEffect = PolicyValues['publish.lateEffect'] | undefined

export const lateEffectOf = (policy: Policy): LateEffect => policy.find('publish.lateEffect')

/** How tasks on one object in one merge window come together (DRW-18). */
export interface MergeRule {
  readonly merge: boolean
  readonly insideUnit: 'AUTOMATIC' | 'PROPOSAL'
}

/** Nothing merges, and nothing by itself, unless policy says so. */
export const mergeRuleOf = (policy: Policy): MergeRule => ({
  merge: policy.find('draw.mergeSameObject') ?? false,
  insideUnit: policy.find('draw.mergeSameObject.insideUnit') ?? 'PROPOSAL',
})
