import { requireRegion, requireUnit } from '@dual-random/auth'
import { invalidRequest, violation } from '@dual-random/errors'
import { chinaDateOf, regionContains } from '@dual-random/kernel'
import { checkClueSource } from '@dual-random/policy'
import { type Clue, type ClueFacts, recordClue } from '../domain/clue.ts'
import { clueDue } from '../domain/clue-rules.ts'
import { clueRefusal } from './clue-failures.ts'
import { orThrow } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

export type RecordClueRequest = Omit<ClueFacts, 'clueId' | 'due' | 'recorded'>

/** Enters a clue in the register of the caller's unit; the same command sent again enters nothing. */
export async function recordClueOf(ports: Ports, request: RecordClueRequest, commandId: string, caller: Caller): Promise<Clue> {
  const { regionCode, unitId, source, sourceNote, receivedAt, placeRegionCode } = request
  requireRegion(caller.principal, regionCode)
  requireUnit(caller.principal, unitId)
  const now = ports.clock()
  if (receivedAt > now) throw invalidRequest([violation('/receivedAt', 'clue-not-received-yet', { at: receivedAt })])
  if (placeRegionCode !== undefined && !regionContains(regionCode, placeRegionCode)) {
    throw invalidRequest([violation('/placeRegionCode', 'scope-outside-region', { regionCode: placeRegionCode })])
  }
  const { policy } = await ports.registry.policyAt(regionCode, chinaDateOf(now), caller.context)
  orThrow(checkClueSource(policy, source, sourceNote), clueRefusal(policy.id.preset))
  const clueId = await ports.clues.idFor(commandId)
  const facts: ClueFacts = {
    ...request,
    clueId,
    ...clueDue(policy, ports.calendar, receivedAt),
    recorded: { by: caller.principal.subject, at: now },
  }
  return ports.clues.change(clueId, (clue) => (clue === undefined ? recordClue(facts) : undefined))
}
