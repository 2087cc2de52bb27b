import { createHash } from 'node:crypto'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportAnswer, objectRow, objectsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

interface Run {
  readonly importId: string
  readonly state: 'RUNNING' | 'FAILED' | 'DONE'
  readonly kind: string
  readonly received: number
  readonly written?: number
  readonly created?: number
  readonly failure?: string
  readonly fileDigest?: string
}

let registry: Harness
let clerk: Api

beforeAll(async () => {
  registry = await startRegistry()
  clerk = await registry.as(['REGISTRY_CLERK'])
})
afterAll(() => registry.dispose())

const unfinished = async (api = clerk) => (await api.get<{ items: readonly Run[] }>('/v1/imports/unfinished')).body.items
const one = (importId: string, api = clerk) => api.get<Run>(`/v1/imports/${importId}`)

describe('the progress of an import', () => {
  it('DQ-04 is seen while it runs, by its unit and the auditor alone, and gives way to its counts', async () => {
    const rows = 6000
    const file = objectsCsv(Array.from({ length: rows }, (_, serial) => objectRow(1000 + serial)))
    const running = clerk.upload<ImportAnswer>('/v1/objects/import', file, 'text/csv')
    const run = await eventually(async () => {
      const [found] = await unfinished()
      if (found === undefined) throw new Error('not seen yet')
      return found
    })
    expect(run).toMatchObject({ state: 'RUNNING', kind: 'objects', unitId: '230300-scj', by: '230300-scj-REGISTRY_CLERK' })
    expect(run.fileDigest).toBe(createHash('sha256').update(file).digest('hex'))
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect(await unfinished(other)).toEqual([])
    expect(await one(run.importId, other)).toMatchObject({ status: 403 })
    expect(await one(run.importId, await registry.as(['PLANNER']))).toMatchObject({ status: 403 })
    const auditors = await Promise.all(['230300-sjj', '230400-sjj'].map((unitId) => registry.as(['AUDITOR'], { unitId })))
    expect(await Promise.all(auditors.map(async (auditor) => (await one(run.importId, auditor)).status))).toEqual([200, 403])

    expect(await running).toMatchObject({ status: 200, body: { importId: run.importId, created: rows } })
    expect(await one(run.importId)).toMatchObject({ status: 200, body: { state: 'DONE', received: rows, created: rows } })
    expect(await unfinished()).toEqual([])
    expect((await clerk.get<{ items: readonly Run[] }>('/v1/imports')).body.items[0]).toMatchObject({
      importId: run.importId,
      state: 'DONE',
    })
  })

  it('tells why one failed, to those who may send it again', async () => {
    const key = 'unreadable-at-first'
    expect(await clerk.upload('/v1/objects/import', '名称\n甲\n', 'text/csv', { key })).toMatchObject({ status: 400 })
    const [failed] = await unfinished()
    expect(failed).toMatchObject({ state: 'FAILED', failure: 'import-refused', received: 0 })
    expect(await one(failed?.importId ?? '')).toMatchObject({ status: 200, body: { state: 'FAILED', failure: 'import-refused' } })
    expect(await clerk.get(`/v1/imports/${failed?.importId}/report`)).toMatchObject({ status: 404 })
    expect(await one('0'.repeat(32))).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })
})
