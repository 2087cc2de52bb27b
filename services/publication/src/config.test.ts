import { ConfigError } from '@dual-random/runtime'
import { describe, expect, it } from 'vitest'
import { publicationConfig } from './config.ts'

const env = {
  KAFKA_BROKERS: 'localhost:9092',
  MONGODB_URI: 'mongodb://localhost',
  DR_DATABASE: 'publication',
  DR_JWKS_URL: 'http://localhost:8080/.well-known/jwks.json',
  DR_TOKEN_ISSUER: 'http://localhost:8080',
  DR_SERVICE_KEY: JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'eA', d: 'ZA' }),
  DR_REGISTRY_GRPC: 'registry:1',
  DR_PLANNING_GRPC: 'planning:1',
  DR_DRAWING_GRPC: 'drawing:1',
  DR_PUBLICITY_URL: 'https://gsxt.example/api',
}

/** The addresses, or what is wrong with the configuration. */
function channels(text: string): unknown {
  try {
    return Object.fromEntries(publicationConfig({ ...env, DR_CHANNEL_URLS: text }).DR_CHANNEL_URLS ?? [])
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the addresses of further channels', () => {
  it('PLN-08 are given by the channel’s code in policy', () => {
    expect(channels('enforcementPlatform=https://zj.example/a?b=c  departmentWebsite=http://scj.example')).toEqual({
      enforcementPlatform: 'https://zj.example/a?b=c',
      departmentWebsite: 'http://scj.example',
    })
  })

  it.each([
    ['enforcementPlatform', '应为“渠道=地址”'],
    ['enforcementPlatform=ftp://zj.example', '应为“渠道=地址”'],
    ['publicitySystem=https://gsxt.example', '公示系统的地址由 DR_PUBLICITY_URL 设定'],
    ['a=https://a.example a=https://b.example', '渠道重复'],
  ])('refuse %s', (text, problem) => {
    expect(channels(text)).toEqual([expect.stringContaining(problem)])
  })
})
