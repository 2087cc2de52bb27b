import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

const read = (...args: readonly string[]) => readOptions(args, () => 4711)

describe('readOptions', () => {
  it('asks for 200 kills in 20 minutes, and for as many in proportion', () => {
    expect(read()).toEqual({ minutes: 20, seed: 4711, kills: 200, plant: undefined, out: 'out/chaos' })
    expect(read('--minutes', '3', '--seed', '1')).toMatchObject({ minutes: 3, seed: 1, kills: 30 })
    expect(read('--kills', '40', '--minutes', '2')).toMatchObject({ kills: 40 })
    expect(read('--plant', 'mark-elsewhere')).toMatchObject({ plant: 'mark-elsewhere' })
  })

  it('refuses what is out of bounds, and what it does not know', () => {
    for (const args of [
      ['--minutes', '0'],
      ['--minutes', '121'],
      ['--seed', '-1'],
      ['--seed', '1.5'],
      ['--kills', '41', '--minutes', '2'],
      ['--plant', 'none'],
      ['--speed', '2'],
    ]) {
      expect(read(...args)).toMatchObject({ exitCode: 2 })
    }
  })

  it('explains itself', () => {
    expect(read('--help')).toMatchObject({ exitCode: 0 })
  })
})
