import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { kafkaVersion } from './kafka-install.ts'

interface ComposeService {
  readonly image?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string | number>>
  readonly network_mode?: string
  readonly ports?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test?: readonly string[] }
}

function checkout(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : checkout(dirname(folder))
}

const root = checkout(import.meta.dirname)
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
const compose = parse(text, { merge: true }) as { readonly services: Readonly<Record<string, ComposeService>> }
const ours = readdirSync(join(root, 'services')).sort()
const mainOf = (name: string): string => `services/${name}/dist/src/main.js`

/** Variables as compose fills them in: `${NAME}`, `${NAME:-default}`, `${NAME:?hint}`. */
const variables = [...text.replaceAll(/^\s*#.*$/gm, '').matchAll(/\$\{(\w+)(?::(-|\?))?/g)].map(([, name = '', kind = '']) => ({
  name,
  kind,
}))
const named = (kinds: readonly string[]): string[] =>
  [...new Set(variables.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name))].sort()

const example = readFileSync(join(root, 'deploy/docker/.env.example'), 'utf8')
const exampleNames = [...example.matchAll(/^(\w+)=/gm)].map(([, name = '']) => name).sort()

describe('docker-compose.yml', () => {
  it('runs every service, and nothing else as one', () => {
    const run = Object.entries(compose.services).filter(([, { command }]) => command?.some((word) => word.includes('/dist/src/main.js')))
    expect(run.map(([name]) => name).sort()).toEqual(ours)
    for (const [name, { command }] of run) expect(command, name).toEqual(['node', mainOf(name)])
  })

  it.each(ours)('gives %s ports, a database and a key of its own, and waits until it is ready', (name) => {
    const service = compose.services[name]
    const environment = service?.environment ?? {}
    expect(environment['DR_DATABASE']).toBe(`dual-random-${name}`)
    expect(environment['DR_SERVICE_KEY']).toContain(`DR_${name.toUpperCase()}_SERVICE_KEY`)
    for (const [other, { environment: of = {} }] of Object.entries(compose.services)) {
      if (other === name || of['PORT'] === undefined) continue
      expect([of['PORT'], of['DR_GRPC_PORT']], other).not.toContain(environment['PORT'])
      expect([of['PORT'], of['DR_GRPC_PORT']], other).not.toContain(environment['DR_GRPC_PORT'])
    }
    expect(service?.healthcheck?.test?.join(' ')).toContain('/readyz')
    expect(service?.depends_on).toMatchObject({
      topics: { condition: 'service_completed_successfully' },
      'mongo-init': { condition: 'service_completed_successfully' },
    })
  })

  it('names each peer by the port it has', () => {
    for (const { environment = {} } of Object.values(compose.services)) {
      for (const [variable, value] of Object.entries(environment)) {
        const [, peer, kind] = /^DR_([A-Z]+)_(GRPC|HTTP)$/.exec(variable) ?? []
        if (peer === undefined) continue
        const { PORT, DR_GRPC_PORT } = compose.services[peer.toLowerCase()]?.environment ?? {}
        expect(value, variable).toBe(kind === 'GRPC' ? `127.0.0.1:${DR_GRPC_PORT}` : `http://127.0.0.1:${PORT}`)
      }
    }
  })

  it('keeps gRPC on loopback: one network for all services, no service listens elsewhere, only the cell is published', () => {
    for (const name of ours) {
      expect(compose.services[name]?.network_mode, name).toBe('service:cell')
      expect(compose.services[name]?.environment, name).not.toHaveProperty('DR_HOST')
    }
    expect(Object.entries(compose.services).flatMap(([name, { ports }]) => (ports === undefined ? [] : [name]))).toEqual(['cell'])
  })

  it('applies the topic list before any service starts, with a program that is there', () => {
    const [node, program = '', ...words] = compose.services['topics']?.command ?? []
    expect([node, ...words]).toEqual(['node', 'topics', 'apply'])
    expect(existsSync(join(root, program))).toBe(true)
  })

  it('starts the broker that the local stack starts', () => {
    expect(compose.services['kafka']?.image).toBe(`apache/kafka:${kafkaVersion()}`)
  })
})

describe('deploy/docker/.env.example', () => {
  it('has every variable without a default, and none that nobody reads', () => {
    expect(named(['?', '']).filter((name) => !exampleNames.includes(name))).toEqual([])
    expect(exampleNames.filter((name) => !named(['?', '-', '']).includes(name))).toEqual([])
  })

  it('holds no secret', () => {
    const keys = [...example.matchAll(/^(\w+_(?:KEY|KEYS|JWKS))=(.*)$/gm)].map(([, name = '', value = '']) => ({ name, value }))
    expect(keys.length).toBeGreaterThan(ours.length)
    for (const { name, value } of keys) expect(value, name).toMatch(/^<[a-z -]+>$/)
  })

  it('is filled with fresh keys that fit each other', () => {
    const made = () => parseEnv(execFileSync(process.execPath, [join(root, 'deploy/docker/make-env.mjs')], { encoding: 'utf8' }))
    const first = made()
    expect(first['DR_ID_KEY']).toMatch(/^[0-9a-f]{64}$/)
    expect(made()['DR_ID_KEY']).not.toBe(first['DR_ID_KEY'])

    const { keys } = JSON.parse(first['DR_SERVICE_JWKS'] ?? '') as { readonly keys: readonly { kid: string; x: string; d?: string }[] }
    expect(keys.map(({ kid }) => kid).sort()).toEqual(ours.map((name) => `service-${name}`))
    for (const { kid, x, d } of keys) {
      const own = JSON.parse(first[`DR_${kid.slice('service-'.length).toUpperCase()}_SERVICE_KEY`] ?? '') as { x: string }
      expect(own.x, kid).toBe(x)
      expect(d, kid).toBeUndefined()
    }
    expect(Object.keys(JSON.parse(first['DR_LOG_KEYS'] ?? '') as object)).toEqual(first['DR_REGIONS']?.split(','))
  })
})
