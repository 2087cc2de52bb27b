import { readFileSync } from 'node:fs'
import { decodeTable } from '@dual-random/tables'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.dispose())

const listsOf = (name: string) => new Uint8Array(readFileSync(new URL(`../../../libs/tables/tests-data/items/${name}`, import.meta.url)))
const rosterOf = (name: string) => new Uint8Array(readFileSync(new URL(`data/${name}`, import.meta.url)))

interface Published {
  readonly openQuestions: number
  readonly items: readonly { readonly line: number; readonly ready: boolean }[]
  readonly questions: readonly { readonly line: number; readonly message: string }[]
  readonly otherRows: readonly { readonly line: number }[]
}

describe('real files', () => {
  it.each([
    ['fenyang-2021-joint.csv', 11],
    ['luozhuang-2021-salt.csv', 1],
    ['jinan-2021-hrss.csv', 1],
    ['benxi-2022-forestry.csv', 3],
    ['changzhi-2025-health.csv', 2],
  ])('DQ-04 REG-02 take the published list %s, and explain each of its rows', async (name, rows) => {
    const file = listsOf(name)
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const path = `/v1/check-item-lists/published?listId=${name.replace('.csv', '')}&businessLine=市场监管&effectiveFrom=2026-01-01`
    const { status, body } = await clerk.upload<Published>(path, file, 'text/csv')
    expect(status).toBe(201)
    expect(body.items).toHaveLength(rows)
    const table = decodeTable(file)
    const lines = table.ok ? table.value.rows.map(({ line }) => line) : []
    expect([...body.items, ...body.otherRows].map(({ line }) => line).sort((a, b) => a - b)).toEqual(lines)
    // Nothing is ready that nobody has settled, and every question says what it wants.
    for (const { line, ready } of body.items) {
      expect(ready).toBe(false)
      expect(body.questions.filter((question) => question.line === line).length).toBeGreaterThan(0)
    }
    for (const { message } of body.questions) expect(message).not.toBe('')
  })

  it.each([
    ['bengbu-2022-training.csv', ['统一社会信用代码', '类型', '行政区划', '地址']],
    ['library-sizes.csv', ['统一社会信用代码', '名称', '类型', '行政区划', '地址']],
  ])('DQ-04 refuse the roster %s, which names no object by its code, and say every column it lacks', async (name, missing) => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const { status, body } = await clerk.upload<{ code: string; errors: { pointer: string; detail: string }[] }>(
      '/v1/objects/import',
      rosterOf(name),
      'text/csv',
    )
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'import-refused' })
    const pointers = body.errors.map(({ pointer }) => pointer)
    for (const column of missing) expect(pointers).toContain(`/1/${column}`)
    for (const { detail } of body.errors) expect(detail).toMatch(/列/)
  })
})
