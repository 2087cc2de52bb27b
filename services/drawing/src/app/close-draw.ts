import type { Principal } from '@dual-random/auth'
import { publicOpeningsText, signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { canonicalJson, type RegionCode, type TaskId, toHex, utf8 } from '@dual-random/kernel'
import { citiesOf, partOf } from '../domain/cities.ts'
import type { CityFile, ClosingRecord, Draw, DrawIn, FileRecord } from '../domain/draw.ts'
import { type LabelOutcome, outcomeOf, taskIdOf } from '../domain/outcomes.ts'
import type { LineUnit } from '../domain/plan-line.ts'
import { taskDrawOf } from '../domain/redraw.ts'
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
  if (draw.status === 'FAILED') throw appError('failed-precondition', 'draw-failed')
  if (draw.status !== 'MATCHED') throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  const now = deps.clock()
  const at = closeAtOf(draw.line.batch.window.end, draw.terms)
  if (now < at) throw appError('failed-precondition', 'close-not-due', { meta: { at } })
  const known = (await deps.logs.ofDraw(draw.regionCode, draw.drawId)).find(({ kind }) => kind === 'closed')
  const closing = known === undefined ? await enterClosing(deps, draw) : await readClosing(deps, known.digest)
  return decideDraw(deps, draw.drawId, { type: 'close', closing, now })
}

/** The record behind a `closed` entry. Its file keeps what a crash must find again. */
type ClosedRecord = {
  readonly type: 'dual-random/closed/v1'
  readonly drawId: string
  readonly openings: FileRecord
  /** The other cities'. */
  readonly otherOpenings?: readonly CityFile[]
  readonly outcomes: readonly LabelOutcome[]
}

async function enterClosing(deps: CloseDeps, draw: DrawIn<'MATCHED'>): Promise<ClosingRecord> {
  const { regionCode, drawId } = draw
  const signer = requireSigner(deps.keys, regionCode)
  const outcomes = await outcomesOf(deps, draw)
  const visited = outcomes.filter(({ outcome }) => outcome === 'VISITED').map(({ label }) => label)
  const { ofCities } = draw.transcript
  const wasVisited = new Set(visited)
  const files: CityFile[] = []
  for (const city of ofCities ?? [{ regionCode, labels: visited }]) {
    const labels = city.labels.filter((label) => wasVisited.has(label))
    files.push({ regionCode: city.regionCode, ...(await openingsFile(deps, draw, city.regionCode, labels)) })
  }
  const [own, ...otherOpenings] = files
  if (own === undefined) throw new Error(`draw ${drawId} is of no city`)
  const file = { digest: own.digest, blob: own.blob }
  const beside = ofCities === undefined ? {} : { otherOpenings }
  const record: ClosedRecord = { type: 'dual-random/closed/v1', drawId, openings: file, ...beside, outcomes }
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

/** A city's own file of its visited objects (docs/draw-protocol.md §12). */
async function openingsFile(
  deps: CloseDeps,
  draw: DrawIn<'MATCHED'>,
  regionCode: RegionCode,
  visited: readonly string[],
): Promise<FileRecord> {
  const isFull = draw.terms.publicOpening === 'full'
  const openings = await openingsOf(deps, partOf(draw, regionCode), visited)
  const text = publicOpeningsText(openings.map(({ id, salt, drawnSalt }) => ({ id, salt: isFull ? salt : drawnSalt })))
  return { digest: toHex(deps.hash.digest(utf8(text))), blob: await storeText(deps.blobs, text) }
}

async function readClosing(deps: CloseDeps, digest: string): Promise<ClosingRecord> {
  const { openings, otherOpenings, outcomes } = await readRecord<ClosedRecord>(deps, digest)
  const visited = outcomes.filter(({ outcome }) => outcome === 'VISITED').length
  return { digest, openings, ...(otherOpenings === undefined ? {} : { otherOpenings }), visited, notVisited: outcomes.length - visited }
}

/** The units that check an object: those of its city. */
function unitsByLabel({ line, transcript: { ofCities } }: DrawIn<'MATCHED'>): (label: string) => readonly LineUnit[] {
  if (ofCities === undefined) return () => line.units
  const units = new Map(citiesOf(line).map((city) => [city.regionCode, city.units]))
  const byLabel = new Map(
    ofCities.flatMap(({ regionCode, labels }) => labels.map((label) => [label, units.get(regionCode) ?? []] as const)),
  )
  return (label) => byLabel.get(label) ?? []
}

async function outcomesOf({ blobs, tasks }: CloseDeps, draw: DrawIn<'MATCHED'>): Promise<readonly LabelOutcome[]> {
  const { transcript } = await readTranscript(blobs, draw.transcript.blob)
  const labels = transcript.batches.flat()
  const unitsOf = unitsByLabel(draw)
  const idsOf = (label: string): readonly TaskId[] => unitsOf(label).map(({ unitId }) => taskIdOf(taskDrawOf(draw, label), label, unitId))
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
