import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Api } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

interface Stored {
  readonly file: string
  readonly mediaType: string
  readonly bytes: number
}

let registry: Harness
let clerk: Api

beforeAll(async () => {
  registry = await startRegistry()
  clerk = await registry.as(['REGISTRY_CLERK'])
})
afterAll(() => registry.dispose())

const keyOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

async function stored(content: string | Uint8Array, mediaType = 'text/csv', api = clerk): Promise<string> {
  const { status, body } = await api.upload<Stored>('/v1/import-files', content, mediaType)
  expect({ status, ...body }).toMatchObject({ status: 201, file: keyOf(content), mediaType, bytes: Buffer.from(content).length })
  return body.file
}

const imported = (path: string, file: string, api = clerk) =>
  api.post<ImportAnswer & { code?: string; status?: number }>(`${path}${path.includes('?') ? '&' : '?'}file=${file}`)

describe('an import of a stored file', () => {
  it('DQ-04 is that of the file itself: a trial first, then for good, then no change', async () => {
    const file = await stored(objectsCsv([objectRow(1), objectRow(2), objectRow(3, { code: 'x' })]))
    expect((await imported('/v1/objects/import?trial=true', file)).body).toMatchObject({ received: 3, created: 2, rejected: 1 })
    const first = await imported('/v1/objects/import?regionCode=230300', file)
    expect(first).toMatchObject({ status: 200, body: { received: 3, created: 2, rejected: 1 } })
    expect((await clerk.get<string>(first.body.reportUrl)).body).toContain('4,统一社会信用代码,x,object-code-wrong-length')
    expect((await imported('/v1/objects/import', file)).body).toMatchObject({ created: 0, changed: 0, unchanged: 2, rejected: 1 })
  })

  it('DQ-04 keeps the type it was stored under: NDJSON, a workbook', async () => {
    const row = { objectCode: creditCode(1), dimension: '业态', tag: '堂食' }
    const tags = await stored(`${JSON.stringify(row)}\n`, 'application/x-ndjson')
    expect((await imported('/v1/tags/import', tags)).body).toMatchObject({ received: 1, changed: 1 })
    const workbook = new Uint8Array(readFileSync(new URL('data/objects.xlsx', import.meta.url)))
    const sheet = await stored(workbook, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect((await imported('/v1/objects/import', sheet)).body).toMatchObject({ received: 2, created: 1, rejected: 1 })
  })

  it.each(['..%2F..%2Fetc%2Fpasswd', `${'a'.repeat(63)}%2F`, 'A'.repeat(64), 'a'.repeat(65), `${'a'.repeat(64)}%00`, ''])(
    'refuses “%s”, which is no key, before anything is looked for',
    async (key) => {
      expect(await imported('/v1/objects/import', key)).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    },
  )

  it('SEC-02 knows no file but those that the caller’s unit stored, whatever else lies in the store', async () => {
    expect(await imported('/v1/objects/import', 'a'.repeat(64))).toMatchObject({ status: 404, body: { code: 'not-found' } })
    const kept = objectsCsv([objectRow(30)])
    await clerk.upload('/v1/objects/import', kept, 'text/csv')
    expect(await imported('/v1/objects/import', keyOf(kept))).toMatchObject({ status: 404 })
    const file = await stored(objectsCsv([objectRow(31)]))
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect(await imported('/v1/objects/import', file, other)).toMatchObject({ status: 404 })
    expect((await imported('/v1/objects/import', file)).body).toMatchObject({ created: 1 })
  })

  it('holds a register’s own limit, and wants the file once', async () => {
    const operator = await registry.as(['OPERATOR'])
    const blankRow = `${' '.repeat(30_000)}\n`
    const padded = (bytes: number): string => unitsCsv + blankRow.repeat(600).slice(0, bytes - Buffer.byteLength(unitsCsv))
    const limit = 16 * 1024 * 1024
    const atLimit = await stored(padded(limit), 'text/csv', operator)
    expect(await imported('/v1/units/import', atLimit, operator)).toMatchObject({ status: 200, body: { created: 4 } })
    const beyond = await stored(padded(limit + 1), 'text/csv', operator)
    expect(await imported('/v1/units/import', beyond, operator)).toMatchObject({ status: 413, body: { code: 'body-too-large' } })

    const file = await stored(objectsCsv([objectRow(40)]))
    const both = await clerk.upload(`/v1/objects/import?file=${file}`, objectsCsv([objectRow(41)]), 'text/csv')
    expect(both).toMatchObject({ status: 400, body: { code: 'import-file-and-body' } })
    expect(await clerk.post('/v1/objects/import')).toMatchObject({ status: 400, body: { code: 'import-without-file' } })
    expect(await clerk.post('/v1/objects/import', {})).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } })
  })

  it('SEC-03 SEC-04 is stored by those who import, and never for inspectors, whose recusal scopes would lie open', async () => {
    const planner = await registry.as(['PLANNER'])
    expect(await planner.upload('/v1/import-files', objectsCsv([]), 'text/csv')).toMatchObject({ status: 403 })
    expect(await clerk.upload('/v1/import-files', '{}', 'application/json')).toMatchObject({ status: 415 })
    const file = await stored(objectsCsv([objectRow(50)]))
    expect(await imported('/v1/inspectors/import', file)).toMatchObject({ status: 415 })
  })

  it('is in the OpenAPI document: a body that may be left out, and the key', async () => {
    const { body } = await clerk.get<{
      paths: Record<string, Record<string, { requestBody: { required: boolean }; parameters: { name: string }[] }>>
    }>('/openapi.json')
    const objects = body.paths['/v1/objects/import']?.['post']
    expect(objects?.requestBody.required).toBe(false)
    expect(objects?.parameters.map(({ name }) => name)).toContain('file')
    expect(body.paths['/v1/inspectors/import']?.['post']?.requestBody.required).toBe(true)
    expect(body.paths['/v1/import-files']?.['post']).toBeDefined()
  })
})
