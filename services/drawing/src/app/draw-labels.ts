import {
  buildTranscript,
  type Commitment,
  type Drawn,
  drawnDigest,
  type LogProof,
  logProof,
  parseRoster,
  runDraw,
  signDigest,
  signTranscript,
  transcriptDigest,
  transcriptText,
} from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Draw, DrawIn } from '../domain/draw.ts'
import { fetchPulse } from './beacon-round.ts'
import { decideDraw } from './decide-draw.ts'
import { readCommitment, readText, storeText } from './draw-files.ts'
import { openingsOf } from './openings.ts'
import { type Deps, requireSigner } from './require.ts'
import { settleVoid } from './void-draw.ts'

type DrawLabelsDeps = Deps<'draws' | 'logs' | 'blobs' | 'records' | 'registry' | 'beacon' | 'keys' | 'hash' | 'clock'>

/** Fetches the committed round, draws, and publishes the signed transcript (rules 7–9). Everything it rests on was fixed by S. */
export async function drawLabels(deps: DrawLabelsDeps, draw: DrawIn<'COMMITTED'>, signal?: AbortSignal): Promise<Draw> {
  const { blobs, hash, keys } = deps
  const { regionCode, drawId, commitment: record } = draw
  if (deps.clock() < record.roundAt) throw appError('failed-precondition', 'round-not-due', { meta: { at: record.roundAt } })
  const voided = await settleVoid(deps, draw)
  if (voided !== undefined) return voided
  const signer = requireSigner(keys, regionCode)
  const commitment = await readCommitment(blobs, record.blob)
  const { round, randomness, signature } = await fetchPulse(deps.beacon, record.beacon.round, signal)
  const beacons = [{ source: record.beacon.source, round, randomness, signature }]
  const drawn = await rankRoster(deps, record.roster.blob, commitment, beacons)
  const transcript = buildTranscript(hash, {
    commitment,
    drawn,
    beacons,
    reveals: [],
    drawnSet: await drawnSetOf(deps, draw, drawn),
    ...(await logPart(deps, draw)),
  })
  const digest = transcriptDigest(hash, transcript)
  const blob = await storeText(blobs, transcriptText(signTranscript(hash, transcript, signer)))
  const request = { kind: 'transcript', drawId, digest, signature: signDigest(signer, 'transcript', regionCode, drawId, digest) } as const
  const entry = await deps.logs.append(regionCode, request)
  if (!entry.ok) throw appError('failed-precondition', 'draw-void')
  const count = transcript.batches.reduce((sum, batch) => sum + batch.length, 0)
  return decideDraw(deps.draws, drawId, { type: 'draw', transcript: { digest, blob, drawn: count } })
}

async function rankRoster(
  { blobs, hash }: DrawLabelsDeps,
  rosterBlob: string,
  commitment: Commitment,
  beacons: Parameters<typeof runDraw>[1]['beacons'],
): Promise<Drawn> {
  const roster = parseRoster(await readText(blobs, rosterBlob))
  if (!roster.ok) throw new Error(`roster file is broken: ${roster.error.code}`)
  const drawn = runDraw(hash, { commitment, roster: roster.value, beacons, reveals: [] })
  if (!drawn.ok) throw new Error(`draw ${commitment.drawId} cannot be run: ${drawn.error.code}`)
  return drawn.value
}

/** Rule 11: the public set that openings are later checked against. Ids pass through and are not kept. */
async function drawnSetOf(deps: DrawLabelsDeps, { drawId, terms }: DrawIn<'COMMITTED'>, drawn: Drawn): Promise<readonly string[]> {
  if (terms.publicOpening === 'full') return []
  const openings = await openingsOf(deps, drawId, drawn.batches.flat())
  return openings.map(({ drawnSalt, id }) => drawnDigest(deps.hash, drawId, drawnSalt, id))
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
