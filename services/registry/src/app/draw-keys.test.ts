import { describe, expect, it } from 'vitest'
import { demoDrawKey, randomDrawKey } from './draw-keys.ts'

describe('rule 2 K', () => {
  it('is 32 fresh bytes for each draw', () => {
    expect(randomDrawKey('a')).toHaveLength(32)
    expect(randomDrawKey('a')).not.toEqual(randomDrawKey('a'))
  })

  it('rule 17 comes from the seed in the demo', () => {
    const make = demoDrawKey('seed')
    expect(make('a')).toEqual(make('a'))
    expect(make('a')).not.toEqual(make('b'))
    expect(demoDrawKey('other')('a')).not.toEqual(make('a'))
  })
})
