import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { baseConfig } from './base-config.ts'
import { ConfigError, readConfig } from './config.ts'

const key = { kty: 'OKP', crv: 'Ed25519', x: 'public-part', d: 'very-private-part' }

const complete: NodeJS.ProcessEnv = {
  KAFKA_BROKERS: 'a:9092,b:9092',
  MONGODB_URI: 'mongodb://store:27017',
  DR_DATABASE: 'registry',
  DR_JWKS_URL: 'http://gateway/jwks.json',
  DR_TOKEN_ISSUER: 'http://gateway',
  DR_SERVICE_KEY: JSON.stringify(key),
}

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(baseConfig, env)
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems
    throw thrown
  }
  return []
}

describe('readConfig', () => {
  it('reads a complete environment, with defaults that a production service can start with', () => {
    expect(readConfig(baseConfig, complete)).toEqual({
      DR_ENV: 'production',
      DR_HOST: '127.0.0.1',
      PORT: 8080,
      DR_GRPC_PORT: 9090,
      LOG_LEVEL: 'info',
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      MONGODB_URI: 'mongodb://store:27017',
      DR_DATABASE: 'registry',
      DR_TOPIC_PREFIX: '',
      DR_JWKS_URL: 'http://gateway/jwks.json',
      DR_TOKEN_ISSUER: 'http://gateway',
      DR_SERVICE_KEY: key,
    })
  })

  it('lists every problem at once, each by its variable', () => {
    const problems = problemsOf({ ...complete, PORT: '65536', DR_ENV: 'staging', KAFKA_BROKERS: 'nowhere', MONGODB_URI: undefined })
    expect(problems.map((problem) => problem.slice(0, problem.indexOf(':'))).sort()).toEqual([
      'DR_ENV',
      'KAFKA_BROKERS',
      'MONGODB_URI',
      'PORT',
    ])
    expect(problems).toContain('MONGODB_URI: 缺少 (missing)')
  })

  it.each(['0', '65535'])('accepts port %s', (port) => {
    expect(problemsOf({ ...complete, PORT: port })).toEqual([])
  })

  it.each(['-1', '65536', '80.5', 'http'])('refuses port %s', (port) => {
    expect(problemsOf({ ...complete, PORT: port })).toHaveLength(1)
  })

  it('takes an empty variable for an absent one', () => {
    expect(problemsOf({ ...complete, DR_DATABASE: '' })).toEqual(['DR_DATABASE: 缺少 (missing)'])
    expect(readConfig(baseConfig, { ...complete, LOG_LEVEL: '' }).LOG_LEVEL).toBe('info')
  })

  it('never shows a secret in a problem', () => {
    const broken = problemsOf({ ...complete, DR_SERVICE_KEY: JSON.stringify({ ...key, crv: 'X25519' }) })
    expect(broken).toHaveLength(1)
    expect(broken.join()).not.toContain(key.d)
    expect(problemsOf({ ...complete, DR_SERVICE_KEY: `${key.d}{` }).join()).not.toContain(key.d)
  })

  it('is frozen', () => {
    expect(Object.isFrozen(readConfig({ A: z.string() }, { A: 'a' }))).toBe(true)
  })

  it('reads a service’s own variables beside the common ones', () => {
    expect(readConfig({ ...baseConfig, DR_REGION: z.string().regex(/^\d{6}$/) }, { ...complete, DR_REGION: '230300' }).DR_REGION).toBe(
      '230300',
    )
  })
})
