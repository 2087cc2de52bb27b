import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { call } from '../../tests/support/called.ts'

describe('witness', () => {
  it('DRW-31 names in its help every variable that a witness reads', async () => {
    const source = readFileSync(new URL('../../../witness/src/config.ts', import.meta.url), 'utf8')
    const read = [...source.matchAll(/^ {2}(DR_WITNESS_[A-Z_]+):/gm)].map(([, name = '']) => name)
    expect(read).toContain('DR_WITNESS_KEEPERS')
    const { exitCode, out } = await call({}, 'witness', '--help')
    expect(exitCode).toBe(0)
    for (const name of read) expect(out.join('\n')).toMatch(new RegExp(`\\b${name}\\b`))
  })
})
