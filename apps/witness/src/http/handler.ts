import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { ndjson } from '@dual-random/draw'
import type { Health } from '@dual-random/runtime'
import { checkpointsText } from '@dual-random/witness'
import type { Mirror } from '../app/mirror.ts'
import { publicFiles } from '../app/public-files.ts'
import type { RegionWitness } from '../app/region-witness.ts'

interface Answer {
  readonly status: number
  readonly type: string
  /** A text, or a file as it was kept. */
  readonly body: string | { readonly path: string; readonly bytes: number }
}

const json = (status: number, body: unknown): Answer => ({ status, type: 'application/json', body: JSON.stringify(body) })
const lines = (body: string): Answer => ({ status: 200, type: 'application/x-ndjson', body })

export interface HandlerOptions {
  readonly witnessId: string
  readonly regions: ReadonlyMap<string, RegionWitness>
  readonly mirrors: ReadonlyMap<string, Mirror>
  readonly health: Health
  readonly metrics: () => Promise<string>
}

/** What a witness shows to anyone: the logs it holds, what it cosigned, incidents. */
export const createHandler =
  (options: HandlerOptions) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const readOnly = request.method === 'GET' || request.method === 'HEAD'
    const path = new URL(request.url ?? '/', 'http://witness').pathname
    const answered = readOnly ? answer(options, path) : Promise.resolve(json(405, { error: 'read only' }))
    answered.then(
      ({ status, type, body }) => {
        response.writeHead(status, {
          'content-type': type,
          'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : body.bytes),
          'cache-control': 'no-cache',
          'access-control-allow-origin': '*',
        })
        if (request.method === 'HEAD') response.end()
        else if (typeof body === 'string') response.end(body)
        else pipeline(createReadStream(body.path), response, () => undefined)
      },
      () => response.writeHead(500).end(),
    )
  }

async function answer(options: HandlerOptions, path: string): Promise<Answer> {
  const { witnessId, regions, health, metrics } = options
  if (path === '/healthz') return json(200, health.live())
  if (path === '/readyz') {
    const report = await health.ready()
    return json(report.status === 'up' ? 200 : 503, report)
  }
  if (path === '/metrics') return { status: 200, type: 'text/plain; version=0.0.4', body: await metrics() }
  if (path === '/v1/witness') {
    const held = [...regions.values()].map(({ regionCode, seq, isForked }) => ({ regionCode, seq, forked: isForked }))
    return json(200, { witnessId, regions: held })
  }
  if (path.startsWith('/v1/public/')) return publicAnswer(options, path)
  const [, what = '', regionCode = '', of] =
    /^\/v1\/(region-logs|checkpoints|incidents|commitments)\/(\d{6})(?:\/([0-9a-f]{64}))?$/.exec(path) ?? []
  const region = regions.get(regionCode)
  if (region === undefined) return json(404, { error: 'not found' })
  if (what === 'commitments') {
    const text = of === undefined ? undefined : await region.commitment(of)
    return text === undefined ? json(404, { error: 'not found' }) : { status: 200, type: 'application/json', body: text }
  }
  if (of !== undefined) return json(404, { error: 'not found' })
  if (what === 'region-logs') return lines(ndjson(region.linesFrom(0, region.seq + 1)))
  return lines(what === 'checkpoints' ? checkpointsText(region.checkpoints()) : ndjson(region.incidents))
}

const notFound = json(404, { error: 'not found' })

/** The routes under which drawing publishes a draw, so that whoever fetched there fetches here: what was kept of it, and the log. */
async function publicAnswer({ regions, mirrors }: HandlerOptions, path: string): Promise<Answer> {
  const [, logOf = '', checkpoints] = /^\/v1\/public\/region-logs\/(\d{6})(\/checkpoints)?$/.exec(path) ?? []
  const region = regions.get(logOf)
  if (region !== undefined)
    return lines(
      checkpoints === undefined ? ndjson(region.linesFrom(0, region.seq + 1)) : checkpointsText(mirrors.get(logOf)?.checkpoints() ?? []),
    )
  const [, drawId = '', name = ''] = /^\/v1\/public\/draws\/([0-9a-f]{64})\/([a-z]+)$/.exec(path) ?? []
  const type = name === 'roster' || name === 'openings' ? 'application/x-ndjson' : 'application/json'
  if (name === 'commitment') {
    for (const one of regions.values()) {
      const text = await one.commitmentOf(drawId)
      if (text !== undefined) return { status: 200, type, body: text }
    }
  }
  const file = publicFiles.find((one) => one === name)
  for (const mirror of file === undefined ? [] : mirrors.values()) {
    const kept = mirror.find({ drawId, file: file as NonNullable<typeof file> })
    if (kept !== undefined) return { status: 200, type, body: kept }
  }
  return notFound
}
