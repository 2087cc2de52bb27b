import { createHash, type Hash } from 'node:crypto'
import { type Readable, Transform } from 'node:stream'
import { appError } from '@dual-random/errors'
import { tlv } from '@dual-random/kernel'
import type { Request } from 'express'
import { parseJsonBody } from './json-body.ts'
import { isRawBody, type JsonRoute } from './route.ts'
import { invalidInput } from './violations.ts'

export const jsonLimitBytes = 1024 * 1024

/** The body as the handler gets it, and the hash that tells one command from another. */
export interface ReceivedBody {
  readonly value: unknown
  /** Known at once for JSON; for a streamed body undefined until `finalHash` read it to its end. */
  readonly hash: string | undefined
  /** Reads what the handler left unread; rejects when the body passes its limit or breaks off. */
  finalHash(): Promise<string>
}

/** The target is hashed too, since a route's template stands for many resources. */
const hashOfTarget = (request: Request): Hash => createHash('sha256').update(tlv(request.originalUrl))

export async function receiveBody(request: Request, { body }: JsonRoute): Promise<ReceivedBody> {
  if (isRawBody(body)) {
    if (body.isOptional !== true || hasBody(request)) requireMediaType(request, body.raw)
    return streamedBody(request, body.limitBytes)
  }
  const bytes = await collect(request, jsonLimitBytes)
  const hash = hashOfTarget(request).update(bytes).digest('hex')
  if (body === undefined) return { value: undefined, hash, finalHash: async () => hash }
  if (bytes.length > 0) requireMediaType(request, ['application/json'])
  const parsed = body.safeParse(bytes.length === 0 ? undefined : parseJsonBody(bytes), { reportInput: true })
  if (!parsed.success) throw invalidInput(parsed.error)
  return { value: parsed.data, hash, finalHash: async () => hash }
}

/** Whether a body of at least one byte is announced (RFC 9112 §6.3). */
export const hasBody = ({ headers }: Pick<Request, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function requireMediaType(request: Request, allowed: readonly string[]): void {
  const value = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!allowed.includes(value)) {
    throw appError('invalid', 'unsupported-media-type', { meta: { value, expected: allowed.join(', ') } })
  }
}

const tooLarge = (limit: number) => appError('invalid', 'body-too-large', { meta: { limit } })

function requireDeclaredSize(request: Request, limit: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
}

async function collect(request: Request, limit: number): Promise<Buffer> {
  requireDeclaredSize(request, limit)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function streamedBody(request: Request, limit: number): ReceivedBody {
  requireDeclaredSize(request, limit)
  const hash = hashOfTarget(request)
  let size = 0
  const value: Readable = request.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        if (size > limit) return done(tooLarge(limit))
        hash.update(chunk)
        done(null, chunk)
      },
    }),
  )
  // A client that goes away mid-body must not leave the handler waiting for more.
  request.once('close', () => {
    if (!request.complete) value.destroy(new Error('the client broke off its request'))
  })
  value.on('error', () => undefined)
  return {
    value,
    hash: undefined,
    async finalHash() {
      if (!value.readableEnded) for await (const _chunk of value) void _chunk
      if (value.errored !== null) throw value.errored
      return hash.copy().digest('hex')
    },
  }
}
