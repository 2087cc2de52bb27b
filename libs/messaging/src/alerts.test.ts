import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { messagingMetrics } from './metrics.ts'

const root = new URL('../../../', import.meta.url)

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly annotations: { readonly summary: string; readonly runbook: string }
}

const rules = (
  parse(readFileSync(new URL('deploy/alerts/messaging.yaml', root), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[]
  }
).groups.flatMap((group) => group.rules)

describe('the alerting rules of messaging', () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for metrics that exist', async (_alert, { expr }) => {
    const registry = new Registry()
    messagingMetrics(registry)
    const known = (await registry.getMetricsAsJSON()).map(({ name }) => name)
    const asked = expr.match(/dr_[a-z_]+/g) ?? []
    expect(asked).not.toEqual([])
    for (const name of asked) expect(known).toContain(name)
  })

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s has its runbook', (alert, { annotations }) => {
    const page = new URL(annotations.runbook, root)
    expect(existsSync(page)).toBe(true)
    expect(readFileSync(page, 'utf8')).toMatch(new RegExp(`^# ${alert}`))
  })

  it('leaves no runbook without an alarm, here or of another subject', () => {
    const folder = new URL('deploy/alerts/', root)
    const named = readdirSync(folder).flatMap(
      (name) => readFileSync(new URL(name, folder), 'utf8').match(/docs\/runbooks\/[a-z-]+\.md/g) ?? [],
    )
    const pages = readdirSync(new URL('docs/runbooks/', root)).filter((name) => name !== 'README.md')
    expect(pages.sort()).toEqual([...new Set(named)].map((page) => page.split('/').at(-1)).sort())
  })
})
