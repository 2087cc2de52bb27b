import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { ed25519Key } from '@dual-random/beacon'
import { fromHex } from '@dual-random/kernel'
import { keysFileText } from '@dual-random/witness'
import { keysFile } from '@dual-random/witness/testing'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from './support/root.ts'

type Environment = Readonly<Record<string, string | undefined>>
type ReadConfig = (env: Environment) => Readonly<Record<string, unknown>>

const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string | number>> }>>
}

/** What the operator writes in place of the words in angle brackets. */
const filledIn = {
  DR_PUBLIC_ORIGIN: 'https://scj.example',
  DR_OIDC_ISSUER: 'https://id.example',
  DR_OIDC_JWKS_URL: 'https://id.example/jwks.json',
  DR_PUBLICITY_URL: 'https://gsxt.example/api',
  DR_SUPERIOR_WRAP_KEYS: JSON.stringify({ 230300: { keyId: 'wrap-230000-scj', publicKey: 'ab'.repeat(32) } }),
}

const made: Environment = {
  ...parseEnv(execFileSync(process.execPath, [join(root, 'deploy/docker/make-env.mjs')], { encoding: 'utf8' })),
  ...filledIn,
}

/** As compose fills variables in. */
const filled = (text: string): string =>
  text.replaceAll(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_match, name: string, byDefault?: string) => made[name] ?? byDefault ?? '')

const environmentOf = (name: string): Environment =>
  Object.fromEntries(Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]) => [key, filled(String(value))]))

/** A service's config module offers one function: environment in, configuration out. */
async function readerOf(name: string): Promise<ReadConfig> {
  const module = (await import(join(root, 'services', name, 'src/config.ts'))) as Readonly<Record<string, unknown>>
  const [read, ...others] = Object.values(module).filter((value) => typeof value === 'function')
  if (read === undefined || others.length > 0) throw new Error(`services/${name}/src/config.ts offers not just one function`)
  return read as ReadConfig
}

const services = readdirSync(join(root, 'services')).filter((name) => existsSync(join(root, 'services', name, 'src/config.ts')))

describe('the environment that docker-compose.yml gives', () => {
  it.each(services)('is a whole configuration of %s, and without its own key none', async (name) => {
    const read = await readerOf(name)
    const environment = environmentOf(name)
    expect(read(environment)).toMatchObject({ DR_ENV: 'production', DR_HOST: '127.0.0.1', DR_DATABASE: `dual-random-${name}` })
    expect(() => read({ ...environment, DR_SERVICE_KEY: undefined })).toThrow(/DR_SERVICE_KEY/)
  })

  it('is a whole configuration of a witness, with the key that make-env made and the keys files that name it', async () => {
    const { readWitnessConfig } = (await import(join(root, 'apps/witness/src/config.ts'))) as { readonly readWitnessConfig: ReadConfig }
    const folder = mkdtempSync(join(tmpdir(), 'compose-witness-'))
    const { publicKey } = ed25519Key(fromHex(made['DR_WITNESS_KEY'] ?? '') ?? new Uint8Array(32))
    const witnesses = keysFile.witnesses.map((one, index) => (index === 0 ? { ...one, publicKey } : one))
    writeFileSync(join(folder, `keys-${keysFile.regionCode}.json`), keysFileText({ ...keysFile, witnesses }))
    const keepers = JSON.stringify({ [keysFile.regionCode]: ['https://scj.example/api/drawing'] })
    const environment = {
      ...environmentOf('witness'),
      DR_WITNESS_ID: witnesses[0]?.witnessId ?? '',
      DR_WITNESS_KEYS: folder,
      DR_WITNESS_KEEPERS: keepers,
    }
    const { PORT, DR_GRPC_PORT, DR_HOST, DR_ENV, DR_WITNESS_DATA, regions } = readWitnessConfig(environment)
    expect([PORT, DR_GRPC_PORT, DR_HOST, DR_ENV, DR_WITNESS_DATA]).toEqual([8090, 9090, '127.0.0.1', 'production', '/witness/data'])
    expect(regions).toHaveLength(1)
    expect(() => readWitnessConfig({ ...environment, DR_WITNESS_ID: undefined })).toThrow(/DR_WITNESS_ID/)
    expect(() => readWitnessConfig({ ...environment, DR_WITNESS_KEEPERS: '{"110102":["https://a.example"]}' })).toThrow(/110102/)
    rmSync(folder, { recursive: true })
  })

  it('gives the witness a folder of its own that outlives the container, and the edge a way to it', () => {
    const { witness, edge, cell } = compose.services as Readonly<
      Record<string, { readonly volumes?: readonly string[]; readonly command?: unknown }>
    >
    expect(witness?.volumes).toContain('witness-data:/witness/data')
    expect(witness?.command).toEqual(['node', 'apps/cli/bin/dual-random.mjs', 'witness'])
    expect(edge?.volumes).toContain('./deploy/docker/Caddyfile:/etc/caddy/Caddyfile:ro')
    expect(cell).toBeDefined()
    const caddyfile = readFileSync(join(root, 'deploy/docker/Caddyfile'), 'utf8')
    const { PORT, DR_GRPC_PORT } = environmentOf('witness')
    for (const upstream of [`h2c://127.0.0.1:${DR_GRPC_PORT}`, `127.0.0.1:${PORT}`, `127.0.0.1:${environmentOf('gateway')['PORT']}`])
      expect(caddyfile).toContain(`reverse_proxy ${upstream}\n`)
  })
})
