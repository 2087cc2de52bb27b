import { cutReplyBehaviour, publishThroughCuts, transportBench } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { KafkajsTransport } from '../src/index.ts'
import { plantedTransport } from './support/planted-transport.ts'

cutReplyBehaviour('kafkajs', (address) => new KafkajsTransport(address))

describe('a producer that gives up and is kept', () => {
  it('is caught: it calls a record written that the topic never gets', async () => {
    await using bench = await transportBench(plantedTransport)
    // One more than it retries.
    const { cuts, acknowledged, absent } = await publishThroughCuts(bench, 6)
    expect(cuts.done).toBe(6)
    expect(absent).toHaveLength(1)
    expect(acknowledged).toHaveLength(8)
  })
})
