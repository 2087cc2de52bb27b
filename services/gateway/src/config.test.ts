import { ConfigError } from '@dual-random/runtime'
import { describe, expect, it } from 'vitest'
import { gatewayConfig } from './config.ts'

const key = { kty: 'OKP', crv: 'Ed25519', x: 'eA' }

const complete = {
  KAFKA_BROKERS: '127.0.0.1:9092',
  MONGODB_URI: 'mongodb://127.0.0.1:27017',
  DR_DATABASE: 'gateway',
  DR_JWKS_URL: 'http://127.0.0.1:8080/.well-known/jwks.json',
  DR_TOKEN_ISSUER: 'http://127.0.0.1:8080',
  DR_SERVICE_KEY: JSON.stringify({ ...key, d: 'ZA' }),
  DR_OIDC_ISSUER: 'https://login.example',
  DR_OIDC_JWKS_URL: 'https://login.example/keys',
  DR_SIGNING_KEY: JSON.stringify({ ...key, d: 'ZA' }),
  DR_SERVICE_JWKS: JSON.stringify({ keys: [{ ...key, kid: 'service-registry' }] }),
  DR_REGISTRY_GRPC: '127.0.0.1:9090',
  ...Object.fromEntries(
    ['REGISTRY', 'PLANNING', 'DRAWING', 'INSPECTION', 'PUBLICATION', 'JOINT', 'OVERSIGHT'].map((name) => [
      `DR_${name}_HTTP`,
      'http://127.0.0.1:8081',
    ]),
  ),
}

function problemsOf(changes: Readonly<Record<string, string>>): readonly string[] {
  try {
    gatewayConfig({ ...complete, ...changes })
    return []
  } catch (thrown) {
    return thrown instanceof ConfigError ? thrown.problems : [String(thrown)]
  }
}

describe('gatewayConfig', () => {
  it('takes a complete environment', () => {
    expect(problemsOf({})).toEqual([])
    expect(gatewayConfig(complete).DR_SIGNING_KEY.kid).toBe('gateway')
  })

  it('refuses to publish the private half of a service’s key', () => {
    const leaking = JSON.stringify({ keys: [{ ...key, kid: 'service-registry', d: 'secret' }] })
    expect(problemsOf({ DR_SERVICE_JWKS: leaking })).toEqual([expect.stringContaining('DR_SERVICE_JWKS.keys.0')])
    expect(problemsOf({ DR_SERVICE_JWKS: leaking }).join()).not.toContain('secret')
  })

  it('keeps the names of its own key and the services’ keys apart, which verifiers tell rights by', () => {
    expect(problemsOf({ DR_SIGNING_KEY: JSON.stringify({ ...key, d: 'ZA', kid: 'service-x' }) })).toHaveLength(1)
    expect(problemsOf({ DR_SERVICE_JWKS: JSON.stringify({ keys: [{ ...key, kid: 'gateway' }] }) })).toHaveLength(1)
  })

  it('takes services by plain HTTP only, which is what it speaks to them', () => {
    expect(problemsOf({ DR_JOINT_HTTP: 'https://joint.example' })).toHaveLength(1)
  })
})
