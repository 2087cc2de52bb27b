import { appError, violation } from '@dual-random/errors'
import type { OpeningGround } from '../domain/opening.ts'
import { type CheckOfLine, type PlannedMismatch, plannedMismatches, type UndrawnLine } from '../domain/planned-check.ts'
import type { Peers } from './ports.ts'

/** What a check says of the line that it is opened for, and the line as planning has it published now. */
export type NamedLine = Pick<CheckOfLine, 'planned' | 'matter'> & { readonly line: UndrawnLine }

/** Undefined where the check names no line. */
export async function namedLine({ undrawnLine }: Pick<Peers, 'undrawnLine'>, given: OpeningGround): Promise<NamedLine | undefined> {
  if (given.ground === 'PLANNED_LINE') return { planned: given.planned, line: await undrawnLine(given.planned) }
  if (given.ground !== 'KEY_LIST_MATTER' || given.planned === undefined) return undefined
  const { planned, matter: name } = given
  return { planned, matter: { matterId: planned.matterId, name }, line: await undrawnLine(planned) }
}

/** Refuses a check that is not the one its line plans, whatever policy holds there: planning counts by what it names (PLN-11, PLN-24). */
export function requireAsPlanned({ line, ...named }: NamedLine, check: Omit<CheckOfLine, 'planned' | 'matter'>): void {
  const mismatches = plannedMismatches(line, { ...named, ...check })
  const [first] = mismatches
  if (first === undefined) return
  const violations = mismatches.map((each) => violation(each.pointer, each.code, metaOf(each)))
  throw appError('failed-precondition', first.code, { meta: metaOf(first), violations })
}

function metaOf({ code: _code, pointer: _pointer, ...meta }: PlannedMismatch): Readonly<Record<string, string>> {
  return meta
}
