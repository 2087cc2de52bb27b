import {
  type DrawId,
  type ItemCode,
  type ObjectId,
  type ResultId,
  type TaskId,
  type TlvItem,
  tlv,
  toHex,
  type UnitId,
  type VisitId,
} from '@dual-random/kernel'
import { hmac, sha256 } from '@dual-random/kernel/hash'

const hex32 = (bytes: Uint8Array): string => toHex(bytes).slice(0, 32)

/** Derived, so that a repeated fan-out finds the task it made before. */
export const taskIdOf = (drawId: DrawId, label: string, unitId: UnitId): TaskId =>
  hex32(sha256(tlv('task', drawId, label, unitId))) as TaskId

/** One result per task and item. */
export const resultIdOf = (taskId: TaskId, itemCode: ItemCode): ResultId => hex32(sha256(tlv('result', taskId, itemCode))) as ResultId

/** Somebody attached to a team: by who it is, and how often that one was attached before. */
export const expertIdOf = (taskId: TaskId, parts: readonly string[]): string => `ex-${hex32(sha256(tlv('expert', taskId, [...parts])))}`

/** One recusal per content, so that raising the same again finds it. */
export const recusalIdOf = (taskId: TaskId, content: TlvItem): string => `rc-${hex32(sha256(tlv('recusal', taskId, content)))}`

export const followUpIdOf = (resultId: ResultId): string => `fu-${resultId}`

/**
 * Keyed, because object ids must not be computable from what events show (design §5). The owning unit is part of it, so that two
 * units' visits to one object have ids of their own whichever draw comes first; the draw is too, where its tasks stay apart.
 */
export function visitIdOf(
  key: Uint8Array,
  visit: { objectId: ObjectId; mergeWindowId: string; ownerUnitId: UnitId; drawId?: DrawId },
): VisitId {
  const parts: TlvItem[] = ['visit', visit.objectId, visit.mergeWindowId, visit.ownerUnitId]
  if (visit.drawId !== undefined) parts.push(visit.drawId)
  return hex32(hmac('sha256', key, tlv(...parts))) as VisitId
}

/** By which the objects of a line without a draw are counted without being named (TGT-05, PLN-24); keyed like a visit. */
export const objectMarkOf = (key: Uint8Array, objectId: ObjectId, line: { readonly planId: string; readonly lineId: string }): string =>
  hex32(hmac('sha256', key, tlv('key-check', objectId, line.planId, line.lineId)))

/** One proposal per pair of visits, whichever came first. */
export const proposalIdOf = (a: VisitId, b: VisitId): string => `mp-${hex32(sha256(tlv('merge', a < b ? [a, b] : [b, a])))}`
