// Writes .env.example to standard output with fresh keys in place of `<jwk …>`, `<hex>` and the like; other words in angle brackets stay.
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

const template = readFileSync(new URL('.env.example', import.meta.url), 'utf8')
const regions = /^DR_REGIONS=(.*)$/m.exec(template)?.[1]?.split(',') ?? []
const keys = new Map()

/** A named Ed25519 key, the same one whenever the name is asked for again. */
function key(name) {
  if (!keys.has(name)) keys.set(name, generateKeyPairSync('ed25519').privateKey)
  return keys.get(name)
}
const jwk = (name) => ({ ...key(name).export({ format: 'jwk' }), kid: name })
const publicJwk = (name) => ({ ...createPublicKey(key(name)).export({ format: 'jwk' }), kid: name, alg: 'EdDSA', use: 'sig' })
const hex = (base64url) => Buffer.from(base64url, 'base64url').toString('hex')

function valueOf(wanted) {
  const [kind, name = ''] = wanted.split(' ')
  if (kind === 'jwk') return JSON.stringify(jwk(name))
  if (wanted === 'public jwks')
    return JSON.stringify({ keys: [...keys.keys()].filter((each) => each.startsWith('service-')).map(publicJwk) })
  if (wanted === 'public hex snapshot') return hex(jwk('snapshot').x)
  if (wanted === 'hex snapshot') return hex(jwk('snapshot').d)
  if (wanted === 'hex per region')
    return JSON.stringify(Object.fromEntries(regions.map((region) => [region, randomBytes(32).toString('hex')])))
  if (wanted === 'hex') return randomBytes(32).toString('hex')
  if (wanted === 'uuid') return `K${randomBytes(16).toString('base64url').slice(1)}`
  return undefined
}

/** In an .env file single quotes keep a value as it is: JSON has none. */
const quoted = (value) => (/^[\w-]+$/.test(value) ? value : `'${value}'`)

const filled = template.replaceAll(/^(\w+)=<(.*)>$/gm, (line, variable, wanted) => {
  const value = valueOf(wanted)
  return value === undefined ? line : `${variable}=${quoted(value)}`
})
process.stdout.write(filled)
