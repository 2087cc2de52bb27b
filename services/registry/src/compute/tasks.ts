import {
  buildSnapshot,
  type HashName,
  type PrivateExclusion,
  privateExclusionsText,
  publicExclusionCounts,
  type RosterError,
  rosterText,
  sortRoster,
} from '@dual-random/draw'
import { ok, type Result, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import type { FreezeFiles, FreezeFilesInput, FrozenMember } from '../app/computations.ts'
import { writeLabelIndex } from '../app/label-index.ts'
import { lineMarks } from '../app/line-marks.ts'
import { membersOf } from './members.ts'
import { namedDraws } from './named-draws.ts'

export { redrawFiles } from './redraw-files.ts'
export { rosterNodes } from './roster-nodes.ts'

// What threads run. A thread loads this module and what it imports: nothing with a socket or a client belongs here.

/** A hash travels by its name. */
export function freezeFiles({
  hash: name,
  members: parts,
  nonce,
  disclosure,
  ...draw
}: FreezeFilesInput & { readonly hash: HashName }): Result<FreezeFiles, RosterError> {
  const members = [...membersOf(parts)].sort((a, b) => (a.label < b.label ? -1 : 1))
  const roster = sortRoster(members.map(({ label, stratum, exclusion }) => ({ label, stratum, excluded: exclusion !== undefined })))
  if (!roster.ok) return roster
  const barred = groundsOf(members, 'exclusion')
  const privateExclusions = privateExclusionsText(nonce, barred)
  const privateObjects = members.map(({ line }) => line).join('')
  const snapshot = buildSnapshot(
    { name, digest: (bytes) => digest(name, bytes) },
    {
      ...draw,
      entries: roster.value,
      exclusionCounts: publicExclusionCounts(
        barred.map(({ ground }) => ground),
        disclosure,
      ),
      privateObjects,
      privateExclusions,
    },
  )
  if (!snapshot.ok) return snapshot
  const rosterFile = utf8(rosterText(roster.value))
  return ok({
    snapshot: snapshot.value,
    roster: rosterFile,
    rosterMarks: lineMarks(rosterFile),
    index: writeLabelIndex(members),
    objects: utf8(privateObjects),
    exclusions: utf8(privateExclusions),
    namedDraws: namedDraws(barred),
    repeats: utf8(privateExclusionsText(nonce, groundsOf(members, 'repeatKept'))),
  })
}

const groundsOf = (members: readonly FrozenMember[], name: 'exclusion' | 'repeatKept'): readonly PrivateExclusion[] =>
  members.flatMap(({ label, [name]: ground }) => (ground === undefined ? [] : [{ label, ...ground }]))
