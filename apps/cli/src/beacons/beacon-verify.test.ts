import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isChained, schemes } from '@dual-random/beacon/verify'
import { describe, expect, it, vi } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'

// The first pairing of a process takes seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

interface Vector {
  readonly note: string
  readonly error: string | null
  readonly pulse: {
    readonly publicKey: string
    readonly round: number
    readonly signature: string
    readonly previousSignature?: string
    readonly randomness: string
  }
}

const vectorsOf = (scheme: string): readonly Vector[] =>
  (
    JSON.parse(readFileSync(new URL(`../../../../tests/vectors/beacon/${scheme}.json`, import.meta.url), 'utf8')) as {
      readonly vectors: readonly Vector[]
    }
  ).vectors

const folder = mkdtempSync(join(tmpdir(), 'beacon-verify-'))
let files = 0
function fileOf(content: unknown): string {
  const file = join(folder, `${++files}.json`)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const words = (chain: string, { round, signature, previousSignature, randomness }: Vector['pulse']): readonly string[] => [
  'beacon',
  'verify',
  `--chain=${chain}`,
  `--round=${round}`,
  `--signature=${signature}`,
  ...(previousSignature === undefined || previousSignature === '' ? [] : [`--previous=${previousSignature}`]),
  `--randomness=${randomness}`,
]

const quicknet = vectorsOf('bls-unchained-g1-rfc9380').find(({ note }) => note === 'quicknet, round 123')?.pulse as Vector['pulse']
const chained = vectorsOf('pedersen-bls-chained').find(({ note }) => note === 'default, round 72785')?.pulse as Vector['pulse']

describe('beacon verify', () => {
  it('DRW-32 says of published rounds of quicknet and default that they are valid', async () => {
    const answer = { exitCode: 0, out: [`123 valid ${quicknet.randomness}`], err: [] }
    expect(await call({}, ...words('quicknet', quicknet))).toEqual(answer)
    const { signature } = quicknet
    expect(await call({}, 'beacon', 'verify', '--chain', 'quicknet', '--round', '123', '--signature', signature.toUpperCase())).toEqual(
      answer,
    )
    expect(await call({}, ...words('default', chained))).toMatchObject({ exitCode: 0, out: [`72785 valid ${chained.randomness}`] })
  })

  it.each(schemes)('DRW-32 judges the rounds of %s by its chain file, and says why one is not valid', async (schemeID) => {
    const seen = new Set<string>()
    for (const { pulse, error } of vectorsOf(schemeID)) {
      if (seen.has(error ?? '') || (error === 'bad-encoding' && pulse.publicKey.length % 96 !== 0)) continue
      seen.add(error ?? '')
      const chain = fileOf({ public_key: pulse.publicKey, schemeID })
      const verdict = error === null ? { valid: true, randomness: pulse.randomness } : { valid: false, reason: error }
      const { exitCode, lines } = await callJson({}, ...words(chain, pulse))
      expect({ exitCode, lines }).toEqual({
        exitCode: error === null ? 0 : 1,
        lines: [{ chain, scheme: schemeID, round: pulse.round, ...verdict }],
      })
    }
    const reasons = ['', 'bad-encoding', 'bad-point', 'bad-signature', 'wrong-randomness']
    expect([...seen].sort()).toEqual((isChained(schemeID) ? [...reasons, 'no-previous-signature'] : reasons).sort())
  })

  it('DRW-32 answers in text why a round is not valid', async () => {
    const other = await call({}, ...words('quicknet', { ...quicknet, round: 124 }))
    expect(other).toEqual({ exitCode: 1, out: ['124 invalid bad-signature'], err: [] })
  })

  it('DRW-32 calls round 0, and what is no hexadecimal text, invalid', async () => {
    const said = async (change: Partial<Vector['pulse']>) => {
      const { exitCode, out } = await call({}, ...words('quicknet', { ...quicknet, ...change }))
      return [exitCode, out]
    }
    expect(await said({ round: 0 })).toEqual([1, ['0 invalid bad-encoding']])
    for (const change of [{ signature: 'xy' }, { signature: quicknet.signature.slice(1) }, { randomness: 'xy' }])
      expect(await said(change)).toEqual([1, ['123 invalid bad-encoding']])
  })

  it('DRW-32 calls a round of a chained scheme without its previous signature invalid, says what is missing, and looks at it in no other', async () => {
    const { round, signature } = chained
    const asked = await call({}, 'beacon', 'verify', '--chain', 'default', '--round', String(round), '--signature', signature)
    expect({ exitCode: asked.exitCode, out: asked.out }).toEqual({
      exitCode: 1,
      out: [`${round} invalid no-previous-signature`],
    })
    expect(asked.err).toEqual([expect.stringMatching(/^--previous: .*pedersen-bls-chained/)])
    expect((await call({}, ...words('quicknet', { ...quicknet, previousSignature: 'aa' }))).exitCode).toBe(0)
  })

  it('DRW-32 refuses another scheme by its name, and a file that is no chain', async () => {
    const said = async (content: unknown) => {
      const { exitCode, err } = await call({}, ...words(fileOf(content), quicknet))
      return [exitCode, err[0]]
    }
    const key = quicknet.publicKey
    expect(await said({ public_key: key, schemeID: 'bls-bn254-unchained-on-g1' })).toEqual([
      2,
      expect.stringContaining('bls-bn254-unchained-on-g1'),
    ])
    expect(await said({ public_key: key })).toEqual([2, expect.stringContaining('schemeID')])
    expect(await said({ public_key: key, schemeID: 'pedersen-bls-unchained' })).toEqual([2, expect.stringContaining('48')])
    expect(await said([])).toEqual([2, expect.stringContaining('JSON object')])
    expect(await said('{')).toEqual([2, expect.stringContaining('not JSON')])
    const { exitCode, err } = await call({}, ...words('mainnet', quicknet))
    expect([exitCode, err[0]]).toEqual([2, expect.stringContaining('ENOENT')])
  })

  it('refuses a file whose chain hash is of another chain', async () => {
    const { chains } = JSON.parse(readFileSync(new URL('../../../../tests/vectors/beacon/chains.json', import.meta.url), 'utf8')) as {
      readonly chains: readonly Record<string, unknown>[]
    }
    expect((await call({}, ...words(fileOf(chains[1]), quicknet))).exitCode).toBe(0)
    const { exitCode, err } = await call({}, ...words(fileOf({ ...chains[1], period: 4 }), quicknet))
    expect([exitCode, err[0]]).toEqual([2, expect.stringContaining('hash')])
  })

  it('names every problem of its words at once', async () => {
    const { exitCode, err } = await call({}, 'beacon', 'verify', '--round', 'first', '--randomness=', 'stray')
    expect(exitCode).toBe(2)
    for (const name of ['--chain', '--round', '--signature', '--randomness', 'stray'])
      expect(
        err.filter((line) => line.startsWith(name)),
        name,
      ).toHaveLength(1)
    expect((await call({}, 'beacon', 'verify', '--chain', 'quicknet', '--signature', 'aa')).err[0]).toMatch(/^--round/)
  })

  it('documents every reason in its help', async () => {
    const { out } = await call({}, 'beacon', 'verify', '--help')
    for (const reason of ['bad-encoding', 'no-previous-signature', 'wrong-randomness', 'bad-point', 'bad-signature'])
      expect(out[0]?.split(`\n  ${reason} `)).toHaveLength(3)
  })
})
