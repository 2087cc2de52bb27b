import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Pulse, signPulse, singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { ConfigError, createLogger } from '@dual-random/runtime'
import { Registry } from 'prom-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { beaconMetrics } from './beacon-metrics.ts'
import { openBeacons } from './beacons.ts'

// The first pairing of a process takes seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

const secret = demoKeys('alarms').beaconSecret('one')
const chain = singleKeyChain(secret, { source: 'region/230400', kind: 'region', genesisTime: 0, periodSeconds: 30, beaconId: 'one' })
const logger = createLogger({ service: 'drawing', level: 'silent' })

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

/** A relay that serves one pulse whatever it is asked for; without one it is down. */
async function relayOf(pulse: () => Pulse | undefined): Promise<string> {
  const server = createServer((_request, response) => {
    const given = pulse()
    response.writeHead(given === undefined ? 503 : 200).end(JSON.stringify(given))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  closings.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => {
      server.close(() => resolve())
    })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function opened(relays: readonly string[]) {
  const registry = new Registry()
  const [source] = openBeacons([{ chain, relays }], 'production', { metrics: beaconMetrics(registry), logger })
  if (source === undefined) throw new Error('no beacon')
  const valueOf = async (name: string, labels: Readonly<Record<string, string>>): Promise<number | undefined> => {
    const { values } = (await registry.getSingleMetric(name)?.get()) ?? { values: [] }
    return values.find((each) => Object.entries(labels).every(([label, value]) => each.labels[label] === value))?.value
  }
  return { source, valueOf }
}

const answers = 'dr_beacon_relay_answers_total'
const since = 'dr_beacon_unavailable_since_timestamp_seconds'

describe('the figures of the beacons', () => {
  const pulse = signPulse(secret, 7)
  const forged = { ...signPulse(secret, 8), round: 7 }

  it('DRW-32 say which relay served what the beacon did not sign, while another served the round', async () => {
    const [bad, good] = [await relayOf(() => forged), await relayOf(() => pulse)]
    const { source, valueOf } = opened([bad, good])
    expect(await source.pulse(7)).toEqual({ ok: true, value: pulse })
    expect(await valueOf(answers, { relay: new URL(bad).host, outcome: 'bad-pulse', source: 'region/230400' })).toBe(1)
    expect(await valueOf(answers, { relay: new URL(good).host, outcome: 'valid' })).toBe(1)
    expect(await valueOf(since, { source: 'region/230400' })).toBe(0)
  })

  it('say since when a beacon has been away, until it is back', async () => {
    let served: Pulse | undefined
    const { source, valueOf } = opened([await relayOf(() => served), await relayOf(() => served)])
    expect(await valueOf(since, {})).toBe(0)
    expect((await source.pulse(7)).ok).toBe(false)
    const first = await valueOf(since, {})
    expect(first).toBeGreaterThan(1_700_000_000)
    await source.probe(7)
    expect(await valueOf(since, {})).toBe(first)
    expect(await valueOf(answers, { outcome: 'failed' })).toBe(2)
    served = pulse
    await source.probe(7)
    expect(await valueOf(since, {})).toBe(0)
  })

  it('DRW-32 are of no beacon of the organiser’s own in production', () => {
    const self = { ...chain, source: 'self/x', kind: 'self' as const }
    const observers = { metrics: beaconMetrics(new Registry()), logger }
    expect(() => openBeacons([{ chain: self, relays: ['http://127.0.0.1:1'] }], 'production', observers)).toThrow(ConfigError)
  })
})

describe('the alerting rules of the beacons', () => {
  interface Rule {
    readonly alert: string
    readonly expr: string
    readonly annotations: { readonly summary: string; readonly runbook: string }
  }
  const root = new URL('../../../../', import.meta.url)
  const { groups } = parse(readFileSync(new URL('deploy/alerts/beacons.yaml', root), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[]
  }
  const rules = groups.flatMap((group) => group.rules)

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for metrics that exist, and has its runbook', async (alert, rule) => {
    const registry = new Registry()
    beaconMetrics(registry)
    const known = (await registry.getMetricsAsJSON()).map(({ name }) => name)
    const asked = rule.expr.match(/dr_[a-z_]+/g) ?? []
    expect(asked).not.toEqual([])
    for (const name of asked) expect(known).toContain(name)
    const outcomes = ['valid', 'absent', 'failed', 'bad-pulse']
    for (const [, named = ''] of rule.expr.matchAll(/outcome[!=~]+"([^"]+)"/g))
      for (const one of named.split('|')) expect(outcomes).toContain(one)
    const page = new URL(rule.annotations.runbook, root)
    expect(existsSync(page)).toBe(true)
    expect(readFileSync(page, 'utf8')).toMatch(new RegExp(`^# ${alert}`))
    expect(readFileSync(new URL('docs/runbooks/README.md', root), 'utf8')).toContain(`| ${alert} | [`)
  })

  it('cover every page on beacons', () => {
    const pages = readdirSync(new URL('docs/runbooks/', root)).filter((name) => name.startsWith('beacon-'))
    expect(pages.sort()).toEqual(rules.map(({ annotations }) => annotations.runbook.split('/').at(-1)).sort())
  })
})
