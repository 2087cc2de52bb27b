import { existsSync, readFileSync } from 'node:fs'
import type { Instant } from '@dual-random/kernel'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { planMetrics } from './plan-metrics.ts'

const root = new URL('../../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

describe('the figure of published plans that are not on their channels', () => {
  const name = 'dr_published_plan_undelivered_since_timestamp_seconds'

  it('PLN-08 is since when the one that waits longest waits, and 0 while none does', async () => {
    const registry = new Registry()
    const metrics = planMetrics(registry)
    const value = async () => (await registry.getSingleMetric(name)?.get())?.values[0]?.value
    metrics.undelivered('2026-01-20T01:00:05.000Z' as Instant)
    expect(await value()).toBe(Date.UTC(2026, 0, 20, 1, 0, 5) / 1000)
    metrics.undelivered(undefined)
    expect(await value()).toBe(0)
  })

  it('is what its alarm goes by, and the alarm has its page', () => {
    const rules = read('deploy/alerts/published-plans.yaml')
    expect(new Set(rules.match(/\bdr_\w+/g))).toEqual(new Set([name]))
    const [alarm, page] = [/alert: (\w+)/.exec(rules)?.[1], /runbook: (\S+)/.exec(rules)?.[1] ?? '']
    expect(existsSync(new URL(page, root))).toBe(true)
    expect(read(page)).toMatch(new RegExp(`^# ${alarm}`))
    expect(read('docs/runbooks/README.md')).toContain(`| ${alarm} | [`)
  })
})
