import type { Principal } from '@dual-random/auth'
import type { LogEntry } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Instant, RegionCode } from '@dual-random/kernel'
import { partOf, regionsOf } from '../domain/cities.ts'
import type { CityFile, CommitmentRecord, Draw, DrawIn } from '../domain/draw.ts'
import { tipsIn } from '../domain/outside-entry.ts'
import { subjectIdOf } from '../domain/plan-line.ts'
import { committedAtOf, isStale } from '../domain/schedule.ts'
import { requireAnswers } from './beacon-round.ts'
import { beaconsFor } from './beacons-for.ts'
import { storeCommitment } from './build-commitment.ts'
import { decideDraw } from './decide-draw.ts'
import { enterCommitment } from './enter-commitment.ts'
import { publishedSubject } from './freeze-draw.ts'
import { insidersOf } from './insiders.ts'
import { makeMatchInputs } from './match-inputs.ts'
import type { Call } from './ports.ts'
import { type Deps, organisedDraw, requireSigner } from './require.ts'
import { requireCheckBatchesOfCount } from './require-batch-order.ts'
import { type DrawableLabels, fetchRoster } from './roster-file.ts'
import { readSnapshots } from './snapshot-record.ts'
import { requireWitnesses, witnessLog } from './witness-log.ts'

type CommitDeps = Deps<
  | 'draws'
  | 'logs'
  | 'blobs'
  | 'records'
  | 'registry'
  | 'planning'
  | 'loads'
  | 'beacons'
  | 'numbers'
  | 'keys'
  | 'witnesses'
  | 'checkpoints'
  | 'computations'
  | 'hash'
  | 'clock'
>

/** Commits a frozen draw to S before its round exists (rule 4). Sent again, or after a crash, it resumes the same S. */
export async function commitDraw(
  deps: CommitDeps,
  drawId: string,
  options: { readonly shortTeamsApproved: boolean },
  principal: Principal,
  call: Call,
): Promise<Draw> {
  const draw = await organisedDraw(deps.draws, drawId, principal)
  if (draw.status === 'VOID') throw appError('failed-precondition', 'draw-void')
  if (draw.status !== 'FROZEN') return draw
  for (const regionCode of regionsOf(draw.line)) requireSigner(deps.keys, regionCode)
  const known = await commitmentEntry(deps, draw)
  const prepared = known === undefined ? await prepare(deps, draw, options, principal, call) : draw.prepared
  if (prepared === undefined) throw new Error(`draw ${drawId} has a commitment entry and no S`)
  if (known === undefined) await enterCommitment(deps, draw, prepared)
  // S counts only when it was witnessed in time; whoever is missing now is asked again by the sweep.
  for (const regionCode of regionsOf(draw.line)) await witnessLog(deps, regionCode, call.signal)
  return decideDraw(deps, draw.drawId, { type: 'commit', digest: prepared.digest })
}

/** In the organiser's log, which S enters last: once it is there, it is in all. */
async function commitmentEntry({ logs }: CommitDeps, { regionCode, drawId }: Draw): Promise<LogEntry | undefined> {
  return (await logs.ofDraw(regionCode, drawId)).find(({ kind }) => kind === 'commitment')
}

/** The S that stands: the one prepared before while it can still be entered or might just have been, else a new one. */
async function prepare(
  deps: CommitDeps,
  draw: DrawIn<'FROZEN'>,
  options: { readonly shortTeamsApproved: boolean },
  principal: Principal,
  call: Call,
): Promise<CommitmentRecord> {
  const now = deps.clock()
  requireReached(draw, now)
  // A redraw rests on its parent's S, whatever has become of the line.
  if (draw.redraw === undefined) await requireSameLine(deps, draw, call)
  requireCheckBatchesOfCount(draw)
  const insiders = await insidersOf(deps, draw)
  await requireAnswers(beaconsFor(deps, ...insiders.regions), now, call.signal)
  for (const regionCode of regionsOf(draw.line)) await requireWitnesses(deps, regionCode, call.signal)
  if (draw.prepared !== undefined && now <= draw.prepared.roundAt) return draw.prepared
  if (isStale(draw.line.batch.freezeAt, now, draw.terms)) {
    throw appError('failed-precondition', 'snapshot-stale', { meta: { days: draw.terms.snapshotMaxAgeDays ?? 0 } })
  }
  const snapshots = await readSnapshots(deps, draw)
  const drawable: DrawableLabels[] = []
  const rosters: CityFile[] = []
  for (const record of snapshots) {
    const regionCode = record.snapshot.regionCode as RegionCode
    const fetched = await fetchRoster(deps, partOf(draw, regionCode), record)
    drawable.push(fetched.drawable)
    rosters.push({ regionCode, ...fetched.file })
  }
  const { inputs, withoutTeam } = await makeMatchInputs(deps, draw, drawable)
  if (withoutTeam > 0 && !options.shortTeamsApproved) throw appError('failed-precondition', 'teams-short', { meta: { count: withoutTeam } })
  const commitment = await storeCommitment(deps, draw, {
    snapshots,
    matchInputs: inputs,
    rosters,
    committedAt: requireReached(draw, deps.clock()),
    withoutTeam,
    approvedBy: withoutTeam > 0 ? principal.subject : undefined,
    tips: tipsIn(await deps.logs.ofDraw(draw.regionCode, draw.drawId)).map(({ unitId, tip }) => ({ unitId, tip })),
    insiders,
  })
  const after = await decideDraw(deps, draw.drawId, { type: 'prepare', commitment, now })
  return after.status === 'FROZEN' && after.prepared !== undefined ? after.prepared : commitment
}

function requireReached({ line, terms }: DrawIn<'FROZEN'>, now: Instant): Instant {
  const committedAt = committedAtOf(line.batch.commitAt, now, terms)
  if (committedAt === undefined) throw appError('failed-precondition', 'commit-too-early', { meta: { at: line.batch.commitAt } })
  return committedAt
}

/** A line that was published again with other content, or cancelled, or a task on clues that was withdrawn, is not the one the roster was frozen for (PLN-11). */
async function requireSameLine({ planning }: CommitDeps, { line }: Draw, call: Call): Promise<void> {
  const published = await publishedSubject(planning, line.clueTask === undefined ? line : { clueTaskId: line.clueTask.taskId }, call)
  if (published.lineDigest !== line.lineDigest)
    throw appError('failed-precondition', 'line-changed', { meta: { lineId: subjectIdOf(line) } })
}
