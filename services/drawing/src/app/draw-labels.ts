import { type Drawn, type LogProof, logProof, signDigest, transcriptFile } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Draw, DrawIn } from '../domain/draw.ts'
import { fetchPulses } from './beacon-round.ts'
import type { RosterDrawInput, TranscribeInput } from './computations.ts'
import { decideDraw } from './decide-draw.ts'
import { readCommitment } from './draw-files.ts'
import { openingsOf } from './openings.ts'
import { type Deps, requireSigner } from './require.ts'
import { standingOf } from './standing.ts'
import { witnessLog } from './witness-log.ts'

type DrawLabelsDeps = Deps<
  'draws' | 'logs' | 'blobs' | 'records' | 'registry' | 'beacons' | 'keys' | 'witnesses' | 'checkpoints' | 'computations' | 'hash' | 'clock'
>

/** Fetches the committed round, draws, and publishes the signed transcript (rules 7–9). Everything it rests on was fixed by S. */
export async function drawLabels(deps: DrawLabelsDeps, draw: DrawIn<'COMMITTED'>, signal?: AbortSignal): Promise<Draw> {
  const { blobs, computations, keys } = deps
  const { regionCode, drawId, commitment: record } = draw
  if (deps.clock() < record.roundAt) throw appError('failed-precondition', 'round-not-due', { meta: { at: record.roundAt } })
  const signer = requireSigner(keys, regionCode)
  const commitment = await readCommitment(blobs, record.blob)
  const standing = await standingOf(deps, draw, commitment, signal)
  if (standing.outcome === 'void') return standing.draw
  const known = { commitment, beacons: await fetchPulses(deps.beacons, commitment.beacons, signal), reveals: standing.reveals }
  const drawn = await rankRoster(deps, record.roster.blob, known)
  const { digest, bytes } = await computations.transcribe({
    ...known,
    drawn,
    openings: await openingsOfDrawn(deps, draw, drawn),
    ...(await logPart(deps, draw)),
  })
  const signed = signDigest(signer, 'transcript', regionCode, drawId, digest)
  const blob = await blobs.put(transcriptFile(signed, bytes))
  const request = { kind: 'transcript', drawId, digest, signature: signed, ...standing.log } as const
  const entry = await deps.logs.append(regionCode, request)
  if (!entry.ok) throw appError('failed-precondition', 'draw-void')
  await witnessLog(deps, regionCode, signal)
  const count = drawn.batches.reduce((sum, batch) => sum + batch.length, 0)
  return decideDraw(deps.draws, drawId, { type: 'draw', transcript: { digest, blob, drawn: count } })
}

/** The seed, the tickets and the order of a roster file of this draw. */
async function rankRoster(
  { blobs, computations }: DrawLabelsDeps,
  rosterBlob: string,
  known: Omit<RosterDrawInput, 'roster'>,
): Promise<Drawn> {
  const drawn = await computations.draw({ ...known, roster: await blobs.bytes(rosterBlob) })
  if (!drawn.ok) throw new Error(`draw ${known.commitment.drawId} cannot be run: ${drawn.error.code}`)
  return drawn.value
}

/** Rule 11: behind the public set that openings are later checked against. Ids pass through and are not kept. */
async function openingsOfDrawn(
  deps: DrawLabelsDeps,
  { drawId, terms }: DrawIn<'COMMITTED'>,
  { batches }: Drawn,
): Promise<TranscribeInput['openings']> {
  if (terms.publicOpening === 'full') return []
  return (await openingsOf(deps, drawId, batches.flat())).map(({ id, drawnSalt }) => ({ id, drawnSalt }))
}

/** The log's genesis and the draw's own entries, each with the head before it. */
async function logPart({ logs }: DrawLabelsDeps, { regionCode, drawId }: DrawIn<'COMMITTED'>) {
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
