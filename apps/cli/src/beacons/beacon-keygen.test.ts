import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signPulse, verifyPulse } from '@dual-random/beacon'
import { fromHex } from '@dual-random/kernel'
import { describe, expect, it, vi } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'

// The first pairing of a process takes seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'beacon-keygen-'))

describe('beacon keygen', () => {
  it('DRW-32 makes a key that nobody else may read, and answers the public one', async () => {
    const file = join(folder, 'key')
    const { exitCode, out } = await call({}, 'beacon', 'keygen', file)
    expect(exitCode).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const content = readFileSync(file, 'utf8')
    expect(content).toMatch(/^[0-9a-f]{64}\n$/)
    const chain = { scheme: 'bls-unchained-g1-rfc9380', publicKey: out[0] ?? '' } as const
    expect(verifyPulse(chain, signPulse(fromHex(content.trim()) ?? new Uint8Array(0), 5)).ok).toBe(true)
  })

  it('makes another every time and writes over none', async () => {
    const made = await Promise.all(['a', 'b'].map((name) => callJson({}, 'beacon', 'keygen', join(folder, name))))
    expect(new Set(made.map(({ lines }) => lines[0]?.['publicKey'])).size).toBe(2)
    const before = readFileSync(join(folder, 'a'), 'utf8')
    expect(await call({}, 'beacon', 'keygen', join(folder, 'a'))).toMatchObject({
      exitCode: 1,
      out: [],
      err: [expect.stringContaining('EEXIST')],
    })
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe(before)
  })

  it('needs the name of one file', async () => {
    expect((await call({}, 'beacon', 'keygen')).exitCode).toBe(2)
    expect((await call({}, 'beacon', 'keygen', join(folder, 'c'), 'stray')).exitCode).toBe(2)
  })
})
