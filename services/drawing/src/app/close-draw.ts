import type { Principal } from '@dual-random/auth'
import { publicOpeningsText, signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { canonicalJson, type TaskId, toHex, utf8 } from '@dual-random/kernel'
import type { ClosingRecord, Draw, DrawIn, FileRecord } from '../domain/draw.ts'
import { type LabelOutcome, outcomeOf, taskIdOf } from '../domain/outcomes.ts'
import { closeAtOf } from '../domain/schedule.ts'
import { decideDraw } from './decide-draw.ts'
import { readRecord, readTranscript, storeRecord, storeText } from './draw-files.ts'
import { openingsOf } from './openings.ts'
import { type Deps, organisedDraw, requireSigner } from './require.ts'
import { witnessLog } from './witness-log.ts'

const labelsPerQuery = 500

export type CloseDeps = Deps<
  'draws' | 'logs' | 'blobs' | 'records' | 'registry' | 'tasks' | 'keys' | 'witnesses' | 'checkpoints' | 'hash' | 'clock'
>

export async function closeDraw(deps: CloseDeps, drawId: string, principal: Principal): Promise<Draw> {
  return close(deps, await organisedDraw(deps.draws, drawId, principal))
}

/** Closes a matched draw once its window and the policy's days have passed (rule 14), and opens the visited to the public (rule 11). */
export async function close(deps: CloseDeps, draw: Draw): Promise<Draw> {
  if (draw.status === 'CLOSED') return draw
  if (draw.status === 'VOID') throw appError('failed-precondition', 'draw-void')
  if (draw.status !== 'MATCHED') throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  const now = deps.clock()
  const at = closeAtOf(draw.line.batch.window.end, draw.terms)
  if (now < at) throw appError('failed-precondition', 'close-not-due', { meta: { at } })
  const known = (await deps.logs.ofDraw(draw.regionCode, draw.drawId)).find(({ kind }) => kind === 'closed')
  const closing = known === undefined ? await enterClosing(deps, draw) : await readClosing(deps, known.digest)
  return decideDraw(deps.draws, draw.drawId, { type: 'close', closing, now })
}

/** The record behind a `closed` entry. Its file keeps what a crash must find again. */
type ClosedRecord = {
  readonly type: 'dual-random/closed/v1'
  readonly drawId: string
  readonly openings: FileRecord
  readonly outcomes: readonly LabelOutcome[]
}

async function enterClosing(deps: CloseDeps, draw: DrawIn<'MATCHED'>): Promise<ClosingRecord> {
  const { regionCode, drawId, terms } = draw
  const signer = requireSigner(deps.keys, regionCode)
  const outcomes = await outcomesOf(deps, draw)
  const visited = outcomes.filter(({ outcome }) => outcome === 'VISITED').map(({ label }) => label)
  const openings = await openingsOf(deps, drawId, visited)
  const openingsText = publicOpeningsText(
    openings.map(({ id, salt, drawnSalt }) => ({ id, salt: terms.publicOpening === 'full' ? salt : drawnSalt })),
  )
  const file = { digest: toHex(deps.hash.digest(utf8(openingsText))), blob: await storeText(deps.blobs, openingsText) }
  const record: ClosedRecord = { type: 'dual-random/closed/v1', drawId, openings: file, outcomes }
  const digest = await storeRecord(deps, canonicalJson(record))
  const entry = await deps.logs.append(regionCode, {
    kind: 'closed',
    drawId,
    digest,
    signature: signDigest(signer, 'closed', regionCode, drawId, digest),
  })
  if (!entry.ok) throw appError('failed-precondition', 'draw-void')
  await witnessLog(deps, regionCode)
  return readClosing(deps, entry.value.digest)
}

async function readClosing(deps: CloseDeps, digest: string): Promise<ClosingRecord> {
  const { openings, outcomes } = await readRecord<ClosedRecord>(deps, digest)
  const visited = outcomes.filter(({ outcome }) => outcome === 'VISITED').length
  return { digest, openings, visited, notVisited: outcomes.length - visited }
}

async function outcomesOf(
  { blobs, tasks }: CloseDeps,
  { drawId, line, transcript: { blob } }: DrawIn<'MATCHED'>,
): Promise<readonly LabelOutcome[]> {
  const { transcript } = await readTranscript(blobs, blob)
  const labels = transcript.batches.flat()
  const idsOf = (label: string): readonly TaskId[] => line.units.map(({ unitId }) => taskIdOf(drawId, label, unitId))
  const outcomes: LabelOutcome[] = []
  for (let start = 0; start < labels.length; start += labelsPerQuery) {
    const part = labels.slice(start, start + labelsPerQuery)
    const found = await tasks.getMany(part.flatMap(idsOf))
    outcomes.push(
      ...part.map((label) =>
        outcomeOf(
          label,
          idsOf(label).flatMap((taskId) => found.get(taskId) ?? []),
        ),
      ),
    )
  }
  return outcomes
}
