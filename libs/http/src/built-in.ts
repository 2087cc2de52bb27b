import { createHash } from 'node:crypto'
import type { Health, Metrics } from '@dual-random/runtime'
import { Router } from 'express'
import { openApiOf } from './openapi.ts'
import type { Route } from './route.ts'

export interface BuiltInOptions {
  readonly service: string
  readonly version: string
  readonly routes: readonly Route[]
  readonly health: Health
  readonly metrics: Metrics
}

/** What every service answers: /healthz, /readyz, /metrics, /openapi.json. */
export function builtIn({ service, version, routes, health, metrics }: BuiltInOptions): Router {
  const document = JSON.stringify(openApiOf(service, version, routes))
  const etag = `"${createHash('sha256').update(document).digest('base64url')}"`
  const router = Router()
  router.get('/healthz', (_request, response) => void response.json(health.live()))
  router.get('/readyz', async (_request, response) => {
    const report = await health.ready()
    response.status(report.status === 'up' ? 200 : 503).json(report)
  })
  router.get('/metrics', async (_request, response) => {
    const text = await metrics.registry.metrics()
    response.setHeader('content-type', metrics.registry.contentType)
    response.end(text)
  })
  router.get('/openapi.json', (request, response) => {
    response.setHeader('etag', etag)
    response.setHeader('cache-control', 'no-cache')
    if (request.get('if-none-match') === etag) response.status(304).end()
    else response.type('application/json').end(document)
  })
  return router
}
