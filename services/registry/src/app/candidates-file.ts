import { createHash } from 'node:crypto'
import { canonicalJson, utf8 } from '@dual-random/kernel'
import type { StratumResult } from '../domain/credit-result.ts'
import { type GradeCount, gradeTally, type Stratified } from './classified-members.ts'
import type { Blobs, PlanCandidates, Sealer } from './ports.ts'
import { openParts, partSealer } from './sealed-parts.ts'

export interface CandidatesFileDeps {
  readonly blobs: Blobs
  readonly sealer: Sealer
}

export interface Candidate extends Stratified {
  readonly line: string
}

/** The candidates of a set as they are written, sealed part by part. Of their lines only those that wait for a part are in memory. */
export interface CandidatesFile {
  add(candidate: Candidate): void
  /** Writes the full parts of what was added. */
  write(): Promise<void>
  /** Writes the rest. */
  finish(): Promise<Pick<PlanCandidates, 'blob' | 'digest'> & { readonly byGrade: readonly GradeCount[] }>
  abort(): Promise<void>
}

const linesPerPart = 1000

export function openCandidatesFile({ blobs, sealer }: CandidatesFileDeps, id: string): CandidatesFile {
  const upload = blobs.begin()
  const seal = partSealer(sealer, purposeOf(id))
  const hash = createHash('sha256')
  const tally = gradeTally()
  const waiting: string[] = []
  const writePart = (): Promise<void> => {
    const part = utf8(waiting.splice(0, linesPerPart).join(''))
    hash.update(part)
    return upload.write(seal(part))
  }
  return {
    add: (candidate) => {
      tally.add(candidate)
      waiting.push(candidate.line)
    },
    write: async () => {
      while (waiting.length >= linesPerPart) await writePart()
    },
    finish: async () => {
      while (waiting.length > 0) await writePart()
      return { blob: await upload.finish(), digest: hash.digest('hex'), byGrade: tally.byGrade() }
    },
    abort: () => upload.abort(),
  }
}

/** Canonical JSON, `id` the object's code. The result itself, as its system gave it, also where it counts as another grade. */
export function candidateLine(id: string, result: StratumResult | undefined): string {
  const grade = result === undefined ? null : { value: result.grade, source: result.source, asOf: result.asOf }
  return `${canonicalJson({ id, grade })}\n`
}

/** The kept lines, part by part: each as `candidateLine` makes it. */
export async function* candidateLines(
  { blobs, sealer }: CandidatesFileDeps,
  { id, blob, digest }: PlanCandidates,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const part of openParts(sealer, purposeOf(id), blobs.get(blob))) {
    hash.update(part)
    yield part
  }
  if (hash.digest('hex') !== digest) throw new Error(`the candidates ${id} are not those that were kept`)
}

const purposeOf = (id: string): string => `plan-candidates ${id}`
