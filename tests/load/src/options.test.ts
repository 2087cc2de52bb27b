import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

describe('readOptions', () => {
  it('runs the short benches by default, or those that are named', () => {
    expect(readOptions([])).toMatchObject({ names: ['import', 'events', 'draw'], options: { rows: 100_000, labels: 5_000_000 } })
    expect(readOptions(['idle', 'demo', '--objects', '400'])).toMatchObject({ names: ['idle', 'demo'], options: { objects: 400 } })
  })

  it('PLN-18 reports on a plan over a million objects, the other benches on a hundred thousand rows, unless they are told how many', () => {
    expect(readOptions(['planning'])).toMatchObject({ options: { rows: 100_000, pool: 1_000_000 } })
    expect(readOptions(['planning', '--rows', '5000'])).toMatchObject({ options: { rows: 5000, pool: 5000 } })
    expect(readOptions(['planning', '--rows', '1000000'])).toMatchObject({ options: { pool: 1_000_000 } })
    expect(readOptions(['planning', '--rows', '1000001'])).toMatchObject({ exitCode: 2 })
  })

  it('refuses a size out of bounds and a name it does not know', () => {
    expect(readOptions(['--rate', '2000'])).toMatchObject({ options: { rate: 2000 } })
    expect(readOptions(['--rate', '2001'])).toMatchObject({ exitCode: 2 })
    expect(readOptions(['--rows', '99'])).toMatchObject({ exitCode: 2 })
    expect(readOptions(['--files', '1'])).toMatchObject({ options: { files: 1 } })
    expect(readOptions(['--files', '10'])).toMatchObject({ exitCode: 2 })
    expect(readOptions(['--minutes', '60'])).toMatchObject({ options: { minutes: 60 } })
    expect(readOptions(['--minutes', '61'])).toMatchObject({ exitCode: 2 })
    expect(readOptions(['speed'])).toMatchObject({ exitCode: 2 })
  })

  it('lists the figures', () => {
    expect(readOptions(['--list'])).toMatchObject({ exitCode: 0 })
  })
})
