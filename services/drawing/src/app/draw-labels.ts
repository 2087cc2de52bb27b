import { type LogProof, logProof, signDigest, type TranscriptLog, transcriptFile } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { DrawId, RegionCode } from '@dual-random/kernel'
import { otherRegionsOf, partOf, regionsOf } from '../domain/cities.ts'
import type { CommitmentRecord, Draw, DrawIn, TranscriptRecord } from '../domain/draw.ts'
import { fetchOutputs } from './beacon-outputs.ts'
import type { DrawnOfCities, RosterDrawInput, TranscribeInput } from './computations.ts'
import { decideDraw } from './decide-draw.ts'
import { readCommitment } from './draw-files.ts'
import { openingsOf } from './openings.ts'
import { type Deps, requireSigner } from './require.ts'
import { standingOf } from './standing.ts'
import { witnessLog } from './witness-log.ts'

type DrawLabelsDeps = Deps<
  | 'draws'
  | 'logs'
  | 'blobs'
  | 'records'
  | 'registry'
  | 'beacons'
  | 'held'
  | 'keys'
  | 'witnesses'
  | 'checkpoints'
  | 'computations'
  | 'hash'
  | 'clock'
>

/** Fetches the committed round, draws, and publishes the signed transcript (rules 7–9). Everything it rests on was fixed by S. */
export async function drawLabels(deps: DrawLabelsDeps, draw: DrawIn<'COMMITTED'>, signal?: AbortSignal): Promise<Draw> {
  const { blobs, computations, keys } = deps
  const { regionCode, drawId, commitment: record } = draw
  if (deps.clock() < record.roundAt) throw appError('failed-precondition', 'round-not-due', { meta: { at: record.roundAt } })
  const regions = regionsOf(draw.line)
  for (const each of regions) requireSigner(keys, each)
  const commitment = await readCommitment(blobs, record.blob)
  const standing = await standingOf(deps, draw, commitment, signal)
  if (standing.outcome === 'void') return standing.draw
  const known = { commitment, beacons: await fetchOutputs(deps, draw, commitment, signal), reveals: standing.reveals }
  const drawn = await rankRosters(deps, record, known)
  const { digest, bytes } = await computations.transcribe({
    ...known,
    drawn,
    openings: await openingsOfDrawn(deps, draw, drawn),
    ...(await logParts(deps, draw)),
  })
  const signed = signDigest(requireSigner(keys, regionCode), 'transcript', regionCode, drawId, digest)
  const blob = await blobs.put(transcriptFile(signed, bytes))
  // The organiser's last: where its log has the transcript, all have.
  for (const each of regions.toReversed()) {
    const signature = signDigest(requireSigner(keys, each), 'transcript', each, drawId, digest)
    const despiteVoid = standing.despiteVoid.has(each) ? ({ despiteVoid: true } as const) : {}
    const entry = await deps.logs.append(each, { kind: 'transcript', drawId, digest, signature, ...despiteVoid })
    if (!entry.ok) throw appError('failed-precondition', entry.error.code === 'draw-failed' ? 'draw-failed' : 'draw-void')
    await witnessLog(deps, each, signal)
  }
  const count = drawn.batches.reduce((sum, batch) => sum + batch.length, 0)
  return decideDraw(deps, drawId, { type: 'draw', transcript: { digest, blob, drawn: count, ...ofCities(drawn) } })
}

type OfCities = NonNullable<TranscriptRecord['ofCities']>

const ofCities = ({ ofCities: found }: DrawnOfCities): { readonly ofCities?: OfCities } =>
  found === undefined ? {} : { ofCities: found as OfCities }

/** The seed, the tickets and the order of the roster files of this draw. */
async function rankRosters(
  { blobs, computations }: DrawLabelsDeps,
  { roster, otherRosters }: CommitmentRecord,
  known: Omit<RosterDrawInput, 'roster' | 'otherRosters'>,
): Promise<DrawnOfCities> {
  const others =
    otherRosters && (await Promise.all(otherRosters.map(async ({ regionCode, blob }) => ({ regionCode, roster: await blobs.bytes(blob) }))))
  const drawn = await computations.draw({
    ...known,
    roster: await blobs.bytes(roster.blob),
    ...(others === undefined ? {} : { otherRosters: others }),
  })
  if (!drawn.ok) throw new Error(`draw ${known.commitment.drawId} cannot be run: ${drawn.error.code}`)
  return drawn.value
}

/** Rule 11: behind the public set that openings are later checked against. Ids pass through and are not kept. */
async function openingsOfDrawn(
  deps: DrawLabelsDeps,
  draw: DrawIn<'COMMITTED'>,
  drawn: DrawnOfCities,
): Promise<TranscribeInput['openings']> {
  if (draw.terms.publicOpening === 'full') return []
  const cities = ofCities(drawn).ofCities ?? [{ regionCode: draw.regionCode, labels: drawn.batches.flat() }]
  const found = await Promise.all(cities.map(({ regionCode, labels }) => openingsOf(deps, partOf(draw, regionCode), labels)))
  return found.flat().map(({ id, drawnSalt }) => ({ id, drawnSalt }))
}

/** What the transcript says of the logs: the organiser's, and those of the other cities where there are any. */
async function logParts(deps: DrawLabelsDeps, draw: DrawIn<'COMMITTED'>) {
  const own = await logPart(deps, draw.regionCode, draw.drawId)
  if (draw.line.joint === undefined) return own
  return { ...own, joint: await Promise.all(otherRegionsOf(draw.line).map((regionCode) => logPart(deps, regionCode, draw.drawId))) }
}

/** A log's genesis and the draw's own entries in it, each with the head before it. */
async function logPart({ logs }: DrawLabelsDeps, regionCode: RegionCode, drawId: DrawId): Promise<TranscriptLog> {
  const log = await logs.head(regionCode)
  if (log === undefined) throw new Error(`no log of region ${regionCode}`)
  const ofDraw = await logs.ofDraw(regionCode, drawId)
  const entries: LogProof[] = []
  for (const kind of ['snapshot', 'commitment'] as const) {
    const entry = ofDraw.find((one) => one.kind === kind)
    const before = entry && (await logs.entry(regionCode, entry.seq - 1))
    if (entry === undefined || before === undefined) throw new Error(`draw ${drawId} has no ${kind} entry`)
    entries.push(logProof(entry, before.head))
  }
  return { genesis: log.genesis, entries }
}
