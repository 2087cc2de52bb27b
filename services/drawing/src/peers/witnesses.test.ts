import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { witnessAnswers } from './witnesses.ts'

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly annotations: { readonly summary: string; readonly runbook: string }
}

const root = new URL('../../../../', import.meta.url)
const { groups } = parse(readFileSync(new URL('deploy/alerts/witnesses.yaml', root), 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[]
}
const rules = groups.flatMap((group) => group.rules)

describe('the alerting rules of the witnesses', () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for metrics that exist, and has its runbook', async (alert, rule) => {
    const registry = new Registry()
    witnessAnswers(registry)
    const ofWitness = readFileSync(new URL('apps/witness/src/service.ts', root), 'utf8').match(/dr_[a-z_]+/g) ?? []
    const known = [...(await registry.getMetricsAsJSON()).map(({ name }) => name), ...ofWitness]
    const asked = rule.expr.match(/dr_[a-z_]+/g) ?? []
    expect(asked).not.toEqual([])
    for (const name of asked) expect(known).toContain(name)
    for (const [, outcome] of rule.expr.matchAll(/outcome="([^"]+)"/g)) expect(['answered', 'refused', 'failed']).toContain(outcome)
    const page = new URL(rule.annotations.runbook, root)
    expect(existsSync(page)).toBe(true)
    expect(readFileSync(page, 'utf8')).toMatch(new RegExp(`^# ${alert}`))
    expect(readFileSync(new URL('docs/runbooks/README.md', root), 'utf8')).toContain(`| ${alert} | [`)
  })

  it('cover every page on witnesses and their logs', () => {
    const pages = readdirSync(new URL('docs/runbooks/', root)).filter((name) => /^(?:witness|region-log)-/.test(name))
    expect(pages.sort()).toEqual(rules.map(({ annotations }) => annotations.runbook.split('/').at(-1)).sort())
  })
})
