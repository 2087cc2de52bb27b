import { canonicalJson, type LocalDate, type RegionCode } from '@dual-random/kernel'
import {
  canonicalPolicy,
  type PolicyBinding,
  type Preset,
  parseBinding,
  parsePreset,
  policyFromJson,
  resolvePolicy,
} from '@dual-random/policy'
import { eventually } from '@dual-random/testkit'
import { valueOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRegistryService } from '../src/index.ts'
import { creditCode, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, registryKeys, sha256Hex, startRegistry } from './harness.ts'

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry()
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
})
afterAll(() => registry.dispose())

const admin = () => registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })

async function policyOf(regionCode: string, at: string) {
  const { client, context } = await registry.grpc(['PLANNER'])
  return client.unary('getPolicy', { regionCode, at }, context())
}

describe('policies', () => {
  it('POL-02 POL-05 publishes each preset version once, also when started again', async () => {
    const published = () =>
      registry.events
        .filter(({ type }) => type === 'cn.dualrandom.registry.policy.published.v1')
        .map(({ payload }) => payload as { preset: string })
    await eventually(() => expect(published().map(({ preset }) => preset)).toContain('local/four-coal-cities'))
    const presets = await (await admin()).get<{ presets: { preset: string; versions: { version: number }[] }[] }>('/v1/policy-presets')
    expect(presets.body.presets.map(({ preset }) => preset)).toEqual(
      expect.arrayContaining(['heilongjiang', 'samr-2024', 'local/four-coal-cities']),
    )
    const count = presets.body.presets.reduce((sum, { versions }) => sum + versions.length, 0)
    await eventually(() => expect(published()).toHaveLength(count))
    const again = await createRegistryService({ ...registry.scope.env, ...registryKeys })
    await again.start()
    await again[Symbol.asyncDispose]()
    expect(published()).toHaveLength(count)
  })

  it.each(['samr-2023-draft', 'shaoxing-2019-draft'])(
    'POL-03 refuses to bind %s for production without a recorded approval',
    async (preset) => {
      const api = await admin()
      const regionCode = preset === 'samr-2023-draft' ? '231100' : '231200'
      const bind = (more: object) => api.post('/v1/policy-bindings', { regionCode, preset, from: '2026-01-01', ...more })
      expect(await bind({})).toMatchObject({ status: 409, body: { code: 'draft-not-approved' } })
      const draftApproval = { by: 'policy-admin', at: '2025-12-31T02:00:00.000Z', reason: '对照试验' }
      expect(await bind({ draftApproval })).toMatchObject({ status: 200, body: { version: 1 } })
      expect((await policyOf(regionCode, '2026-01-01')).policy?.preset).toBe(preset)
    },
  )

  it('POL-06 resolves a city by its superior’s binding until it has its own, and keeps history', async () => {
    await expect(policyOf('230300', '2026-01-01')).rejects.toMatchObject({ kind: 'failed-precondition', code: 'region-unbound' })
    const api = await admin()
    expect(await api.post('/v1/policy-bindings', { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01' })).toMatchObject({
      status: 200,
      body: { version: 1 },
    })
    expect((await policyOf('230300', '2026-01-01')).policy).toEqual({ preset: 'heilongjiang', version: '1' })
    const own = { regionCode: '230300', preset: 'local/four-coal-cities', from: '2026-01-01' }
    expect(await api.post('/v1/policy-bindings', own)).toMatchObject({ status: 200 })
    expect(await api.post('/v1/policy-bindings', own)).toMatchObject({ status: 200, body: { version: 1 } })
    expect((await policyOf('230300', '2025-12-31')).policy?.preset).toBe('heilongjiang')
    const { policy, policyJson, digest } = await policyOf('230300', '2026-01-01')
    expect(policy?.preset).toBe('local/four-coal-cities')
    expect(sha256Hex(policyJson)).toBe(digest)
    expect(policyFromJson(JSON.parse(policyJson))).toMatchObject({ ok: true })
    await eventually(() => expect(registry.events.filter(({ type }) => type === 'cn.dualrandom.registry.policy.bound.v1')).toHaveLength(4))
  })

  it('POL-05 POL-06 tells presets and bindings whole, so that whoever reads them comes to the policy in force', async () => {
    const api = await registry.as(['PLANNER'])
    const { body } = await api.get<{ presets: { versions: { file: unknown }[] }[] }>('/v1/policy-presets?files=true')
    const presets = body.presets.flatMap(({ versions }) => versions.map(({ file }) => valueOf<Preset>(parsePreset(file))))
    const bound = await api.get<{ bindings: { regionCode: string; to?: string }[] }>('/v1/policy-bindings')
    expect(bound.body.bindings).toMatchObject([
      { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01', version: 1 },
      { regionCode: '230300', preset: 'local/four-coal-cities', from: '2026-01-01', version: 1 },
    ])
    const bindings = bound.body.bindings.map((each) => valueOf<PolicyBinding>(parseBinding(each)))
    for (const at of ['2025-12-31', '2026-01-01'] as const) {
      const resolved = resolvePolicy(presets, bindings, '230300' as RegionCode, at as LocalDate)
      expect(sha256Hex(canonicalJson(canonicalPolicy(valueOf(resolved))))).toBe((await policyOf('230300', at)).digest)
    }
    expect(await api.get('/v1/policy-bindings?regionCode=231100')).toMatchObject({
      body: { bindings: [{ regionCode: '230000' }, { regionCode: '231100', draftApproval: { by: 'policy-admin' } }] },
    })
    const short = await api.get<{ presets: { versions: object[] }[] }>('/v1/policy-presets')
    expect(short.body.presets[0]?.versions[0]).not.toHaveProperty('file')
  })

  it('POL-06 refuses a binding that is not later, a preset that is not the superior’s, and one of another region', async () => {
    const api = await admin()
    expect(await api.post('/v1/policy-bindings', { regionCode: '230300', preset: 'heilongjiang', from: '2025-06-01' })).toMatchObject({
      status: 409,
      body: { code: 'binding-not-later' },
    })
    expect(await api.post('/v1/policy-bindings', { regionCode: '230400', preset: 'samr-2024', from: '2026-01-01' })).toMatchObject({
      status: 409,
      body: { code: 'preset-not-inherited' },
    })
    expect(await api.post('/v1/policy-bindings', { regionCode: '310000', preset: 'samr-2024', from: '2026-01-01' })).toMatchObject({
      status: 403,
    })
  })
})

describe('role bindings', () => {
  it('gives the first operator its role, and bindings only to services', async () => {
    const { client, context } = await registry.grpc(['OPERATOR'])
    await expect(client.unary('listRoleBindings', { subject: 'first' }, context())).rejects.toMatchObject({ kind: 'forbidden' })
    const service = await registry.serviceGrpc('gateway')
    const { bindings } = await service.client.unary('listRoleBindings', { subject: 'first' }, service.context())
    expect(bindings).toEqual([{ unitId: '230000-scj', regionCode: '230000', roles: ['OPERATOR'] }])
    expect((await service.client.unary('listRoleBindings', { subject: 'nobody' }, service.context())).bindings).toEqual([])
  })

  it('SEC-03 keeps draw and audit apart over all units of an account', async () => {
    const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
    const bind = (unitId: string, roles: readonly string[]) =>
      operator.post('/v1/role-bindings', { subject: 'wang', unitId, regionCode: '230300', roles })
    expect(await bind('230300-scj', ['DRAW_ORGANISER', 'PLANNER'])).toMatchObject({ status: 200 })
    expect(await bind('230300-xfj', ['AUDITOR'])).toMatchObject({ status: 409, body: { code: 'roles-incompatible' } })
    expect(await bind('230300-xfj', ['SERVICE'])).toMatchObject({ status: 400, body: { code: 'role-not-bindable' } })
    expect(await bind('230300-scj', [])).toMatchObject({ status: 200, body: { bindings: [] } })
    expect(await bind('230300-xfj', ['AUDITOR'])).toMatchObject({ status: 200 })
  })

  it('SEC-12 binds a login name to an object of checks by its code, as PARTY and nothing else, in the object’s region', async () => {
    const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
    const clerk = await registry.as(['REGISTRY_CLERK'])
    expect(await clerk.upload('/v1/objects/import', objectsCsv([objectRow(1)]), 'text/csv')).toMatchObject({ body: { rejected: 0 } })
    const bind = (unitId: string, roles: readonly string[], regionCode = '230302') =>
      operator.post<{ code?: string }>('/v1/role-bindings', { subject: 'boss', unitId, regionCode, roles })
    expect(await bind(creditCode(2), ['PARTY'])).toMatchObject({ status: 409, body: { code: 'party-unknown' } })
    expect(await bind(creditCode(1), ['PARTY'], '230304')).toMatchObject({ status: 409, body: { code: 'party-unknown' } })
    expect(await bind(creditCode(1), ['PARTY', 'PLANNER'])).toMatchObject({ status: 409, body: { code: 'party-alone' } })
    expect(await bind(creditCode(1), ['PLANNER'])).toMatchObject({ status: 409, body: { code: 'unit-unknown' } })
    expect(await bind('230300-scj', ['PARTY'], '230300')).toMatchObject({ status: 409, body: { code: 'party-alone' } })
    const bound = { unitId: creditCode(1), regionCode: '230302', roles: ['PARTY'] }
    expect(await bind(creditCode(1), ['PARTY'])).toMatchObject({ status: 200, body: { bindings: [bound] } })
    expect(await bind('230300-scj', ['PLANNER'], '230300')).toMatchObject({ status: 409, body: { code: 'roles-incompatible' } })
    const elsewhere = await registry.as(['OPERATOR'], { unitId: '230400-scj' })
    const body = { subject: 'boss', unitId: creditCode(1), regionCode: '230302', roles: [] }
    expect(await elsewhere.post('/v1/role-bindings', body)).toMatchObject({ status: 403 })
    expect(await bind(creditCode(1), [])).toMatchObject({ status: 200, body: { bindings: [] } })
  })

  it('SEC-02 refuses a unit that is not registered, and a region that is not the unit’s', async () => {
    const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
    expect(
      await operator.post('/v1/role-bindings', { subject: 'li', unitId: '230300-none', regionCode: '230300', roles: ['PLANNER'] }),
    ).toMatchObject({ status: 409, body: { code: 'unit-unknown' } })
    expect(
      await operator.post('/v1/role-bindings', { subject: 'li', unitId: '230300-scj', regionCode: '230400', roles: ['PLANNER'] }),
    ).toMatchObject({ status: 403 })
  })
})

describe('configuration', () => {
  it('refuses a demo seed outside the demo', async () => {
    await expect(createRegistryService({ ...registry.scope.env, ...registryKeys, DR_DEMO_SEED: 'x' })).rejects.toThrow('DR_DEMO_SEED')
  })
})
