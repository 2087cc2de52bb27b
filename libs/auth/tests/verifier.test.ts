import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AppError, toAppError } from '@dual-random/errors'
import { type TokenFlaws, type TokenIssuer, type TokenSubject, tokenIssuer } from '@dual-random/testkit'
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServiceTokens } from '../src/service-tokens.ts'
import { createVerifier, type Verifier } from '../src/verifier.ts'

const zhang: TokenSubject = { subject: 'zhang', unitId: 'jixi-scjg', regionCode: '230300', roles: ['PLANNER', 'DISPATCHER'] }

let issuer: TokenIssuer
let verifier: Verifier

beforeAll(async () => {
  issuer = await tokenIssuer()
  verifier = createVerifier({ jwksUrl: issuer.jwksUrl, issuer: issuer.issuer })
})
afterAll(() => issuer.close())

const refusalOf = (token: Promise<string> | string, by: Verifier = verifier): Promise<AppError> =>
  Promise.resolve(token)
    .then((text) => by.verify(text))
    .then(
      (principal) => Promise.reject(new Error(`accepted ${JSON.stringify(principal)}`)),
      (thrown: unknown) => toAppError(thrown),
    )

/** A token signed with a service's key, whatever it claims. */
async function signedBy(service: string, claims: Record<string, unknown>, kid = `service-${service}`): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ iat: now, exp: now + 60, aud: 'dual-random', ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .sign(await importJWK(await issuer.serviceKey(service), 'EdDSA'))
}

describe('createVerifier', () => {
  it('SEC-02 reads who calls, for which unit and region, with which roles', async () => {
    const token = await issuer.token(zhang)
    expect(await verifier.verify(token)).toEqual({ ...zhang, token })
  })

  it.each<[string, TokenFlaws]>([
    ['another audience', { audience: 'another' }],
    ['another issuer', { issuer: 'http://elsewhere' }],
    ['an issuer that is a service', { issuer: 'service-registry' }],
    ['a life that ended beyond the tolerance of 5 s', { expiresIn: -7 }],
    ['a key nobody lists', { kid: 'gateway-9' }],
  ])('SEC-02 refuses a token with %s', async (_what, flaws) => {
    expect(await refusalOf(issuer.token(zhang, flaws))).toMatchObject({ kind: 'unauthenticated', code: 'token-invalid' })
  })

  it('accepts a token that ended within the tolerance', async () => {
    await expect(verifier.verify(await issuer.token(zhang, { expiresIn: -2 }))).resolves.toMatchObject({ subject: 'zhang' })
  })

  it.each<[string, Partial<TokenSubject>]>([
    ['no region', { regionCode: '' }],
    ['the whole country as region', { regionCode: '000000' }],
    ['a unit that is no id', { unitId: 'a/b' }],
    ['a service’s name as unit', { unitId: 'service-registry' }],
    ['a service’s name as subject', { subject: 'service-registry' }],
  ])('SEC-02 refuses a token with %s', async (_what, change) => {
    expect(await refusalOf(issuer.token({ ...zhang, ...change }))).toMatchObject({ code: 'token-invalid' })
  })

  it('refuses what is no token, a cut one, and an unsigned one', async () => {
    const token = await issuer.token(zhang)
    const [, payload] = token.split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    expect(await refusalOf('')).toMatchObject({ code: 'token-missing' })
    for (const text of ['x', token.slice(0, -4), unsigned]) expect(await refusalOf(text)).toMatchObject({ code: 'token-invalid' })
  })

  it('refuses any algorithm but EdDSA, even with a key that is listed for it', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const listed = { keys: [{ ...(await exportJWK(publicKey)), kid: 'gateway-1', alg: 'ES256' }] }
    const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(listed)))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const token = new SignJWT({ unitId: zhang.unitId, regionCode: zhang.regionCode, roles: [...zhang.roles] })
      .setProtectedHeader({ alg: 'ES256', kid: 'gateway-1' })
      .setSubject('zhang')
      .setIssuer('gateway')
      .setAudience('dual-random')
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey)
    expect(await refusalOf(token, createVerifier({ jwksUrl, issuer: 'gateway' }))).toMatchObject({ code: 'token-invalid' })
    server.closeAllConnections()
    server.close()
  })

  it('SEC-03 refuses a token that joins draw and audit', async () => {
    expect(await refusalOf(issuer.token({ ...zhang, roles: ['DRAW_ORGANISER', 'AUDITOR'] }))).toMatchObject({
      kind: 'forbidden',
      code: 'roles-incompatible',
    })
  })

  it('drops roles of a newer build and keeps the rest', async () => {
    const token = await issuer.token({ ...zhang, roles: ['PLANNER', 'ASTRONAUT'] })
    expect((await verifier.verify(token)).roles).toEqual(['PLANNER'])
  })

  it('fetches the keys once for many tokens, and again for a new key after the cooldown', async () => {
    const own = await tokenIssuer()
    const eager = createVerifier({ jwksUrl: own.jwksUrl, issuer: own.issuer, cooldownMs: 0 })
    const patient = createVerifier({ jwksUrl: own.jwksUrl, issuer: own.issuer })
    await eager.verify(await own.token(zhang))
    await eager.verify(await own.token(zhang))
    await patient.verify(await own.token(zhang))
    expect(own.fetches()).toBe(2)
    const late = createServiceTokens({ service: 'newcomer', key: await own.serviceKey('newcomer') })
    await expect(eager.verify(await late.token())).resolves.toMatchObject({ subject: 'service-newcomer' })
    expect(await refusalOf(late.token(), patient)).toMatchObject({ code: 'token-invalid' })
    expect(own.fetches()).toBe(3)
    await own.close()
  })

  it('says unavailable, not unauthenticated, while the keys cannot be had', async () => {
    const gone = await tokenIssuer()
    const token = await gone.token(zhang)
    await gone.close()
    const lonely = createVerifier({ jwksUrl: gone.jwksUrl, issuer: gone.issuer })
    expect(await refusalOf(token, lonely)).toMatchObject({ kind: 'unavailable', code: 'service-unavailable', meta: { service: 'gateway' } })
  })
})

describe('service principals', () => {
  it('SEC-03 come from the service’s own key and hold the role SERVICE alone', async () => {
    const token = await createServiceTokens({ service: 'planning', key: await issuer.serviceKey('planning') }).token()
    expect(await verifier.verify(token)).toEqual({
      subject: 'service-planning',
      unitId: 'service-planning',
      regionCode: '000000',
      roles: ['SERVICE'],
      token,
    })
  })

  it('SEC-03 refuses a gateway token that claims SERVICE', async () => {
    for (const roles of [['SERVICE'], ['PLANNER', 'SERVICE']]) {
      expect(await refusalOf(issuer.token({ ...zhang, roles }))).toMatchObject({ code: 'token-invalid' })
    }
    const posing = issuer.token({ ...zhang, subject: 'service-planning', roles: ['SERVICE'] }, { issuer: 'service-planning' })
    expect(await refusalOf(posing)).toMatchObject({ code: 'token-invalid' })
  })

  it.each<[string, Record<string, unknown>]>([
    ['another service', { sub: 'service-registry', iss: 'service-registry', roles: ['SERVICE'] }],
    ['another service in its own name', { sub: 'service-registry', iss: 'service-planning', roles: ['SERVICE'] }],
    ['a person', { sub: 'zhang', iss: 'service-planning', unitId: 'jixi-scjg', regionCode: '230300', roles: ['PLANNER'] }],
    ['another role beside its own', { sub: 'service-planning', iss: 'service-planning', roles: ['SERVICE', 'AUDITOR'] }],
    ['another role', { sub: 'service-planning', iss: 'service-planning', roles: ['AUDITOR'] }],
    ['no role', { sub: 'service-planning', iss: 'service-planning', roles: [] }],
    ['the gateway’s issuer', { sub: 'service-planning', iss: 'gateway', roles: ['SERVICE'] }],
  ])('SEC-03 refuses a service key that signs for %s', async (_what, claims) => {
    expect(await refusalOf(signedBy('planning', claims))).toMatchObject({ code: 'token-invalid' })
  })

  it('SEC-03 refuses a service key under the gateway’s kid', async () => {
    const now = Math.floor(Date.now() / 1000)
    const forged = signedBy('planning', { ...zhang, sub: 'zhang', iss: issuer.issuer, iat: now }, 'gateway-1')
    expect(await refusalOf(forged)).toMatchObject({ code: 'token-invalid' })
  })

  it('reuse a token until its last minute', async () => {
    const tokens = createServiceTokens({ service: 'planning', key: await issuer.serviceKey('planning') })
    expect(await tokens.token()).toBe(await tokens.token())
  })

  it('says at its first use that a key is unusable', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true })
    const tokens = createServiceTokens({ service: 'planning', key: await exportJWK(publicKey) })
    await expect(tokens.token()).rejects.toThrow('"alg"')
  })
})
