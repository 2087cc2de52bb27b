import { assertNever, err, ok, type Result } from '@dual-random/kernel'
import { type DrawnList, type ListEntry, listMatchIdOf } from './list-comparison.ts'

/** What a department says to a match: check jointly, make one visit of both, or neither, with the reason (JNT-15). */
export type AnswerKind = 'ACCEPT' | 'MERGE' | 'DECLINE'

export type Answer = {
  /** Login name. */
  readonly by: string
  readonly at: string
} & ({ readonly kind: 'ACCEPT' | 'MERGE' } | { readonly kind: 'DECLINE'; readonly reason: string })

export interface MatchSide extends DrawnList {
  readonly label: string
  readonly answer?: Answer
}

export type MatchStatus = 'PROPOSED' | 'ACCEPTED' | 'MERGED' | 'DECLINED'

/** An object that two departments drew apart, and the joint check that is proposed to them (DRW-19). */
export interface ListMatch {
  readonly matchId: string
  readonly object: { readonly code: string; readonly name: string }
  /** By draw id, so that it does not matter whose list came first. */
  readonly sides: readonly [MatchSide, MatchSide]
  readonly status: MatchStatus
  readonly proposedAt: string
}

export type AnswerRefusal =
  | { readonly code: 'list-match-answered'; readonly answer: AnswerKind }
  | { readonly code: 'list-match-decided'; readonly status: MatchStatus }
  | { readonly code: 'list-match-windows-apart' }

interface Found {
  readonly list: DrawnList
  readonly entry: ListEntry
}

export function proposeMatch(key: Uint8Array, object: ListMatch['object'], one: Found, other: Found, at: string): ListMatch {
  const [a, b] = one.list.drawId < other.list.drawId ? [one, other] : [other, one]
  return {
    matchId: listMatchIdOf(key, a.entry, b.entry),
    object,
    sides: [
      { ...a.list, label: a.entry.label },
      { ...b.list, label: b.entry.label },
    ],
    status: 'PROPOSED',
    proposedAt: at,
  }
}

export const isSide = ({ sides }: ListMatch, unitId: string): boolean => sides.some((side) => side.unitId === unitId)

export const windowsOverlap = ({ sides: [{ window: a }, { window: b }] }: ListMatch): boolean => a.start <= b.end && b.start <= a.end

const sameAnswer = (one: Answer, other: Answer): boolean =>
  one.kind === other.kind && (one.kind !== 'DECLINE' || other.kind !== 'DECLINE' || one.reason === other.reason)

/**
 * The match with a department's answer, the same one where it was given before. One DECLINE ends it; otherwise it is decided once both have
 * answered, by what both agree to: one visit where both want one, else each its own task, jointly.
 */
export function answerMatch(match: ListMatch, unitId: string, answer: Answer): Result<ListMatch, AnswerRefusal> {
  const earlier = match.sides.find((side) => side.unitId === unitId)?.answer
  if (earlier !== undefined) return sameAnswer(earlier, answer) ? ok(match) : err({ code: 'list-match-answered', answer: earlier.kind })
  if (match.status !== 'PROPOSED') return err({ code: 'list-match-decided', status: match.status })
  // One visit falls into both windows, or it is late for one of them (PLN-25).
  if (answer.kind === 'MERGE' && !windowsOverlap(match)) return err({ code: 'list-match-windows-apart' })
  const give = (side: MatchSide): MatchSide => (side.unitId === unitId ? { ...side, answer } : side)
  const sides = [give(match.sides[0]), give(match.sides[1])] as const
  return ok({ ...match, sides, status: statusOf(sides) })
}

function statusOf(sides: ListMatch['sides']): MatchStatus {
  const kinds = sides.map(({ answer }) => answer?.kind)
  if (kinds.includes('DECLINE')) return 'DECLINED'
  if (kinds.includes(undefined)) return 'PROPOSED'
  return kinds.every((kind) => kind === 'MERGE') ? 'MERGED' : 'ACCEPTED'
}

/** Why a match was declined; undefined for the others. */
export function declineReason({ sides }: ListMatch): string | undefined {
  for (const { answer } of sides) {
    switch (answer?.kind) {
      case 'DECLINE':
        return answer.reason
      case 'ACCEPT':
      case 'MERGE':
      case undefined:
        break
      default:
        return assertNever(answer)
    }
  }
  return undefined
}
