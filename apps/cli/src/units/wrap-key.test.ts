import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'
import { newWrapKey, wrapKeyOf } from './wrap-key.ts'
import { readWrapKeyPaper, wrapKeyPaper } from './wrap-key-paper.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wrap-key-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string): string => join(folder, name)

describe('the superior’s wrapping key', () => {
  it('is made once, for its owner alone, and comes back from its paper the same', async () => {
    const made = await callJson({}, 'unit', 'wrap-key', 'new', '--unit', '230000-scj', '--out', file('a'), '--paper', file('paper'))
    expect(made).toMatchObject({
      exitCode: 0,
      lines: [{ keyId: 'wrap-230000-scj', publicKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
    })
    for (const name of ['a', 'paper']) expect(statSync(file(name)).mode & 0o777).toBe(0o600)
    expect((await call({}, 'unit', 'wrap-key', 'new', '--unit', '230000-scj', '--out', file('a'))).exitCode).toBe(1)
    expect((await call({}, 'unit', 'wrap-key', 'restore', file('paper'), '--out', file('b'))).exitCode).toBe(0)
    expect(readFileSync(file('b'), 'utf8')).toBe(readFileSync(file('a'), 'utf8'))
  })

  it('names the group that was typed wrong, and writes nothing', async () => {
    const key = await wrapKeyOf('230000-scj', 'wrap-1', '0123456789abcdef'.repeat(4))
    const sheet = wrapKeyPaper(key)
    expect(
      await readWrapKeyPaper(
        sheet
          .toUpperCase()
          .replace('KEY WRAP-1 UNIT 230000-SCJ', 'key wrap-1 unit 230000-scj')
          .replace('SEED', 'seed')
          .replace('PUBLIC', 'public'),
      ),
    ).toEqual(key)
    const typed = async (from: string, to: string) => readWrapKeyPaper(sheet.replace(from, to))
    expect(await typed('seed 0123', 'seed 0124')).toMatchObject({ en: 'group 1 is wrong; if it alone is, it reads 0123' })
    expect(await typed('seed 0123 4567', 'seed 4567 0123')).toMatchObject({ en: 'groups 1 and 2 are exchanged' })
    expect(await typed('seed 0123 4567', 'seed 0124 4568')).toMatchObject({ en: 'more than one group is wrong' })
    expect(await typed('seed 0123 ', 'seed ')).toMatchObject({ en: 'the line seed has 18 groups, not 17' })
    expect(await typed('seed 0123', 'seed 012x')).toMatchObject({ en: 'group 1 is not four hexadecimal characters' })
    expect(await typed('key wrap-1', 'wrap-1')).toMatchObject({ en: 'the line key … unit … is missing' })
    expect(await typed(key.publicKey, 'f'.repeat(64))).toMatchObject({ en: 'the public key is not that of the seed' })
    writeFileSync(file('typed'), sheet.replace('seed 0123', 'seed 0124'))
    const restored = await call({}, 'unit', 'wrap-key', 'restore', file('typed'), '--out', file('c'))
    expect(restored).toMatchObject({ exitCode: 1, out: [] })
    expect(existsSync(file('c'))).toBe(false)
  })

  it('is another every time', async () => {
    const [one, two] = [await newWrapKey('u', 'k'), await newWrapKey('u', 'k')]
    expect(one.seed).not.toBe(two.seed)
    expect(one.publicKey).not.toBe(two.publicKey)
  })
})
