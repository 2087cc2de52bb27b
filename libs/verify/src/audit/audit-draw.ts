import { commitmentDigest, type DrawHash, type DrawPart, type HashName, keyDigest, type MatchInput, partsOf } from '@dual-random/draw'
import type { NamedFile } from '@dual-random/draw/forms'
import { ok, type Result, toHex } from '@dual-random/kernel'
import { type Difference, same } from '../difference.ts'
import { readCommitment, readTranscript } from '../read-bundle.ts'
import { auditClosed } from './audit-closed.ts'
import { auditEntry, auditMatchInput, auditMatchRecord, auditNeedsTogether } from './audit-matching.ts'
import {
  type AskedNeeds,
  type Audited,
  auditApart,
  auditDrawnSet,
  auditExclusions,
  auditPool,
  type CityPool,
  inFile,
  labelsOf,
  type Pool,
} from './audit-pool.ts'
import type { Finding } from './finding.ts'
import { type PlacedFacts, readFacts } from './read-facts.ts'

/** What one city froze, public and private. */
export interface PoolFiles {
  readonly roster: NamedFile
  /** The mapped set with ids and salts, and why labels are excluded. */
  readonly objects: NamedFile
  readonly exclusions: NamedFile
  /** K, and the name of the file that it was read from. */
  readonly key: NamedFile
  /** What registry answers of matching as of the snapshot. Without it inspectors and recusals are taken from drawing, and what a redraw's objects ask for. */
  readonly facts?: NamedFile | undefined
}

/** A draw's files, public and private. What is not there yet, or not given, is not audited. */
export interface AuditFiles extends PoolFiles {
  readonly commitment: NamedFile
  /** The other cities', by region code, where several draw together. */
  readonly others?: ReadonlyMap<string, PoolFiles> | undefined
  readonly transcript?: NamedFile | undefined
  readonly log?: NamedFile | undefined
  /** The files of matching by unit, and what came of it. */
  readonly matchInputs: ReadonlyMap<string, NamedFile>
  readonly match?: NamedFile | undefined
  /** What became of the drawn, once the draw is closed, and the commitments of the redraws that replaced some of them. */
  readonly closed?: NamedFile | undefined
  readonly redraws?: readonly NamedFile[] | undefined
}

export interface Audit {
  readonly drawId: string
  readonly objects: number
  /** Digest of the match record that was recomputed: what an `audited` entry names (§22). Absent where it, or the transcript, was not given. */
  readonly match?: string
  readonly findings: readonly Finding[]
}

/**
 * Recomputes with the key K what the public files cannot show (docs/draw-protocol.md §4, §5, §7, §11): every label and salt, the grounds of the
 * exclusions, the drawn set, the files of matching, the teams, and what became of the drawn. Gives all findings with their places, by file; an error where S or the
 * transcript cannot be read, for then there is nothing to audit. Signatures, log and beacon are `verifyBundle`'s.
 */
export function auditDraw(files: AuditFiles, hashOf: (name: HashName) => DrawHash): Result<Audit, Difference> {
  const commitment = readCommitment(files.commitment)
  if (!commitment.ok) return commitment
  const transcript = files.transcript === undefined ? ok(undefined) : readTranscript(files.transcript)
  if (!transcript.ok) return transcript
  const s = commitment.value
  const hash = hashOf(s.hash)
  const audited: Audited = { hash, commitment: s, commitmentName: files.commitment.name }
  const findings: Finding[] = []
  const pools = partsOf(s).flatMap((part, index) => collect(findings, auditCity(audited, part, index, files)) ?? [])
  // What rests on all pools cannot be told without one.
  if (pools.length < partsOf(s).length) return ok({ drawId: s.drawId, objects: 0, findings })
  findings.push(...auditApart(pools))
  const inputs = s.matchInputs.flatMap(({ unitId }, index): readonly MatchInput[] => {
    const file = files.matchInputs.get(unitId)
    if (file === undefined) {
      findings.push({ file: files.commitment.name, where: `/matchInputs/${index}`, code: 'not-given' })
      return []
    }
    const input = collect(findings, auditMatchInput(audited, pools, unitId, file))
    return input === undefined ? [] : [input]
  })
  const whole = inputs.length === s.matchInputs.length ? inputs : undefined
  if (whole !== undefined)
    findings.push(...auditNeedsTogether(audited, pools, whole, (unitId) => files.matchInputs.get(unitId)?.name ?? unitId))
  if (files.transcript !== undefined && transcript.value !== undefined) {
    findings.push(...inFile(files.transcript, same('/transcript/commitment', transcript.value.commitment, commitmentDigest(hash, s))))
    findings.push(...auditDrawnSet(audited, files.transcript.name, transcript.value, pools))
    if (files.match !== undefined) findings.push(...auditMatchRecord(audited, transcript.value, whole, pools, files.match))
    if (files.closed !== undefined) {
      const family = { transcriptName: files.transcript.name, redraws: files.redraws ?? [] }
      findings.push(...auditClosed(audited, transcript.value, pools, files.closed, family))
    }
  }
  for (const kind of ['match', 'closed'] as const) {
    const file = files[kind]
    if (file !== undefined && files.log !== undefined) findings.push(...auditEntry(audited, kind, files.log, file))
  }
  const isMatchAudited = files.match !== undefined && files.transcript !== undefined
  const match = isMatchAudited ? { match: toHex(hash.digest(files.match.bytes)) } : {}
  return ok({ drawId: s.drawId, objects: pools.reduce((sum, { objects }) => sum + objects.length, 0), ...match, findings })
}

/** One city's pool; undefined where its files were not given, or under another key than registry signed. */
function* auditCity(
  audited: Audited,
  { snapshot }: DrawPart,
  index: number,
  files: AuditFiles,
): Generator<Finding, CityPool | undefined, undefined> {
  const { hash, commitment, commitmentName } = audited
  const at = index === 0 ? '' : `/joint/parts/${index - 1}`
  const of = index === 0 ? files : files.others?.get(snapshot.regionCode)
  if (of === undefined) {
    yield { file: commitmentName, where: at, code: 'not-given' }
    return undefined
  }
  // Under another key every label differs, which says no more than this.
  if (keyDigest(hash, labelsOf({ drawId: commitment.drawId, snapshot }), of.key.bytes) !== snapshot.keyDigest) {
    yield { file: of.key.name, where: '', code: 'wrong-key' }
    return undefined
  }
  const part = { ...audited, key: of.key.bytes, snapshot, at }
  const pool = yield* auditPool(part, of.roster, of.objects)
  yield* auditExclusions(part, of.roster, pool.roster, of.exclusions)
  const facts = of.facts === undefined ? undefined : yield* readFacts(snapshot, of.facts)
  const { regionCode } = snapshot
  return { ...pool, regionCode, key: of.key.bytes, objectsName: of.objects.name, facts, asked: askedNeeds(snapshot, pool, of, facts) }
}

/** A redraw has its parent's private file, and asks for what objects need as of its own snapshot (§18): only registry's answer tells that. */
function askedNeeds(
  { labelsOf: parent }: DrawPart['snapshot'],
  { objects }: Pool,
  { objects: { name: file } }: PoolFiles,
  facts: PlacedFacts | undefined,
): readonly AskedNeeds[] | undefined {
  if (parent === undefined) return objects.map(({ label, needs }, index) => ({ label, needs, file, where: `line ${index + 1} /needs` }))
  return facts?.objects.map(({ label, specialities, line }) => {
    return { label, needs: specialities, file: facts.name, where: `${line} /object/specialities` }
  })
}

/** Keeps what a step finds and gives what it made. */
function collect<T>(findings: Finding[], step: Generator<Finding, T, undefined>): T {
  for (;;) {
    const next = step.next()
    if (next.done === true) return next.value
    findings.push(next.value)
  }
}
