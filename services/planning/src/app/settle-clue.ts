import { requireRegion, requireUnit } from '@dual-random/auth'
import type { Instant } from '@dual-random/kernel'
import { type Clue, type ClueCommand, decideClue } from '../domain/clue.ts'
import { checkOfClue } from '../domain/clue-check.ts'
import { clueFailure, noSuchClue } from './clue-failures.ts'
import { orThrow } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

/** A clue the caller may read: of the caller's region or below. */
export async function readableClue({ clues }: Pick<Ports, 'clues'>, clueId: string, { principal }: Caller): Promise<Clue> {
  const clue = await clues.load(clueId)
  if (clue === undefined) throw noSuchClue(clueId)
  requireRegion(principal, clue.regionCode)
  return clue
}

/** Says that a clue was checked: by a check task of its region and object, or by a check that has none here, in words (TGT-15). */
export async function checkClue(
  ports: Ports,
  clueId: string,
  done: { readonly at: Instant } & ({ readonly checkTaskId: string } | { readonly note: string }),
  caller: Caller,
): Promise<Clue> {
  const clue = await ownClue(ports, clueId, caller)
  if ('checkTaskId' in done) orThrow(checkOfClue(clue, await ports.checkTasks.get(done.checkTaskId)), clueFailure)
  const check = 'checkTaskId' in done ? done : { ...done, by: caller.principal.subject }
  return changeClue(ports, clueId, { type: 'check', check })
}

/** Closes a clue without a check, with the reason (TGT-15). */
export async function closeClue(ports: Ports, clueId: string, reason: string, caller: Caller): Promise<Clue> {
  await ownClue(ports, clueId, caller)
  return changeClue(ports, clueId, { type: 'close', reason, act: { by: caller.principal.subject, at: ports.clock() } })
}

async function ownClue(ports: Ports, clueId: string, caller: Caller): Promise<Clue> {
  const clue = await readableClue(ports, clueId, caller)
  requireUnit(caller.principal, clue.unitId)
  return clue
}

export const changeClue = ({ clues }: Pick<Ports, 'clues'>, clueId: string, command: ClueCommand): Promise<Clue> =>
  clues.change(clueId, (clue) => {
    if (clue === undefined) throw noSuchClue(clueId)
    return orThrow(decideClue(clue, command), clueFailure)
  })
