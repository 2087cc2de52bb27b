import {
  type Commitment,
  compareHex,
  type DrawHash,
  drawnDigest,
  drawnSalt,
  type PrivateExclusion,
  type PrivateObject,
  type RosterEntry,
  type Snapshot,
  type Transcript,
} from '@dual-random/draw'
import { type NamedFile, readLines, type Shape } from '@dual-random/draw/forms'
import { toHex } from '@dual-random/kernel'
import { rosterLineShape } from '../bundle-shapes.ts'
import { checkRosterOrder, checkSnapshot } from '../check-draw.ts'
import { same } from '../difference.ts'
import { auditLabels } from './audit-labels.ts'
import type { AuditFault, Finding, Findings } from './finding.ts'
import { exclusionLineShape, privateObjectShape, repeatEvidence } from './private-shapes.ts'
import type { PlacedFacts } from './read-facts.ts'
import { sameTree } from './same-tree.ts'

export interface Audited {
  readonly hash: DrawHash
  readonly commitment: Commitment
  /** As the commitment's file is called. */
  readonly commitmentName: string
}

/** What one city froze, with its K: the commitment's own, or a part of it where several draw together (§23). */
export interface AuditedPart extends Audited {
  readonly key: Uint8Array
  readonly snapshot: Snapshot
  /** Before `/snapshot` in S. */
  readonly at: string
}

export interface Pool {
  readonly roster: readonly RosterEntry[]
  readonly objects: readonly PrivateObject[]
}

/** The pool of a city that was audited, with its K. */
export interface CityPool extends Pool {
  readonly regionCode: string
  readonly key: Uint8Array
  readonly objectsName: string
  /** What registry answers of matching; undefined where it was not given. */
  readonly facts: PlacedFacts | undefined
  /** What each object asks for, by where registry says so; undefined where nothing that was given says it. */
  readonly asked: readonly AskedNeeds[] | undefined
}

export interface AskedNeeds {
  readonly label: string
  readonly needs: readonly string[]
  readonly file: string
  readonly where: string
}

/** Whose labels they are: a redraw has its parent's (§18). */
export const labelsOf = ({ drawId, snapshot }: Pick<Commitment, 'drawId' | 'snapshot'>): string => snapshot.labelsOf ?? drawId

export const inFile = ({ name }: Pick<NamedFile, 'name'>, found: Iterable<AuditFault>): readonly Finding[] =>
  [...found].map((one) => ({ ...one, file: name }))

/** The lines of a file whose digest somebody signed; its form is looked at even where the digest differs. */
export function* readSigned<T>(hash: DrawHash, file: NamedFile, digest: string, shape: Shape): Generator<Finding, readonly T[], undefined> {
  yield* inFile(file, same('', toHex(hash.digest(file.bytes)), digest))
  const read = readLines<T>(file, shape)
  if (read.ok) return read.value
  yield { ...read.error, file: file.name }
  return []
}

/** §4 and §5: the mapped set as registry signed it, object by object. */
export function* auditPool(audited: AuditedPart, rosterFile: NamedFile, objectsFile: NamedFile): Generator<Finding, Pool, undefined> {
  const { hash, key, commitment, snapshot, at, commitmentName } = audited
  const roster = readLines<RosterEntry>(rosterFile, rosterLineShape)
  if (!roster.ok) yield { ...roster.error, file: rosterFile.name }
  const entries = roster.ok ? roster.value : []
  if (roster.ok) {
    yield* inFile(rosterFile, checkRosterOrder(entries))
    yield* inFile({ name: commitmentName }, checkSnapshot(hash, { snapshot }, entries, rosterFile.bytes, at))
  }
  const objects = yield* readSigned<PrivateObject>(hash, objectsFile, snapshot.privateFileDigest, privateObjectShape)
  const placed = objects.map((object, index) => ({ ...object, line: `line ${index + 1}`, pointer: '' }))
  yield* inFile(objectsFile, auditLabels(hash, { key, kind: 'object', drawId: labelsOf(commitment) }, placed))
  yield* sameLabels(rosterFile, entries, objectsFile, objects)
  return { roster: entries, objects }
}

/** Both files have the same labels in the same strata. */
function* sameLabels(
  rosterFile: NamedFile,
  roster: readonly RosterEntry[],
  objectsFile: NamedFile,
  objects: readonly PrivateObject[],
): Findings {
  const strata = new Map(roster.map(({ label, stratum }) => [label, stratum]))
  for (const [index, { label, stratum }] of objects.entries()) {
    const line = `line ${index + 1}`
    const inRoster = strata.get(label)
    if (inRoster === undefined)
      yield { file: objectsFile.name, where: `${line} /label`, code: 'label-missing', label, missingFrom: rosterFile.name }
    else yield* inFile(objectsFile, same(`${line} /stratum`, stratum, inRoster))
  }
  const known = new Set(objects.map(({ label }) => label))
  for (const [index, { label }] of roster.entries())
    if (!known.has(label))
      yield { file: rosterFile.name, where: `line ${index + 1} /label`, code: 'label-missing', label, missingFrom: objectsFile.name }
}

/** §4: every exclusion has its ground, a repeat says where it was drawn before, and nobody without a ground is kept out. How many each ground has, policy merges: only the sum can be told. */
export function* auditExclusions(
  { hash, snapshot, at, commitmentName }: AuditedPart,
  rosterFile: NamedFile,
  roster: readonly RosterEntry[],
  file: NamedFile,
): Findings {
  const lines = yield* readSigned<PrivateExclusion | { readonly nonce: string }>(
    hash,
    file,
    snapshot.exclusions.privateFileDigest,
    exclusionLineShape,
  )
  const excluded = new Set(roster.flatMap((entry) => (entry.excluded ? entry.label : [])))
  const grounded = new Set<string>()
  let before = ''
  for (const [index, line] of lines.entries()) {
    const where = `line ${index + 1}`
    if ('nonce' in line !== (index === 0)) yield { file: file.name, where, code: 'out-of-order' }
    if ('nonce' in line) continue
    if (compareHex(before, line.label) >= 0) yield { file: file.name, where: `${where} /label`, code: 'out-of-order' }
    before = line.label
    grounded.add(line.label)
    if (!excluded.has(line.label)) yield { file: file.name, where: `${where} /label`, code: 'not-excluded', label: line.label }
    const misformed = line.ground === 'REPEAT_BAR' ? repeatEvidence(line.evidence, `${where} /evidence`) : undefined
    if (misformed !== undefined) yield { ...misformed, file: file.name }
  }
  for (const [index, entry] of roster.entries())
    if (entry.excluded && !grounded.has(entry.label))
      yield {
        file: rosterFile.name,
        where: `line ${index + 1} /excluded`,
        code: 'label-missing',
        label: entry.label,
        missingFrom: file.name,
      }
  const counted = snapshot.exclusions.counts.reduce((sum, { count }) => sum + count, 0)
  yield* inFile({ name: commitmentName }, same(`${at}/snapshot/exclusions/counts`, counted, grounded.size))
}

/** §23: no id stands in the pools of two cities; each has its own K, so its labels there differ. */
export function* auditApart(pools: readonly CityPool[]): Findings {
  const places = new Map<string, string>()
  for (const { objects, objectsName } of pools) {
    const own = objects.map(({ id }, index) => [id, `line ${index + 1}`] as const)
    for (const [id, line] of own) {
      const other = places.get(id)
      if (other !== undefined) yield { file: objectsName, where: `${line} /id`, code: 'clone', id, other }
    }
    for (const [id, line] of own) places.set(id, `${objectsName} ${line}`)
  }
}

/** §10, §12: the drawn set again, which without K nobody can tell from any other. */
export function* auditDrawnSet(
  { hash, commitment: { drawId, publicOpening } }: Audited,
  transcriptName: string,
  transcript: Transcript,
  pools: readonly CityPool[],
): Findings {
  if (publicOpening !== 'drawn-set') return
  const ids = new Map(pools.flatMap(({ objects, key }) => objects.map(({ label, id }) => [label, { id, key }] as const)))
  const elements = transcript.batches.flat().flatMap((label) => {
    const of = ids.get(label)
    return of === undefined ? [] : drawnDigest(hash, drawId, drawnSalt(hash, of.key, drawId, of.id), of.id)
  })
  yield* inFile({ name: transcriptName }, sameTree('/transcript/drawnSet', [...transcript.drawnSet], elements.sort(compareHex)))
}
