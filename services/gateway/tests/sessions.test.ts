import { createVerifier, requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import { api } from '@dual-random/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gatewayHarness, type Harness } from './support/harness.ts'
import type { IdTokenFlaws } from './support/oidc-provider.ts'

const bureau = { unitId: '230300-scj', regionCode: '230300', roles: ['PLANNER', 'DRAW_ORGANISER'] }
const county = { unitId: '230302-scj', regionCode: '230302', roles: ['INSPECTOR'] }

interface Session {
  readonly token: string
  readonly expiresAt: string
}

interface Problem {
  readonly code: string
  readonly detail: string
}

let gateway: Harness

beforeAll(async () => {
  gateway = await gatewayHarness()
  gateway.registry.bind('zhang.san', bureau)
  gateway.registry.bind('li.si', bureau, county)
})
afterAll(() => gateway?.[Symbol.asyncDispose]())
beforeEach(() => {
  gateway.provider.answers = 'keys'
})

const signIn = async <T = Session>(subject: string, { unitId, ...flaws }: IdTokenFlaws & { readonly unitId?: string } = {}) => {
  const idToken = await gateway.provider.idToken(subject, flaws)
  return api(gateway.url).post<T>('/v1/sessions', { idToken, ...(unitId === undefined ? {} : { unitId }) })
}

const principalOf = (token: string) => createVerifier({ jwksUrl: gateway.jwksUrl, issuer: gateway.url }).verify(token)

describe('before the provider was ever reached', () => {
  it.each(['nothing', 'an error', 'no key set'] as const)('answers 503 with Retry-After while the provider gives %s', async (answers) => {
    gateway.provider.answers = answers
    const refused = await signIn<Problem>('zhang.san')
    expect(refused).toMatchObject({ status: 503, body: { code: 'identity-provider-unavailable' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('signing in', () => {
  it('SEC-01 exchanges an outside ID token for a platform token that every service accepts', async () => {
    const { status, body } = await signIn('zhang.san')
    expect(status).toBe(201)
    expect(body).toMatchObject({ subject: 'zhang.san', ...bureau })
    expect(await principalOf(body.token)).toMatchObject({ subject: 'zhang.san', ...bureau })
    const livesFor = Date.parse(body.expiresAt) - Date.now()
    expect(livesFor).toBeGreaterThan(60_000)
    expect(livesFor).toBeLessThanOrEqual(900_000)
  })

  it.each<readonly [string, IdTokenFlaws]>([
    ['for another client', { audience: 'other-client' }],
    ['of another issuer', { issuer: 'https://elsewhere.example' }],
    ['that has expired', { expiresIn: -60 }],
    ['signed by somebody else', { signedBy: 'somebody else' }],
    ['signed with what is public', { signedBy: 'shared secret' }],
  ])('SEC-01 refuses an ID token %s', async (_what, flaws) => {
    expect(await signIn<Problem>('zhang.san', flaws)).toMatchObject({ status: 401, body: { code: 'token-invalid' } })
  })

  it('SEC-01 refuses what is no token at all', async () => {
    expect(await api(gateway.url).post('/v1/sessions', { idToken: 'x' })).toMatchObject({ status: 401 })
    expect(await api(gateway.url).post('/v1/sessions', {})).toMatchObject({ status: 400 })
  })

  it('SEC-02 asks for a choice among several units, and bounds the session by the chosen one', async () => {
    const undecided = await signIn<Problem>('li.si')
    expect(undecided).toMatchObject({ status: 409, body: { code: 'unit-choice-required' } })
    expect(undecided.body.detail).toContain('230300-scj')
    expect(undecided.body.detail).toContain('230302-scj')

    const chosen = await signIn('li.si', { unitId: county.unitId })
    expect(chosen).toMatchObject({ status: 201, body: county })
    const principal = await principalOf(chosen.body.token)
    expect(principal.roles).toEqual(['INSPECTOR'])
    expect(() => requireRegion(principal, '230302' as RegionCode)).not.toThrow()
    expect(() => requireRegion(principal, '230300' as RegionCode)).toThrow(/region/)
  })

  it('SEC-02 refuses a unit the person is not bound to, and a person bound to none', async () => {
    expect(await signIn<Problem>('zhang.san', { unitId: county.unitId })).toMatchObject({ status: 403, body: { code: 'unit-not-bound' } })
    expect(await signIn<Problem>('wang.wu')).toMatchObject({ status: 403, body: { code: 'no-role-binding' } })
  })

  it('signs in on while the provider is away, as long as its keys are known', async () => {
    await signIn('zhang.san')
    gateway.provider.answers = 'nothing'
    expect(await signIn('zhang.san')).toMatchObject({ status: 201 })
  })
})

describe('the key set', () => {
  it('lists the gateway’s key and the services’ keys, public halves only', async () => {
    const { body } = await api(gateway.url).get<{ readonly keys: readonly Readonly<Record<string, unknown>>[] }>('/.well-known/jwks.json')
    expect(body.keys.map(({ kid }) => kid)).toEqual(['gateway-test', 'service-gateway', 'service-registry'])
    for (const key of body.keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  })
})

describe('registry away', () => {
  it('answers 503 with Retry-After', async () => {
    const away = await gatewayHarness()
    await away.registry.close()
    const idToken = await away.provider.idToken('zhang.san')
    const refused = await api(away.url).post<Problem>('/v1/sessions', { idToken })
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await away[Symbol.asyncDispose]()
  })
})
