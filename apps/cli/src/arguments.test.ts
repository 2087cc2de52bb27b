import { describe, expect, it } from 'vitest'
import { countOf, parseArguments } from './arguments.ts'
import { text } from './text.ts'

const nothing = text('', '')
const specs = {
  key: { value: 'K', text: nothing },
  limit: { value: 'N', text: nothing },
  all: { text: nothing },
  help: { short: 'h', text: nothing },
}

const parsed = (...words: readonly string[]) => {
  const problems: string[] = []
  const args = parseArguments(words, specs, (problem) => problems.push(problem))
  return { args, problems: problems.map((problem) => problem.slice(0, problem.indexOf(':'))) }
}

describe('parseArguments', () => {
  it('reads flags, values and what stands between them', () => {
    const { args, problems } = parsed('joint', '--all', '--key', 'a:1', '0@1', '--limit=-5', '-h')
    expect(problems).toEqual([])
    expect([...args.flags]).toEqual(['all', 'help'])
    expect([...args.values]).toEqual([
      ['key', 'a:1'],
      ['limit', '-5'],
    ])
    expect(args.positionals).toEqual(['joint', '0@1'])
  })

  it('complains of everything at once', () => {
    expect(parsed('--foo', '--all=yes', '--key', '--toString').problems).toEqual(['--foo', '--all', '--key'])
    expect(parsed('-x', '--key', 'a', '--key', 'b', '--all', '--all').problems).toEqual(['-x', '--key', '--all'])
  })

  it.each([[['--key']], [['--key', '']], [['--key=']], [['--key', '--all']]])('asks for the value in %j', (words) => {
    expect(parsed(...words).problems).toEqual(['--key'])
  })

  it('takes what stands behind -- as it is', () => {
    expect(parsed('--', '--all')).toMatchObject({ problems: [], args: { positionals: ['--all'] } })
  })
})

describe('countOf', () => {
  const counted = (...words: readonly string[]) => {
    const problems: string[] = []
    const count = countOf(parsed(...words).args, 'limit', 100, 1, (problem) => problems.push(problem))
    return problems.length > 0 ? 'refused' : count
  }

  it('says which bound was broken', () => {
    const said = (given: string) => {
      const problems: string[] = []
      countOf(parsed(`--limit=${given}`).args, 'limit', 100, 1, (problem) => problems.push(problem))
      return problems.join()
    }
    expect(said('0')).toContain('at least 1')
    expect(said('9007199254740991')).toBe('')
    for (const given of ['9007199254740992', '99999999999999999999']) {
      expect(said(given)).toContain(`--limit ${given}`)
      expect(said(given)).toContain('at most 9007199254740991')
      expect(said(given)).not.toContain('at least')
    }
    expect(said('-1')).toContain('at least 1')
  })

  it('has a default', () => expect(counted()).toBe(100))
  it.each(['1', '250'])('reads %s', (given) => expect(counted('--limit', given)).toBe(Number(given)))
  it.each(['0', '-1', '1.5', '1e3', '0x10', 'many', '9007199254740993'])('refuses %s', (given) =>
    expect(counted(`--limit=${given}`)).toBe('refused'),
  )
})
