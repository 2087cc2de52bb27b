import { ed25519Key } from '@dual-random/beacon'
import { signDigest, tipOf } from '@dual-random/draw'
import { type Json, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { recordDigest } from '@dual-random/witness'
import { sha256Hash } from '../fixtures.ts'
import { type Harness, regionCode } from './harness.ts'

/** The pinned superior, and a unit outside the organiser whose key it may admit. */
export const superior = { keyId: 'superior-230000', sign: ed25519Key(sha256(utf8('witness superior'))).sign }
export const superiorUnit = '230000-scj'
const outsiderKey = ed25519Key(sha256(utf8('outsider')))
export const outsider = { keyId: 'unit-230000-sft', sign: outsiderKey.sign }
export const outsideUnit = '230000-sft'
export const outsiderRecord = {
  type: 'dual-random/key/v1',
  keyId: outsider.keyId,
  role: 'unit',
  algorithm: 'ed25519',
  publicKey: outsiderKey.publicKey,
  unitId: outsideUnit,
} as const

export const secretOf = (name: string): string => Buffer.from(sha256(utf8(name))).toString('hex')

export interface Entered {
  readonly seq: number
  readonly head: string
  readonly code?: string
  readonly detail?: string
  readonly missingPages?: readonly string[]
}

/** What units outside bring for the log of a region (docs/draw-protocol.md §17), to a harness or to where drawing is. */
export function outsideUnits(keeper: Harness | (() => string), region: string = regionCode) {
  const baseUrl = typeof keeper === 'function' ? keeper : () => `http://127.0.0.1:${keeper.service().httpPort}`
  /** Anyone may bring what somebody signed: no token goes with it. */
  const enter = async (
    kind: 'key' | 'definition' | 'tip' | 'reveal' | 'numbers' | 'approval' | 'audited' | 'failed',
    drawId: string | null,
    record: Json,
    by = superior,
  ) => {
    const body = { kind, record, ...signDigest(by, kind, region, drawId, recordDigest(sha256Hash, record)) }
    const response = await fetch(`${baseUrl()}/v1/public/region-logs/${region}/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Entered }
  }
  return {
    enter,
    /** The superior's word that a draw is lost. */
    fail: (drawId: string, reason: string, change: Readonly<Record<string, Json>> = {}, by = superior) =>
      enter('failed', drawId, { type: 'dual-random/failed/v1', drawId, unitId: superiorUnit, reason, ...change }, by),
    /** The superior's approval of an attempt, or of a redraw by the digest of its order. */
    approve: (drawId: string, reason = '见证不足', order: string | null = null) =>
      enter('approval', drawId, { type: 'dual-random/approval/v1', drawId, unitId: superiorUnit, reason, order }),
    refused: async (entered: ReturnType<typeof enter>): Promise<unknown> => {
      const { status, body } = await entered
      return [status, body.code]
    },
    tip: (drawId: string, secret: string, unitId = superiorUnit, by = superior) =>
      enter('tip', drawId, { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(sha256Hash, drawId, { unitId, secret }) }, by),
    reveal: (drawId: string, commitment: string, secret: string, unitId = superiorUnit, by = superior) =>
      enter('reveal', drawId, { type: 'dual-random/reveal/v1', drawId, unitId, commitment, secret }, by),
  }
}
