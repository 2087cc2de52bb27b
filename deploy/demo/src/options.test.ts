import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

describe('readOptions', () => {
  it('runs through without a pause unless somebody wants to watch', () => {
    expect(readOptions([])).toMatchObject({ objects: 20_000, watchSeconds: 0, keep: false })
    expect(readOptions(['--watch', '900', '--objects', '400'])).toMatchObject({ objects: 400, watchSeconds: 900 })
  })

  it('runs the federated draw with fewer objects into a folder of its own, and neither stops nor stays', () => {
    expect(readOptions([])).toMatchObject({ federated: false, out: 'out/demo' })
    expect(readOptions(['--federated'])).toMatchObject({ federated: true, objects: 1000, out: 'out/federated' })
    expect(readOptions(['--federated', '--objects', '400', '--out', 'x'])).toMatchObject({ objects: 400, out: 'x' })
    for (const more of [['--keep'], ['--watch', '1']]) expect(readOptions(['--federated', ...more])).toMatchObject({ exitCode: 2 })
  })

  it.each(['901', '-1', 'a', '1.5'])('refuses to wait %s seconds', (watch) => {
    expect(readOptions([`--watch=${watch}`])).toMatchObject({ exitCode: 2 })
  })
})
