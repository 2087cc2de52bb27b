import { createServiceTokens, createVerifier } from '@dual-random/auth'
import { RegistryServiceClient, RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcClient, createGrpcServer, type GrpcServer, type Handlers, implement } from '@dual-random/grpc'
import type { LocalDate } from '@dual-random/kernel'
import { createHealth, createLogger, createMetrics } from '@dual-random/runtime'
import { type TokenIssuer, tokenIssuer } from '@dual-random/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PolicyReader, policyReader, requireValue } from '../src/index.ts'

const today = '2026-03-02' as LocalDate

const policyJson = JSON.stringify({
  id: { preset: 'test', version: 1 },
  lineage: [{ preset: 'test', version: 1 }],
  documents: [{ id: 'd', title: '文件', issuer: '机关', kind: 'local' }],
  values: {},
})

describe('policyReader', () => {
  let issuer: TokenIssuer
  let server: GrpcServer
  let asked: { readonly regionCode: string; readonly at: string; readonly caller: string }[]
  let answer: () => { readonly policyJson: string; readonly digest: string }
  let read: PolicyReader
  let close: () => void

  beforeAll(async () => {
    issuer = await tokenIssuer()
    const absent = { roles: [], handle: () => Promise.reject(new Error('not offered')) }
    const others = Object.fromEntries(Object.keys(RegistryServiceService).map((name) => [name, absent]))
    server = createGrpcServer({
      service: 'registry',
      port: 0,
      implementations: [
        implement(RegistryServiceService, {
          ...(others as unknown as Handlers<typeof RegistryServiceService>),
          getPolicy: {
            roles: ['SERVICE', 'PLANNER'],
            handle: async ({ regionCode, at }, { principal }) => {
              asked.push({ regionCode, at, caller: principal.subject })
              return { policy: { preset: 'test', version: '1' }, ...answer() }
            },
          },
        }),
      ],
      logger: createLogger({ service: 'registry', level: 'silent' }),
      metrics: createMetrics('registry'),
      verifier: createVerifier({ jwksUrl: issuer.jwksUrl, issuer: issuer.issuer }),
      health: createHealth(),
    })
    await server.start()
  })
  afterAll(async () => {
    await server?.close()
    await issuer?.close()
  })
  beforeEach(async () => {
    asked = []
    answer = () => ({ policyJson, digest: 'abc' })
    const client = createGrpcClient(RegistryServiceClient, { address: `127.0.0.1:${server.port}`, peer: 'registry' })
    close = () => client.close()
    read = policyReader(client, createServiceTokens({ service: 'joint', key: await issuer.serviceKey('joint') }))
    return () => close()
  })

  it('asks registry once for a region and date, by the service’s own right', async () => {
    const [first, second] = await Promise.all([read('230300', today), read('230300', today)])
    expect(first).toMatchObject({ digest: 'abc', policy: { id: { preset: 'test', version: 1 } } })
    expect(second).toBe(first)
    await read('230300', '2026-03-03' as LocalDate)
    await read('230400', today)
    expect(asked).toEqual([
      { regionCode: '230300', at: '2026-03-02', caller: 'service-joint' },
      { regionCode: '230300', at: '2026-03-03', caller: 'service-joint' },
      { regionCode: '230400', at: '2026-03-02', caller: 'service-joint' },
    ])
  })

  it('asks again for an answer older than a decision allows', async () => {
    await read('230300', today)
    await read('230300', today, { maxAgeMs: 60_000 })
    expect(asked).toHaveLength(1)
    answer = () => ({ policyJson, digest: 'newer' })
    expect(await read('230300', today, { maxAgeMs: 0 })).toMatchObject({ digest: 'newer' })
    expect(await read('230300', today)).toMatchObject({ digest: 'newer' })
    expect(asked).toHaveLength(2)
  })

  it('asks with a caller’s rights for this caller alone', async () => {
    const caller = {
      deadline: Date.now() + 5000,
      token: await issuer.token({ subject: 'li.si', unitId: '230300-scj', regionCode: '230300', roles: ['PLANNER'] }),
      traceId: '',
    }
    await read('230300', today)
    await read('230300', today, { caller })
    await read('230300', today, { caller })
    await read('230300', today)
    expect(asked.map((each) => each.caller)).toEqual(['service-joint', 'li.si', 'li.si'])
  })

  it('remembers no failure: registry down is asked again', async () => {
    answer = () => {
      throw appError('unavailable', 'store-unavailable', { retryAfterMs: 1000 })
    }
    await expect(read('230300', today)).rejects.toMatchObject({ kind: 'unavailable' })
    answer = () => ({ policyJson, digest: 'later' })
    expect(await read('230300', today)).toMatchObject({ digest: 'later' })
  })

  it('fails on a policy that does not read, and on what is no region', async () => {
    answer = () => ({ policyJson: '{}', digest: 'x' })
    await expect(read('230300', today)).rejects.toThrow('does not read')
    expect(() => read('2303', today)).toThrow(expect.objectContaining({ kind: 'not-found' }))
  })

  it('POL-04 stops on a key that is not set, and names it', async () => {
    const policy = await read('230300', today)
    expect(() => requireValue(policy, 'publish.due')).toThrow(
      expect.objectContaining({ code: 'policy-unset', meta: expect.objectContaining({ preset: 'test' }) }),
    )
  })
})
