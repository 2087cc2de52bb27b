import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { Agent, fetch, type Response } from 'undici'
import { CommandError, type RegistrySession } from '../command.ts'
import { urlOf } from '../registry-calls.ts'
import { text } from '../text.ts'
import type { FileFacts } from './file-facts.ts'

/** What came of an import: counts by name, and what else registry says of it. */
export interface ImportCounts {
  readonly importId: string
  readonly reportUrl: string
  readonly rejected?: number
  readonly [name: string]: unknown
}

/** An answer of registry that refuses the file as a whole. */
export interface Refusal {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer: string; readonly detail?: string }[]
}

export type Answer = { readonly kind: 'done'; readonly counts: ImportCounts } | { readonly kind: 'refused'; readonly refusal: Refusal }

export interface Sending {
  /** Path and query. */
  readonly path: string
  readonly file: FileFacts
  readonly onSent: (bytes: number) => void
}

/** So often an import that broke off is sent again, each time to go on where it was. */
const attempts = 60

/** An answer may take as long as the import does; fetch would give up waiting for it after five minutes. */
const patient = new Agent({ headersTimeout: 0 })

/** Registry or a gateway before it is away for a while, or the import takes longer than the gateway waits. */
const passing: ReadonlySet<number> = new Set([502, 503, 504])

/** Imports of one file that may be answered under the keys of earlier ones. */
const repeats = 20

/**
 * Sends a file and gives the answer. What breaks off is sent again under the same key, so that registry goes on behind what it has done; a file
 * that was imported before, by another call of this program, is imported anew under the next key.
 */
export async function importFile(session: RegistrySession, sending: Sending): Promise<Answer> {
  const { path, file } = sending
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const answer = await untilAnswered(session, sending, `cli-${repeat}-${file.digest}`)
    if (answer !== 'answered-before') return answer
  }
  throw new CommandError(text(`这个文件在三天内已导入 ${repeats} 次：${path}`, `imported ${repeats} times within three days`))
}

async function untilAnswered(session: RegistrySession, sending: Sending, key: string): Promise<Answer | 'answered-before'> {
  let last: unknown
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const response = await send(session, sending, key).catch((error: unknown) => {
      last = error
      return undefined
    })
    if (response !== undefined && !passing.has(response.status) && !(await isUnderWay(response))) {
      if (attempt === 1 && response.headers.get('idempotent-replayed') === 'true') {
        await response.body?.cancel()
        return 'answered-before'
      }
      return answerOf(response)
    }
    last = response === undefined ? last : new Error(`HTTP ${response.status}`)
    await pause(1000 * Number(response?.headers.get('retry-after') ?? 2))
  }
  const why = last instanceof Error ? last.message : String(last)
  throw new CommandError(text(`登记服务没有回答：${why}`, `registry does not answer: ${why}`))
}

async function send({ registry }: RegistrySession, { path, file, onSent }: Sending, key: string): Promise<Response> {
  let sent = 0
  const body = Readable.from(
    (async function* () {
      for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
        onSent((sent += chunk.length))
        yield chunk
      }
    })(),
    { objectMode: false },
  )
  const headers = { authorization: `Bearer ${registry.DR_TOKEN}`, 'content-type': file.mediaType, 'idempotency-key': key }
  return await fetch(urlOf(registry, path), { method: 'POST', headers, body, duplex: 'half', dispatcher: patient })
}

/** Another run of the same import has not ended. */
async function isUnderWay(response: Response): Promise<boolean> {
  if (response.status !== 409) return false
  const { code } = (await response.clone().json()) as Refusal
  return code === 'request-in-progress'
}

async function answerOf(response: Response): Promise<Answer> {
  const body = await response.json()
  return response.ok ? { kind: 'done', counts: body as ImportCounts } : { kind: 'refused', refusal: body as Refusal }
}

/** How far registry is with a file that it has received. */
export interface RowsSoFar {
  readonly received: number
  readonly written: number
  readonly rejected: number
}

const lookEveryMs = 2000

/** Looks now and then how far registry is with a file, until it has answered. What cannot be asked is left unsaid: the answer is what counts. */
export async function followImport(
  session: RegistrySession,
  digest: string,
  onRows: (rows: RowsSoFar) => void,
  answered: AbortSignal,
): Promise<void> {
  while (!answered.aborted) {
    await pause(lookEveryMs, undefined, { signal: answered }).catch(() => undefined)
    const rows = answered.aborted ? undefined : await rowsSoFar(session, digest, answered).catch(() => undefined)
    if (rows !== undefined) onRows(rows)
  }
}

async function rowsSoFar({ registry }: RegistrySession, digest: string, signal: AbortSignal): Promise<RowsSoFar | undefined> {
  const headers = { authorization: `Bearer ${registry.DR_TOKEN}` }
  const response = await fetch(urlOf(registry, '/v1/imports/unfinished'), { headers, signal })
  if (!response.ok) {
    await response.body?.cancel()
    return undefined
  }
  const { items } = (await response.json()) as {
    readonly items: readonly (RowsSoFar & { readonly fileDigest: string; readonly state: string })[]
  }
  return items.find(({ fileDigest, state }) => fileDigest === digest && state === 'RUNNING')
}

/** A text that registry serves. */
export async function textAt({ registry }: RegistrySession, path: string): Promise<string> {
  const response = await fetch(urlOf(registry, path), { headers: { authorization: `Bearer ${registry.DR_TOKEN}` } })
  if (!response.ok) throw new CommandError(text(`${path} 回答 ${response.status}`, `${path} answered ${response.status}`))
  return await response.text()
}
