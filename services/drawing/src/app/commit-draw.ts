import type { Principal } from '@dual-random/auth'
import { type LogEntry, type Signer, signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'
import type { CommitmentRecord, Draw, DrawIn } from '../domain/draw.ts'
import { tipsIn } from '../domain/outside-entry.ts'
import { committedAtOf, entryDeadline, isStale } from '../domain/schedule.ts'
import { requireAnswers } from './beacon-round.ts'
import { storeCommitment } from './build-commitment.ts'
import { decideDraw } from './decide-draw.ts'
import { readSnapshot } from './draw-files.ts'
import { makeMatchInputs } from './match-inputs.ts'
import type { Call } from './ports.ts'
import { type Deps, entered, organisedDraw, requireSigner } from './require.ts'
import { fetchRoster } from './roster-file.ts'
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
  const signer = requireSigner(deps.keys, draw.regionCode)
  const known = await commitmentEntry(deps, draw)
  const prepared = known === undefined ? await prepare(deps, draw, options, principal, call) : draw.prepared
  if (prepared === undefined) throw new Error(`draw ${drawId} has a commitment entry and no S`)
  if (known === undefined) await enter(deps, draw, prepared, signer)
  // S counts only when it was witnessed in time; whoever is missing now is asked again by the sweep.
  await witnessLog(deps, draw.regionCode, call.signal)
  return decideDraw(deps.draws, draw.drawId, { type: 'commit', digest: prepared.digest })
}

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
  await requireSameLine(deps, draw, call)
  await requireAnswers(deps.beacons, now, call.signal)
  await requireWitnesses(deps, draw.regionCode, call.signal)
  if (draw.prepared !== undefined && now <= draw.prepared.roundAt) return draw.prepared
  if (isStale(draw.line.batch.freezeAt, now, draw.terms)) {
    throw appError('failed-precondition', 'snapshot-stale', { meta: { days: draw.terms.snapshotMaxAgeDays ?? 0 } })
  }
  const record = await readSnapshot(deps.blobs, draw.snapshot.blob)
  const { keyId, signature, snapshot } = record
  const { drawable, file } = await fetchRoster(deps, draw.drawId, record)
  const { inputs, withoutTeam } = await makeMatchInputs(deps, draw, drawable)
  if (withoutTeam > 0 && !options.shortTeamsApproved) throw appError('failed-precondition', 'teams-short', { meta: { count: withoutTeam } })
  const commitment = await storeCommitment(deps, draw, {
    snapshot,
    signature: { keyId, signature },
    matchInputs: inputs,
    roster: file,
    committedAt: requireReached(draw, deps.clock()),
    withoutTeam,
    approvedBy: withoutTeam > 0 ? principal.subject : undefined,
    tips: tipsIn(await deps.logs.ofDraw(draw.regionCode, draw.drawId)).map(({ unitId, tip }) => ({ unitId, tip })),
  })
  const after = await decideDraw(deps.draws, draw.drawId, { type: 'prepare', commitment, now })
  return after.status === 'FROZEN' && after.prepared !== undefined ? after.prepared : commitment
}

function requireReached({ line, terms }: DrawIn<'FROZEN'>, now: Instant): Instant {
  const committedAt = committedAtOf(line.batch.commitAt, now, terms)
  if (committedAt === undefined) throw appError('failed-precondition', 'commit-too-early', { meta: { at: line.batch.commitAt } })
  return committedAt
}

/** A line that was published again with other content, or cancelled, is not the one the roster was frozen for (PLN-11). */
async function requireSameLine({ planning }: CommitDeps, { line }: Draw, call: Call): Promise<void> {
  const published = await planning.line(line.planId, line.lineId, call)
  if (published.lineDigest !== line.lineDigest) throw appError('failed-precondition', 'line-changed', { meta: { lineId: line.lineId } })
}

async function enter({ logs, records }: CommitDeps, draw: DrawIn<'FROZEN'>, prepared: CommitmentRecord, signer: Signer): Promise<void> {
  const { regionCode, drawId, terms, logSeq } = draw
  const { digest, blob } = prepared
  await records.put(digest, blob)
  entered(
    await logs.append(regionCode, {
      kind: 'commitment',
      drawId,
      digest,
      signature: signDigest(signer, 'commitment', regionCode, drawId, digest),
      notAfter: entryDeadline(prepared, terms),
      ...(terms.repeatBar ? { frozenAtSeq: logSeq } : {}),
    }),
    'commit-too-late',
  )
}
