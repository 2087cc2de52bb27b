import { appError } from '@dual-random/errors'
import { assertNever } from '@dual-random/kernel'
import { chooseBinding, type RoleBinding, type SessionRefusal } from '../domain/session.ts'
import type { FindBindings, MintToken, PlatformToken, VerifyIdToken } from './ports.ts'

export interface OpenSessionPorts {
  readonly verifyIdToken: VerifyIdToken
  readonly findBindings: FindBindings
  readonly mintToken: MintToken
}

export interface OpenedSession extends PlatformToken {
  readonly subject: string
  readonly binding: RoleBinding
}

/** Exchanges proof of identity for a short platform token with the roles of one unit. */
export async function openSession(
  ports: OpenSessionPorts,
  { idToken, unitId }: { readonly idToken: string; readonly unitId: string | undefined },
): Promise<OpenedSession> {
  const { subject } = await ports.verifyIdToken(idToken)
  const chosen = chooseBinding(await ports.findBindings(subject), unitId)
  if (!chosen.ok) throw refusalOf(chosen.error)
  const minted = await ports.mintToken({ subject, ...chosen.value })
  return { ...minted, subject, binding: chosen.value }
}

function refusalOf(refusal: SessionRefusal): Error {
  switch (refusal.code) {
    case 'no-role-binding':
      return appError('forbidden', 'no-role-binding')
    case 'unit-not-bound':
      return appError('forbidden', 'unit-not-bound', { meta: { unitId: refusal.unitId } })
    case 'unit-choice-required':
      return appError('failed-precondition', 'unit-choice-required', { meta: { unitIds: refusal.unitIds.join(', ') } })
    default:
      return assertNever(refusal)
  }
}
