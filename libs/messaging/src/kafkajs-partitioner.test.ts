import { Partitioners, type PartitionMetadata } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { keyPartitioner } from './kafkajs-partitioner.ts'

const partitions = (count: number): PartitionMetadata[] =>
  Array.from({ length: count }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 1,
    replicas: [1],
    isr: [1],
  }))

describe('the key partitioner', () => {
  it('P11 places every key as kafkajs does, in runs and mixed, as the partitions grow and for each topic', () => {
    const own = keyPartitioner()
    const kafkajs = Partitioners.DefaultPartitioner()
    const [six, twelve] = [partitions(6), partitions(12)]
    const keys = ['a', 'a', 'b', 'a', 'objekt-企业', 'objekt-企业', '', '']
    const places = [
      ...keys.map((key) => ({ topic: 't', partitionMetadata: six, message: { key, value: null } })),
      ...keys.toReversed().map((key) => ({ topic: 't', partitionMetadata: twelve, message: { key, value: null } })),
      ...keys.map((key) => ({ topic: 'u', partitionMetadata: six, message: { key, value: null } })),
    ]
    expect(places.map(own)).toEqual(places.map(kafkajs))
  })
})
