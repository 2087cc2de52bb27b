import type { Principal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { assertNever, type Clock } from '@dual-random/kernel'
import { type Answer, type AnswerRefusal, answerMatch, isSide, type ListMatch } from '../domain/list-match.ts'
import type { ListMatches } from './ports.ts'

type WithoutStamp<T> = T extends unknown ? Omit<T, 'by' | 'at'> : never

/** A match for one of its two departments; for everybody else there is none, not even by its id (DRW-34). */
export async function readMatch(matches: Pick<ListMatches, 'get'>, principal: Principal, matchId: string): Promise<ListMatch> {
  const found = await matches.get(matchId)
  if (found === undefined || !isSide(found, principal.unitId)) throw noMatch(matchId)
  return found
}

/** Gives the caller's department's answer to a match (JNT-15). Giving the same again changes nothing. */
export async function giveAnswer(
  { matches, clock }: { readonly matches: ListMatches; readonly clock: Clock },
  principal: Principal,
  matchId: string,
  answer: WithoutStamp<Answer>,
): Promise<ListMatch> {
  await readMatch(matches, principal, matchId)
  const stamped: Answer = { ...answer, by: principal.subject, at: clock() }
  const saved = await matches.answer(matchId, (current) => {
    const answered = answerMatch(current, principal.unitId, stamped)
    if (!answered.ok) throw refused(answered.error)
    return answered.value
  })
  if (saved === undefined) throw noMatch(matchId)
  return saved
}

const noMatch = (matchId: string) => appError('not-found', 'not-found', { meta: { what: 'list match', id: matchId } })

function refused(refusal: AnswerRefusal) {
  switch (refusal.code) {
    case 'list-match-answered':
      return appError('failed-precondition', refusal.code, { meta: { answer: refusal.answer } })
    case 'list-match-decided':
      return appError('failed-precondition', refusal.code, { meta: { status: refusal.status } })
    case 'list-match-windows-apart':
      return appError('failed-precondition', refusal.code)
    default:
      return assertNever(refusal)
  }
}
