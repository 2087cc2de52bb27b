import { noRegion } from '@dual-random/auth'
import { checkDefinition } from '@dual-random/beacon'
import { appError } from '@dual-random/errors'
import type { DrawId, Instant, Json, RegionCode, UnitId } from '@dual-random/kernel'
import { type AuditedRecord, deadlineOf, type FailedRecord, readRecord } from '@dual-random/witness'
import type { DrawCommand } from '../domain/commands.ts'
import { decide } from '../domain/decide.ts'
import type { Actor } from '../domain/history.ts'
import { auditIn, drawIdOf, failureIn, type OutsideRequest } from '../domain/outside-entry.ts'
import type { LogDecision } from '../domain/region-log.ts'
import { failableAtOf } from '../domain/schedule.ts'
import { decideDraw } from './decide-draw.ts'
import { readCommitment } from './draw-files.ts'
import { outsideRefused } from './outside-refused.ts'
import { type Deps, requireDraw, requireSigner, settled } from './require.ts'
import { failCommand } from './settle-failure.ts'
import { type WitnessDeps, witnessLog } from './witness-log.ts'

type EnterDeps = WitnessDeps & Deps<'draws' | 'clock'>

/** Enters a key, a definition of public numbers, a tip, a reveal, an approval, an audit or a failure. Anyone may bring it: what counts is who signed it. Sent again, it is found. */
export async function enterOutside(deps: EnterDeps, regionCode: RegionCode, request: OutsideRequest): Promise<LogDecision> {
  requireSigner(deps.keys, regionCode)
  const pinned = deps.witnesses.pinned(regionCode)
  if (pinned === undefined) throw appError('failed-precondition', 'witnesses-unset', { meta: { regionCode } })
  if (request.kind === 'definition') requireDefinition(request.record)
  if (request.kind === 'reveal') await requireInTime(deps, drawIdOf(request))
  const said = auditIn(request) ?? failureIn(request)
  // Whether the draw takes it is known before it stands in the log, which takes nothing back.
  if (said !== undefined) await requireTaken(deps, said)
  const decided = await deps.logs.appendOutside(regionCode, pinned.superior, request)
  if (!decided.ok) throw outsideRefused(decided.error)
  await witnessLog(deps, regionCode)
  if (said !== undefined) {
    const by = { ...deps, actor: signerOf(request, said) }
    await decideDraw(by, said.drawId as DrawId, commandOf(said, decided.value.entry.receivedAt))
  }
  return decided.value
}

/** An entry is on the word of whoever signed it, not of whoever brought it. */
const signerOf = ({ keyId }: OutsideRequest, { unitId }: AuditedRecord | FailedRecord): Actor => ({
  subject: keyId,
  unitId: unitId as UnitId,
  regionCode: noRegion,
  roles: [],
})

const commandOf = (said: AuditedRecord | FailedRecord, at: Instant): DrawCommand =>
  said.type === 'dual-random/failed/v1'
    ? failCommand(said, at)
    : { type: 'audit', audit: { unitId: said.unitId as UnitId, findings: said.findings, at } }

/** What the draw would say to it now. A failure is not said before its time, whoever says it: a late round is still fetched (rule 7). */
async function requireTaken({ draws, clock }: EnterDeps, said: AuditedRecord | FailedRecord): Promise<void> {
  const draw = await requireDraw(draws, said.drawId)
  settled(decide(draw, commandOf(said, clock())))
  if (said.type !== 'dual-random/failed/v1' || draw.status === 'FROZEN' || draw.commitment === undefined) return
  const at = failableAtOf(draw.commitment)
  if (clock() < at) throw appError('failed-precondition', 'failed-too-early', { meta: { at } })
}

/** A reveal after the deadline could only make the log longer. */
async function requireInTime({ draws, blobs, clock }: EnterDeps, drawId: string | null): Promise<void> {
  const draw = drawId === null ? undefined : await draws.load(drawId)
  if (draw?.status !== 'COMMITTED') return
  const at = deadlineOf(await readCommitment(blobs, draw.commitment.blob))
  if (clock() > at) throw appError('failed-precondition', 'reveal-too-late', { meta: { at } })
}

/** A definition that no draw could rest on would stand in the log for nothing. */
function requireDefinition(record: Json): void {
  const read = readRecord('definition', record)
  const checked = read.ok && read.value?.kind === 'definition' ? checkDefinition(read.value.record) : undefined
  if (checked === undefined || checked.ok) return
  const { code: reason, ...meta } = checked.error
  throw appError('invalid', 'definition-invalid', { meta: { reason, detail: JSON.stringify(meta) } })
}
