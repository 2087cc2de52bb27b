import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
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
})
