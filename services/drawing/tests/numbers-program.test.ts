import { writeFile } from 'node:fs/promises'
import { canonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { keysFileText } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, lineOf, organiserOf } from './support/steps.ts'
import { allPublished, definition, digest, pages, source, typedTexts } from './support/typed-numbers.ts'
import { type UnitProgram, unitProgram } from './support/unit-program.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const

/** Public numbers by `npx dual-random unit numbers …`, each typist's a process with files of its own (docs/draw-protocol.md §9a). */
describe('typists with the program of their unit', { timeout: 180_000 }, () => {
  let harness: Harness
  let program: UnitProgram

  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true, numbers: { source, definition: digest, isAlone: true } })
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    program = await unitProgram(harness.now())
    const { keysFile } = harness.witnesses
    await writeFile(program.file('keys'), keysFileText(keysFile))
    const superior = { type: 'dual-random/unit-key/v1', seed: toHex(sha256(utf8('witness superior'))), ...keysFile.superior }
    await writeFile(program.file('superior'), canonicalJson(superior), { mode: 0o600 })
    await writeFile(program.file('definition'), JSON.stringify(definition))
    for (const [index, page] of pages.entries()) await writeFile(program.file(`page-${index}`), page)
  })
  afterAll(async () => {
    await program?.dispose()
    await harness?.dispose()
  })

  const url = (): string => `http://127.0.0.1:${harness.service().httpPort}`
  const run = (...words: readonly string[]) => program.run('unit', ...words, '--keys', program.file('keys'), '--url', url())
  const typedFile = async (name: string, index: number, issue?: string): Promise<string> => {
    const series = typedTexts[index]?.map(({ before, publications }, at) => ({
      page: `page-${at}`,
      before: at === 0 && issue !== undefined ? { ...before, issue } : before,
      publications,
    }))
    await writeFile(program.file(name), JSON.stringify({ series }))
    return program.file(name)
  }

  it('DRW-32 admits a definition, holds the first entry, names where the second differs, and draws once they are the same', async () => {
    const admit = ['numbers', 'admit', '--superior-key', program.file('superior'), '--definition', program.file('definition')]
    const admitted = await run(...admit)
    expect(admitted).toMatchObject({ exitCode: 0 })
    expect(admitted.out).toContain(digest)
    await writeFile(program.file('short'), JSON.stringify({ ...definition, series: definition.series.slice(1) }))
    const short = await run('numbers', 'admit', '--superior-key', program.file('superior'), '--definition', program.file('short'))
    expect([short.exitCode === 0, short.err]).toEqual([false, expect.stringContaining('32 < 128 bits')])
    await program.run('unit', 'key', 'new', '--unit', '230000-sft', '--out', program.file('key'), '--record', program.file('record'))
    expect((await run('key', 'admit', '--superior-key', program.file('superior'), '--record', program.file('record'))).exitCode).toBe(0)

    const line = lineOf('NP1', key)
    harness.planning.publish(line)
    harness.moveTo('2026-03-02T01:10:00.000Z')
    const organiser = organiserOf(harness)
    const { drawId } = done(await organiser.freeze(line))
    done(await organiser.commit(drawId))
    harness.moveTo(allPublished)
    const enter = (by: string, typed: string) =>
      run('numbers', 'enter', '--key', program.file(by), '--draw', drawId, '--source', source, '--typed', typed)
    const first = await enter('superior', await typedFile('one', 0))
    expect(first).toMatchObject({ exitCode: 0 })
    expect(first.out).toContain('kept until the other unit has typed too')
    const differs = await enter('key', await typedFile('wrong', 1, '2026022'))
    expect([differs.exitCode === 0, differs.err]).toEqual([false, expect.stringContaining('/series/0/before/issue')])
    const second = await enter('key', await typedFile('two', 1))
    expect(second).toMatchObject({ exitCode: 0 })
    expect(second.out).toContain('both entered')
    await harness.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).status).toBe('MATCHED')
    expect((await enter('superior', await typedFile('one', 0))).out).toContain('was there already')
    expect(await harness.text(`/v1/public/region-logs/${regionCode}`, [])).toContain('"unitId":"230000-sft"')
  })
})
