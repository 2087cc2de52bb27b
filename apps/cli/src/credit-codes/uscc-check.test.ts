import { describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'
import { vectorsOf } from '../../tests/support/vectors.ts'

interface Vector {
  readonly code: string
  readonly valid: boolean
  readonly reason?: string
}

const vectors = vectorsOf('uscc/*.json') as readonly Vector[]
const right = vectors.filter(({ valid }) => valid).map(({ code }) => code)
const wrong = vectors.filter(({ valid }) => !valid)

describe('uscc check', () => {
  it('DQ-04 answers one line a code, in the order they were given', async () => {
    const { exitCode, out, err } = await call({}, 'uscc', 'check', ...vectors.map(({ code }) => code))
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: [] })
    expect(out).toEqual(vectors.map(({ code, valid, reason }) => `${code} ${valid ? 'valid' : `invalid ${reason}`}`))
  })

  it('says by its exit code whether all are valid', async () => {
    expect((await call({}, 'uscc', 'check', ...right)).exitCode).toBe(0)
    expect((await call({}, 'uscc', 'check', ...right, wrong[0]?.code ?? '')).exitCode).toBe(1)
    expect((await call({}, 'uscc', 'check')).exitCode).toBe(2)
  })

  it('answers in JSON', async () => {
    const { lines } = await callJson({}, 'uscc', 'check', '91350100M000100Y43', '91350100M000100Y42')
    expect(lines).toEqual([
      { code: '91350100M000100Y43', valid: true },
      { code: '91350100M000100Y42', valid: false, reason: 'wrong-check-character' },
    ])
  })

  it('documents every reason in its help', async () => {
    const { out } = await call({}, 'uscc', 'check', '--help')
    const reasons = new Set(wrong.map(({ reason }) => reason ?? ''))
    expect(reasons.size).toBe(7)
    for (const reason of reasons) expect(out[0]?.split(`\n  ${reason} `)).toHaveLength(3)
  })
})
