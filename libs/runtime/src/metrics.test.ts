import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

describe('createMetrics', () => {
  it('offers process metrics and the request histograms under the service’s label', async () => {
    const metrics = createMetrics('registry')
    metrics.httpRequests.observe({ method: 'GET', route: '/v1/units', status: '200' }, 0.02)
    const text = await metrics.registry.metrics()
    expect(text).toContain('process_resident_memory_bytes{service="registry"}')
    expect(text).toMatch(
      /http_request_duration_seconds_bucket\{le="0.025",service="registry",method="GET",route="\/v1\/units",status="200"\} 1/,
    )
    expect(text).toMatch(
      /http_request_duration_seconds_bucket\{le="0.01",service="registry",method="GET",route="\/v1\/units",status="200"\} 0/,
    )
  })

  it('lets several services share a process', async () => {
    const [first, second] = [createMetrics('registry'), createMetrics('planning')]
    first.sweeps.inc({ sweep: 'due', outcome: 'done' })
    expect(await first.registry.getSingleMetricAsString('sweep_runs_total')).toContain('service="registry"')
    expect(await second.registry.getSingleMetricAsString('sweep_runs_total')).not.toContain('outcome="done"')
  })
})
