import { drawnSalt, labelBlinder, publicOpeningsText, type Transcript } from '@dual-random/draw'
import { type NamedFile, readJsonFile } from '@dual-random/draw/forms'
import { toHex, utf8 } from '@dual-random/kernel'
import { same } from '../difference.ts'
import { readCommitment } from '../read-bundle.ts'
import { type Audited, type CityPool, inFile, labelsOf } from './audit-pool.ts'
import type { Findings } from './finding.ts'
import { closedRecordShape } from './private-shapes.ts'

type Outcome =
  | { readonly label: string; readonly outcome: 'VISITED' }
  | { readonly label: string; readonly outcome: 'NOT_VISITED'; readonly reason: string }

interface OpeningsRef {
  readonly blob: string
  readonly digest: string
}

interface ClosedRecord {
  readonly drawId: string
  readonly openings: OpeningsRef
  readonly otherOpenings?: readonly (OpeningsRef & { readonly regionCode: string })[]
  readonly outcomes: readonly Outcome[]
}

/** Why a drawn object that a redraw replaced was not visited. */
const replacedReason = 'REPLACED'

/**
 * §7: what became of every drawn label, once each in the order of the draw; whose object was replaced is named by a replacement of the family,
 * of which `redraws` are the commitments; the openings are those of the visited and of nobody else (§12).
 */
export function* auditClosed(
  audited: Audited,
  transcript: Transcript,
  pools: readonly CityPool[],
  file: NamedFile,
  { transcriptName, redraws }: { readonly transcriptName: string; readonly redraws: readonly NamedFile[] },
): Findings {
  const read = readJsonFile<ClosedRecord>(file, closedRecordShape)
  if (!read.ok) {
    yield { ...read.error, file: file.name }
    return
  }
  const record = read.value
  yield* inFile(file, same('/drawId', record.drawId, audited.commitment.drawId))
  yield* auditOutcomes(file, record.outcomes, transcript, transcriptName)
  yield* auditReplaced(audited, file, record.outcomes, redraws)
  yield* auditOpenings(audited, file, record, pools)
}

function* auditOutcomes(file: NamedFile, outcomes: readonly Outcome[], transcript: Transcript, transcriptName: string): Findings {
  const places = new Map(transcript.batches.flat().map((label, index) => [label, index]))
  let before = -1
  for (const [index, { label }] of outcomes.entries()) {
    const where = `/outcomes/${index}/label`
    const place = places.get(label)
    if (place === undefined) yield { file: file.name, where, code: 'label-missing', label, missingFrom: transcriptName }
    // A label that stands there twice is out of order the second time.
    else if (place <= before) yield { file: file.name, where, code: 'out-of-order' }
    before = Math.max(before, place ?? before)
  }
  const told = new Set(outcomes.map(({ label }) => label))
  for (const [batch, labels] of transcript.batches.entries())
    for (const [index, label] of labels.entries())
      if (!told.has(label))
        yield {
          file: transcriptName,
          where: `/transcript/batches/${batch}/${index}`,
          code: 'label-missing',
          label,
          missingFrom: file.name,
        }
}

function* auditReplaced(
  { commitment: { drawId, subject } }: Audited,
  file: NamedFile,
  outcomes: readonly Outcome[],
  redraws: readonly NamedFile[],
): Findings {
  const parentDrawId = subject.kind === 'redraw' ? subject.parentDrawId : drawId
  const replaced = new Set<string>()
  for (const redraw of redraws) {
    const read = readCommitment(redraw)
    if (!read.ok) {
      yield read.error
      continue
    }
    const { subject: of } = read.value
    if (of.kind === 'redraw' && of.purpose === 'replacement' && of.parentDrawId === parentDrawId)
      for (const label of of.labels) replaced.add(label)
  }
  for (const [index, one] of outcomes.entries())
    if (one.outcome === 'NOT_VISITED' && one.reason === replacedReason && !replaced.has(one.label))
      yield { file: file.name, where: `/outcomes/${index}/reason`, code: 'no-replacement', label: one.label }
}

/** The public files of openings again, which K and the visited labels give. */
function* auditOpenings({ hash, commitment }: Audited, file: NamedFile, record: ClosedRecord, pools: readonly CityPool[]): Findings {
  const { drawId, publicOpening } = commitment
  const visited = new Set(record.outcomes.flatMap(({ label, outcome }) => (outcome === 'VISITED' ? label : [])))
  const digestOf = ({ objects, key }: CityPool): string => {
    const blind = labelBlinder(hash, key, 'object', labelsOf(commitment))
    const lines = objects
      .filter(({ label }) => visited.has(label))
      .map(({ id }) => ({ id, salt: publicOpening === 'full' ? blind(id).salt : drawnSalt(hash, key, drawId, id) }))
    return toHex(hash.digest(utf8(publicOpeningsText(lines))))
  }
  const [own, ...others] = pools
  if (own === undefined) return
  yield* inFile(file, same('/openings/digest', record.openings.digest, digestOf(own)))
  const given = record.otherOpenings ?? []
  yield* inFile(
    file,
    same(
      '/otherOpenings',
      given.map(({ regionCode }) => regionCode),
      others.map(({ regionCode }) => regionCode),
    ),
  )
  for (const [index, { regionCode, digest }] of given.entries()) {
    const pool = others.find((one) => one.regionCode === regionCode)
    if (pool !== undefined) yield* inFile(file, same(`/otherOpenings/${index}/digest`, digest, digestOf(pool)))
  }
}
