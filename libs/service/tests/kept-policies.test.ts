import { openStore, type Store } from '@dual-random/mongo'
import { canonicalPolicy, type Policy, policyFromJson } from '@dual-random/policy'
import { createLogger } from '@dual-random/runtime'
import { type TestScope, testScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptPolicies } from '../src/index.ts'

function policyOfVersion(version: number): Policy {
  const id = { preset: 'test', version }
  const read = policyFromJson({
    id,
    lineage: [id],
    documents: [{ id: 'd', title: '文件', issuer: '机关', kind: 'local' }],
    values: { 'a.key.of.a.newer.service': { value: 5, source: { document: 'd', clause: '一' }, strength: 'shall', setBy: id } },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

describe('keptPolicies', () => {
  let scope: TestScope
  let store: Store

  beforeAll(async () => {
    scope = await testScope('kept')
    const { MONGODB_URI: uri = '', DR_DATABASE: database = '' } = scope.env
    store = await openStore({ uri, database, logger: createLogger({ service: 'kept', level: 'silent' }) })
  })
  afterAll(async () => {
    await store?.[Symbol.asyncDispose]()
    await scope?.dispose()
  })

  it('POL-05 finds a version by its digest in every process, keys with dots and of newer services included', async () => {
    const policy = policyOfVersion(1)
    await keptPolicies(store).keep('digest-1', policy)
    const other = keptPolicies(store)
    const found = await other.get('digest-1')
    expect(canonicalPolicy(found)).toEqual(canonicalPolicy(policy))
    expect(await other.get('digest-1')).toBe(found)
  })

  it('keeps the first copy of a digest', async () => {
    await keptPolicies(store).keep('digest-3', policyOfVersion(1))
    await keptPolicies(store).keep('digest-3', policyOfVersion(2))
    expect((await keptPolicies(store).get('digest-3')).id).toEqual({ preset: 'test', version: 1 })
  })

  it('fails for a digest that was never kept', async () => {
    await expect(keptPolicies(store).get('digest-2')).rejects.toThrow('digest-2 was never kept')
  })
})
