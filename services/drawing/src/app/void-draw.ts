import type { Principal } from '@dual-random/auth'
import { signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { canonicalJson } from '@dual-random/kernel'
import type { Draw } from '../domain/draw.ts'
import { entryDeadline } from '../domain/schedule.ts'
import { decideDraw } from './decide-draw.ts'
import { readRecord, storeRecord } from './draw-files.ts'
import { type Deps, entered, organisedDraw, requireSigner } from './require.ts'

type VoidDeps = Deps<'draws' | 'logs' | 'blobs' | 'records' | 'keys' | 'hash'>

/** Voids a draw by an entry, after the commitment only until a margin before its round (rule 14). */
export async function voidDraw(deps: VoidDeps, drawId: string, reason: string, principal: Principal): Promise<Draw> {
  const draw = await organisedDraw(deps.draws, drawId, principal)
  if (draw.status === 'VOID') return draw
  if (draw.status !== 'FROZEN' && draw.status !== 'COMMITTED') {
    throw appError('failed-precondition', 'draw-already-drawn', { meta: { status: draw.status } })
  }
  const { regionCode } = draw
  const signer = requireSigner(deps.keys, regionCode)
  const digest = await storeRecord(deps, canonicalJson({ type: 'dual-random/void/v1', drawId, reason }))
  const roundAt = draw.status === 'COMMITTED' ? draw.commitment.roundAt : draw.prepared?.roundAt
  entered(
    await deps.logs.append(regionCode, {
      kind: 'void',
      drawId: draw.drawId,
      digest,
      signature: signDigest(signer, 'void', regionCode, drawId, digest),
      ...(roundAt === undefined ? {} : { notAfter: entryDeadline(roundAt, draw.terms) }),
    }),
    'void-too-late',
  )
  const voided = await settleVoid(deps, draw)
  if (voided === undefined) throw new Error(`draw ${drawId} has no void entry`)
  return voided
}

/** Carries a void that stands in the log over to the draw; undefined where there is none. */
export async function settleVoid(deps: Deps<'draws' | 'logs' | 'blobs' | 'records'>, draw: Draw): Promise<Draw | undefined> {
  const entry = (await deps.logs.ofDraw(draw.regionCode, draw.drawId)).find(({ kind }) => kind === 'void')
  if (entry === undefined) return undefined
  const { reason } = await readRecord<{ readonly reason: string }>(deps, entry.digest)
  return decideDraw(deps.draws, draw.drawId, { type: 'void', reason })
}
