import {
  buildSnapshot,
  type HashName,
  type PrivateExclusion,
  parseNdjson,
  parseRoster,
  privateExclusionsText,
  publicExclusionCounts,
  type RosterEntry,
  type RosterError,
  redrawExclusion,
  rosterText,
} from '@dual-random/draw'
import { type Json, ok, type Result, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import type { FrozenMember, Ground, RedrawFiles, RedrawFilesInput } from '../app/computations.ts'
import { lineMarks } from '../app/line-marks.ts'
import { membersOf } from './members.ts'
import { namedDraws } from './named-draws.ts'

/** Who was mapped at the parent's freeze, and is not in the pool any more or no item fits. */
const unmappedGround = 'UNMAPPED'

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** A hash travels by its name. */
export function redrawFiles({
  hash: name,
  members: parts,
  parent,
  purpose,
  labels,
  drawnLabels,
  nonce,
  disclosure,
  ...draw
}: RedrawFilesInput & { readonly hash: HashName }): Result<RedrawFiles, RosterError> {
  const before = parseRoster(textOf(parent.roster))
  if (!before.ok) return before
  const grounds = groundsBefore(textOf(parent.exclusions))
  const since = new Map(membersOf(parts).map((member) => [member.label, member]))
  const request = { purpose, labels: new Set(labels), drawn: new Set(drawnLabels) }
  const own = (ground: string): Ground => ({ ground, evidence: draw.labelsOf })
  const barred: PrivateExclusion[] = []
  const entries = before.value.map(({ label, stratum, excluded }): RosterEntry => {
    const ground = redrawExclusion(
      request,
      { label },
      { before: excluded ? (grounds.get(label) ?? own(unmappedGround)) : undefined, since: groundSince(since.get(label), own), own },
    )
    if (ground !== undefined) barred.push({ label, ...ground })
    return { label, stratum, excluded: ground !== undefined }
  })
  const privateExclusions = privateExclusionsText(nonce, barred)
  const snapshot = buildSnapshot(
    { name, digest: (bytes) => digest(name, bytes) },
    {
      ...draw,
      entries,
      exclusionCounts: publicExclusionCounts(
        barred.map(({ ground }) => ground),
        disclosure,
      ),
      privateObjects: textOf(parent.objects),
      privateExclusions,
    },
  )
  if (!snapshot.ok) return snapshot
  const roster = utf8(rosterText(entries))
  const drawable = new Set(entries.flatMap(({ label, excluded }) => (excluded ? [] : [label])))
  return ok({
    snapshot: snapshot.value,
    roster,
    rosterMarks: lineMarks(roster),
    exclusions: utf8(privateExclusions),
    namedDraws: namedDraws(barred),
    repeats: utf8(privateExclusionsText(nonce, repeatsKept([...since.values()], drawable))),
  })
}

const groundSince = (member: FrozenMember | undefined, own: (ground: string) => Ground): Ground | undefined =>
  member === undefined ? own(unmappedGround) : member.exclusion

const repeatsKept = (members: readonly FrozenMember[], drawable: ReadonlySet<string>): readonly PrivateExclusion[] =>
  members.flatMap(({ label, repeatKept }) => (repeatKept === undefined || !drawable.has(label) ? [] : [{ label, ...repeatKept }]))

/** The grounds of the parent's private file, by label; its first line is the header. */
function groundsBefore(text: string): ReadonlyMap<string, Ground> {
  const lines = parseNdjson(text)
  if (!lines.ok) throw new Error(`exclusions are broken at line ${lines.error.line}: ${lines.error.reason}`)
  const read = lines.value.slice(1) as unknown as readonly (Ground & { readonly label: string } & { readonly [name: string]: Json })[]
  return new Map(read.map(({ label, ground, evidence }) => [label, { ground, evidence }]))
}
