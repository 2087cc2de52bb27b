import { err, ok, type Result } from '@dual-random/kernel'
import { type OverrideError, type OverrideRecord, type Policy, recordOverride } from '@dual-random/policy'
import type { OpeningGround } from './opening.ts'
import type { OpeningAct, OpeningOverride } from './opening-ground.ts'

const rule = 'sandbox.daily'

export type SandboxRefusal =
  | { readonly code: 'sandbox-reason-missing'; readonly ground: string; readonly triggers: string }
  | { readonly code: 'sandbox-reason-not-asked'; readonly ground: string }
  | OverrideError

/** What of a check tells whether an event triggered it: a clue by its source. What the law asks for is no daily supervision of the unit's own. */
type Ground = { readonly ground: Exclude<OpeningGround['ground'], 'CLUE'> } | { readonly ground: 'CLUE'; readonly source: string }

/**
 * Whether an object may be checked on this ground though it is in the sandbox, where daily supervision is mainly by events (TGT-18). A clue from one of the
 * triggers of policy and a law are reasons by themselves; mainly is not only, so anything else, planned or not, takes an override with reason and legal
 * basis, which is what comes back.
 */
export function permitInSandbox(
  policy: Policy,
  given: Ground,
  { inSandbox, untriggered }: { readonly inSandbox: boolean; readonly untriggered: OpeningOverride | undefined },
  act: OpeningAct,
): Result<OverrideRecord | undefined, SandboxRefusal> {
  const { ground } = given
  const triggers = policy.find(rule) === 'MAINLY_ON_TRIGGER' ? policy.find('sandbox')?.triggers : undefined
  const isTriggered = given.ground === 'CLUE' && triggers?.some(({ id }) => id === given.source) === true
  const isByLaw = ground === 'STATUTORY_DUTY' || ground === 'LEGAL_EXEMPTION'
  if (!inSandbox || triggers === undefined || isTriggered || isByLaw) {
    return untriggered === undefined ? ok(undefined) : err({ code: 'sandbox-reason-not-asked', ground })
  }
  if (untriggered !== undefined) return recordOverride(policy, { rule, ...act, ...untriggered })
  return err({ code: 'sandbox-reason-missing', ground, triggers: triggers.map(({ id, text }) => `${id}（${text}）`).join('、') })
}
