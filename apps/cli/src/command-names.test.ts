import { describe, expect, it } from 'vitest'
import { call } from '../tests/support/called.ts'
import { parseArguments } from './arguments.ts'
import { text } from './text.ts'

const unit = [
  'unit key new',
  'unit key admit',
  'unit secret new',
  'unit secret send',
  'unit secret reveal',
  'unit secret paper',
  'unit secret restore',
  'unit failed',
  'unit wrap-key new',
  'unit wrap-key restore',
]
const names = [...unit, 'witness', 'witness keygen', 'keys make', 'keys check']

describe('names of one, two and three words', () => {
  it.each(names)('%s has a help of its own, and stands in the overview', async (name) => {
    const { exitCode, out } = await call({}, ...name.split(' '), '--help')
    expect({ exitCode, first: out[0]?.split('\n')[0] }).toEqual({
      exitCode: 0,
      first: expect.stringContaining(`dual-random ${name} `) as string,
    })
    expect(out[0]).toMatch(/[\u4e00-\u9fff]/)
    expect((await call({}, '--help')).out[0]).toContain(`  ${name} `)
  })

  it('the longest name wins: witness keygen is not witness with a word behind it', async () => {
    expect((await call({}, 'witness', 'keygen', '--id', 'w1')).err).toEqual(
      expect.arrayContaining([expect.stringContaining('--out'), expect.stringContaining('dual-random witness keygen')]),
    )
    const stray = await call({}, 'witness', 'nothing')
    expect(stray).toMatchObject({ exitCode: 2, err: expect.arrayContaining([expect.stringContaining('nothing: ')]) as unknown })
  })

  it('explains a group of one or of two words', async () => {
    const all = await call({}, 'unit', '--help')
    for (const name of unit) expect(all.out[0]).toContain(name)
    const secrets = await call({}, 'unit', 'secret', '-h')
    expect(secrets.exitCode).toBe(0)
    expect(secrets.out[0]).toContain('unit secret reveal')
    expect(secrets.out[0]).not.toContain('unit key')
  })

  it.each([
    [['unit'], undefined],
    [['unit', 'secret'], undefined],
    [['unit', 'lost'], 'unit lost'],
    [['unit', 'secret', 'lost', 'more'], 'unit secret lost'],
    [['unit', 'secret', 'lost', '--help'], 'unit secret lost'],
  ])('answers %j with its usage on standard error', async (words, named) => {
    const { exitCode, out, err } = await call({}, ...words)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] })
    expect(err.at(-1)).not.toContain('topics diff')
    expect(err.length > 1 ? err[0]?.split(': ')[1] : undefined).toBe(named)
  })
})

describe('an option that may be given several times', () => {
  const specs = { url: { value: 'URL', many: true, text: text('', '') }, key: { value: 'K', text: text('', '') } }
  it('gives all its values in order, others are refused a second time', () => {
    const problems: string[] = []
    const args = parseArguments(['--url', 'a', '--key', 'k', '--url=b', '--key', '-'], specs, (problem) => problems.push(problem))
    expect(args.lists.get('url')).toEqual(['a', 'b'])
    expect(problems).toEqual([expect.stringContaining('--key')])
  })
})
