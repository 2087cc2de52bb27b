import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

describe('readOptions', () => {
  it('runs through without a pause unless somebody wants to watch', () => {
    expect(readOptions([])).toMatchObject({ objects: 20_000, watchSeconds: 0, keep: false })
    expect(readOptions(['--watch', '900', '--objects', '400'])).toMatchObject({ objects: 400, watchSeconds: 900 })
  })

  it.each(['901', '-1', 'a', '1.5'])('refuses to wait %s seconds', (watch) => {
    expect(readOptions([`--watch=${watch}`])).toMatchObject({ exitCode: 2 })
  })
})
