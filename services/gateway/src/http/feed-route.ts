import { invalidRequest, violation } from '@dual-random/errors'
import { type Route, rawRoute } from '@dual-random/http'
import { parseRegionCode, regionPrefix } from '@dual-random/kernel'
import type { FeedSource } from '../app/feed-source.ts'
import { type FeedFilter, passes } from '../domain/feed.ts'

const heartbeatMs = 15_000

/** A reader this far behind is cut off; it comes back with `Last-Event-ID`. */
const unreadLimitBytes = 4 * 1024 * 1024

export interface FeedRouteOptions {
  readonly source: FeedSource
  readonly isPosition: (text: string) => boolean
}

/**
 * Server-sent events of the public events (WHATWG HTML §9.2): `?regionCode=&types=`, resumed by `Last-Event-ID`.
 * Delivery is at least once; the event's own id stands in the data.
 */
export const feedRoute = ({ source, isPosition }: FeedRouteOptions): Route =>
  rawRoute({
    method: 'GET',
    path: '/v1/feed',
    summary: '公开事件流 / live feed of public events',
    roles: 'public',
    timeoutMs: 24 * 3600_000,
    handler: (request, response, { signal }) => {
      const filter = filterOf(request.query)
      const position = request.get('last-event-id')
      if (position !== undefined && !isPosition(position)) {
        throw invalidRequest([violation('/headers/last-event-id', 'malformed-value', { value: position.slice(0, 80), expected: 'id' })])
      }
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      response.write(': connected\n\n')
      const stop = source.follow(position, (entry) => {
        if (!passes(filter, entry)) return
        const { position: id, ...event } = entry
        response.write(`id: ${id}\nevent: ${entry.type}\ndata: ${JSON.stringify(event)}\n\n`)
        if (response.writableLength > unreadLimitBytes) response.destroy()
      })
      const heartbeat = setInterval(() => response.write(': heartbeat\n\n'), heartbeatMs)
      return new Promise<void>((resolve) => {
        const end = (): void => {
          clearInterval(heartbeat)
          stop()
          response.end()
          resolve()
        }
        if (signal.aborted) end()
        signal.addEventListener('abort', end, { once: true })
        response.once('close', end)
      })
    },
  })

function filterOf({ regionCode, types }: Readonly<Record<string, unknown>>): FeedFilter {
  const region = typeof regionCode === 'string' ? parseRegionCode(regionCode) : undefined
  if (regionCode !== undefined && region === undefined) {
    throw invalidRequest([violation('/query/regionCode', 'malformed-value', { value: JSON.stringify(regionCode), expected: 'GB/T 2260' })])
  }
  return {
    regionPrefix: region === undefined ? undefined : regionPrefix(region),
    types: types === undefined ? undefined : [types].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [])),
  }
}
