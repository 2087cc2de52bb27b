import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DrawHash } from '@dual-random/draw'
import { type Signer, signDigest } from '@dual-random/draw'
import {
  type ApprovalRecord,
  type AuditedRecord,
  type DefinitionRecord,
  type FailedRecord,
  type KeyRecord,
  type NumbersRecord,
  type RevealRecord,
  recordDigest,
  type TipRecord,
} from '@dual-random/witness'
import { fetch, type Response } from 'undici'
import { reasonOf } from '../reason-of.ts'

/** What somebody outside brings to a region's log, signed (§16). */
export type SignedEntry = {
  readonly kind: 'key' | 'definition' | 'tip' | 'reveal' | 'numbers' | 'approval' | 'audited' | 'failed'
  readonly keyId: string
  readonly record: KeyRecord | DefinitionRecord | TipRecord | RevealRecord | NumbersRecord | ApprovalRecord | AuditedRecord | FailedRecord
  readonly signature: string
}

/** What came of bringing an entry. */
export type Delivery =
  | { readonly outcome: 'entered'; readonly seq: number; readonly head: string; readonly isNew: boolean }
  /** Kept by drawing until the other unit's is there too, and these pages. */
  | { readonly outcome: 'held'; readonly missingPages: readonly string[] }
  | { readonly outcome: 'refused'; readonly status: number; readonly code: string; readonly detail: string }
  | { readonly outcome: 'unanswered'; readonly why: string }

const timeoutMs = 30_000

/** Drawing or a gateway before it is away for a while. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504])

export const urlOf = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${path}`

/** Signs a record for the log of a region. */
export function signEntry(
  hash: DrawHash,
  signer: Signer,
  regionCode: string,
  entry: Pick<SignedEntry, 'kind' | 'record'>,
  drawId: string | null,
): SignedEntry {
  return { ...entry, ...signDigest(signer, entry.kind, regionCode, drawId, recordDigest(hash, entry.record)) }
}

/** Brings an entry to the keeper of a region's log. What is not answered is tried again; sent twice, it is found. */
export async function bringEntry(base: string, regionCode: string, entry: SignedEntry, attempts: number): Promise<Delivery> {
  const key = randomUUID()
  let why = ''
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const answer = await send(base, regionCode, entry, key).catch((thrown: unknown) => reasonOf(thrown))
    if (typeof answer !== 'string' && !passing.has(answer.status)) return await deliveryOf(answer)
    why = typeof answer === 'string' ? answer : `HTTP ${answer.status}`
    const wait = typeof answer === 'string' ? 1 : Number(answer.headers.get('retry-after') ?? 1)
    if (typeof answer !== 'string') await answer.body?.cancel()
    if (attempt < attempts) await pause(1000 * Math.min(wait, 10))
  }
  return { outcome: 'unanswered', why }
}

const send = (base: string, regionCode: string, entry: SignedEntry, key: string): Promise<Response> =>
  fetch(urlOf(base, `/v1/public/region-logs/${regionCode}/entries`), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(entry),
    signal: AbortSignal.timeout(timeoutMs),
  })

/** Leaves an archived page with the keeper of the log; what it says where it does not take it. */
export async function bringPage(base: string, drawId: string, digest: string, bytes: Uint8Array): Promise<string | undefined> {
  const answer = await fetch(urlOf(base, `/v1/public/draws/${drawId}/pages/${digest}`), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'idempotency-key': randomUUID() },
    body: bytes,
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((thrown: unknown) => reasonOf(thrown))
  if (typeof answer === 'string') return answer
  if (answer.ok) {
    await answer.body?.cancel()
    return undefined
  }
  const delivery = await deliveryOf(answer)
  return delivery.outcome === 'refused' ? `${delivery.code} ${delivery.detail}` : `HTTP ${answer.status}`
}

async function deliveryOf(answer: Response): Promise<Delivery> {
  const body = (await answer.json().catch(() => ({}))) as Readonly<Record<string, unknown>>
  const { seq, head, code, detail, missingPages } = body
  if (answer.status === 202 && Array.isArray(missingPages)) return { outcome: 'held', missingPages: missingPages.map(String) }
  if (answer.ok && typeof seq === 'number' && typeof head === 'string') {
    return { outcome: 'entered', seq, head, isNew: answer.status === 201 }
  }
  const said = (value: unknown): string => (typeof value === 'string' ? value : '')
  return { outcome: 'refused', status: answer.status, code: said(code) || `HTTP ${answer.status}`, detail: said(detail) }
}

/** The text at a URL; undefined where it is not there (404), an error with the reason where nobody answers. */
export async function textAt(url: string): Promise<string | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((thrown: unknown) => {
    throw new Error(`${url}: ${reasonOf(thrown)}`)
  })
  if (answer.status === 404) {
    await answer.body?.cancel()
    return undefined
  }
  if (answer.ok) return await answer.text()
  await answer.body?.cancel()
  throw new Error(`${url}: HTTP ${answer.status}`)
}
