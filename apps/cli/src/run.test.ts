import { describe, expect, it } from 'vitest'
import { call } from '../tests/support/called.ts'

const env = { KAFKA_BROKERS: '127.0.0.1:1' }
const offline = [
  'uscc check',
  'workday add',
  'workday count',
  'workday is',
  'policy show',
  'policy diff',
  'policy explain',
  'beacon verify',
  'beacon keygen',
  'draw verify',
  'draw explain',
  'draw prove',
  'draw rank',
]
const onBroker = ['topics diff', 'topics apply', 'dlq list', 'dlq show', 'dlq replay', 'dlq drop']
const names = [...offline, ...onBroker]

describe('dual-random', () => {
  it('says its version', async () => {
    expect(await call({}, '--version')).toEqual({ exitCode: 0, out: [expect.stringMatching(/^dual-random \d+\.\d+\.\d+$/)], err: [] })
  })

  it.each([['--help'], ['-h']])('answers %s with what there is', async (word) => {
    const { exitCode, out, err } = await call({}, word)
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
    for (const name of names) expect(out.join('\n')).toContain(name)
  })

  it.each(names)('explains %s in both languages, whatever else is missing', async (name) => {
    const { exitCode, out } = await call({}, ...name.split(' '), '--help')
    expect(exitCode).toBe(0)
    expect(out[0]).toContain(`dual-random ${name}`)
    expect(out[0]).toMatch(/[\u4e00-\u9fff]/)
    for (const word of ['--json', '--help', 'exit codes']) expect(out[0]).toContain(word)
    expect(out[0]?.includes('KAFKA_BROKERS')).toBe(onBroker.includes(name))
  })

  it('explains one group of commands', async () => {
    const { exitCode, out } = await call({}, 'dlq', '--help')
    expect(exitCode).toBe(0)
    expect(out[0]).toContain('dlq replay')
    expect(out[0]).not.toContain('topics diff')
  })

  it.each([[[]], [['nothing']], [['topics']], [['topics', 'delete']], [['--nothing']], [['nothing', '--help']]])(
    'answers %j with its usage on standard error',
    async (words) => {
      const { exitCode, out, err } = await call(env, ...words)
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] })
      expect(err.at(-1)).toContain('dual-random <')
      expect(err.length > 1).toBe(words.length > 0 && words.join() !== 'topics')
    },
  )

  it('names every problem of words and environment before it does anything', async () => {
    const { exitCode, out, err } = await call(
      { KAFKA_BROKERS: 'nowhere', DR_TOPIC_REPLICAS: '0', DR_TOPIC_PREFIX: 'a b' },
      'dlq',
      'list',
      'joint',
      '--limit',
      '0',
      '--state',
      'lost',
      '--after',
      '7',
      '--what',
      'stray',
    )
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] })
    for (const name of ['--limit', '--state', '7', '--what', 'stray', 'KAFKA_BROKERS', 'DR_TOPIC_REPLICAS', 'DR_TOPIC_PREFIX'])
      expect(
        err.filter((line) => line.startsWith(name)),
        name,
      ).toHaveLength(1)
  })

  it.each([
    ['uscc', 'check', '91350100M000100Y43'],
    ['workday', 'is', '2026-03-02'],
    ['policy', 'show', '--preset', 'samr-2024'],
  ])('answers %s %s without a broker', async (...words) => {
    expect(await call({}, ...words)).toMatchObject({ exitCode: 0, err: [] })
  })

  it.each([
    ['list'],
    ['list', 'jo int'],
    ['replay', 'joint'],
    ['replay', 'joint', '--all', '0@1'],
    ['replay', 'joint', '--all', '--key', 'a'],
    ['replay', 'joint', '0@1', '1'],
    ['replay', '--all'],
    ['drop', 'joint', '--all'],
    ['drop', 'joint', '--all', '--reason', ''],
    ['show', 'joint'],
    ['show', 'joint', '0@1', '0@2'],
    ['show', 'jo int', '0@1'],
  ])('refuses dlq %s %s %s %s', async (...words) => {
    expect((await call(env, 'dlq', ...words)).exitCode).toBe(2)
  })

  it.each([
    ['/nowhere/topics.yaml', 'ENOENT'],
    [import.meta.filename, ''],
  ])('refuses %s as a topic list', async (file, why) => {
    const { exitCode, err } = await call(env, 'topics', 'diff', '--file', file)
    expect(exitCode).toBe(2)
    expect(err[0]).toContain(`${file}: `)
    expect(err[0]).toContain(why)
  })
})
