import { type HashName, parseRoster, type RosterError, rosterTree } from '@dual-random/draw'
import { ok, type Result } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { writeNodes } from '../app/tree-nodes.ts'

/** A hash travels by its name. */
export function rosterNodes({
  hash: name,
  roster,
}: {
  readonly hash: HashName
  readonly roster: Uint8Array
}): Result<Uint8Array, RosterError> {
  const entries = parseRoster(new TextDecoder().decode(roster))
  if (!entries.ok) return entries
  return ok(writeNodes(rosterTree({ name, digest: (bytes) => digest(name, bytes) }, entries.value)))
}
