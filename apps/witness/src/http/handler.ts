import type { IncomingMessage, ServerResponse } from 'node:http'
import { ndjson } from '@dual-random/draw'
import type { Health } from '@dual-random/runtime'
import { checkpointsText } from '@dual-random/witness'
import type { RegionWitness } from '../app/region-witness.ts'

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

const json = (status: number, body: unknown): Answer => ({ status, type: 'application/json', body: JSON.stringify(body) })
const lines = (body: string): Answer => ({ status: 200, type: 'application/x-ndjson', body })

export interface HandlerOptions {
  readonly witnessId: string
  readonly regions: ReadonlyMap<string, RegionWitness>
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
          'content-length': String(Buffer.byteLength(body)),
          'cache-control': 'no-cache',
          'access-control-allow-origin': '*',
        })
        response.end(request.method === 'HEAD' ? undefined : body)
      },
      () => response.writeHead(500).end(),
    )
  }

async function answer({ witnessId, regions, health, metrics }: HandlerOptions, path: string): Promise<Answer> {
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
