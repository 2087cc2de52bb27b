import type { Principal } from '@dual-random/auth'
import { signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { VoidRecord } from '@dual-random/witness'
import type { Draw } from '../domain/draw.ts'
import { entryDeadline, lastVoidAt } from '../domain/schedule.ts'
import { type Deps, entered, organisedDraw, requireSigner } from './require.ts'
import { decided } from './standing.ts'
import { settleVoid, voidRecord } from './void-record.ts'
import { type WitnessDeps, witnessLog } from './witness-log.ts'

type VoidDeps = WitnessDeps & Deps<'draws'>

/** Voids a draw by an entry, after the commitment only while there is time for its witnesses to see it a margin before its round (rule 14). */
export async function voidDraw(deps: VoidDeps, drawId: string, reason: string, principal: Principal, signal?: AbortSignal): Promise<Draw> {
  const draw = await organisedDraw(deps.draws, drawId, principal)
  if (draw.status === 'VOID') return draw
  if (draw.status === 'FAILED') throw appError('failed-precondition', 'draw-failed')
  if (draw.status !== 'FROZEN' && draw.status !== 'COMMITTED') {
    throw appError('failed-precondition', 'draw-already-drawn', { meta: { status: draw.status } })
  }
  const { regionCode } = draw
  const signer = requireSigner(deps.keys, regionCode)
  const { record, digest } = voidRecord(deps.hash, draw.drawId, reason)
  const commitment = draw.status === 'COMMITTED' ? draw.commitment : draw.prepared
  const deadline = commitment && entryDeadline(commitment, draw.terms)
  const entry = entered(
    await deps.logs.append(regionCode, {
      kind: 'void',
      drawId: draw.drawId,
      digest,
      signature: signDigest(signer, 'void', regionCode, drawId, digest),
      record,
      ...(commitment === undefined ? {} : { notAfter: lastVoidAt(commitment, draw.terms) }),
    }),
    'void-too-late',
  )
  const unanswered = await witnessLog(deps, regionCode, signal)
  const isCommitted = (await deps.logs.ofDraw(regionCode, drawId)).some(({ kind }) => kind === 'commitment')
  if (isCommitted && deadline !== undefined && deps.witnesses.pinned(regionCode) !== undefined) {
    const witnessed = await decided(deps, regionCode, entry, deadline, unanswered)
    if (witnessed === 'too-late') throw appError('failed-precondition', 'void-too-late', { meta: { at: deadline } })
  }
  return settleVoid(deps, draw, entry.record as VoidRecord)
}
