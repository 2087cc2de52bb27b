import { describe, expect, it } from 'vitest'
import { foreignHosts } from './loopback.ts'

describe('foreignHosts', () => {
  it('finds nothing on this machine', () => {
    expect(foreignHosts('127.0.0.1:9092,localhost:9093', 'mongodb://user:secret@localhost:27017/?directConnection=true')).toEqual([])
    expect(foreignHosts('[::1]:9092', 'mongodb://127.0.0.1')).toEqual([])
  })

  it('finds every other host', () => {
    expect(foreignHosts('127.0.0.1:9092,broker.example:9092', 'mongodb://localhost,store.example:27017/db')).toEqual([
      'broker.example',
      'store.example',
    ])
    expect(foreignHosts('localhost.example:9092', 'mongodb+srv://localhost@cluster.example')).toEqual([
      'localhost.example',
      'cluster.example',
    ])
  })
})
