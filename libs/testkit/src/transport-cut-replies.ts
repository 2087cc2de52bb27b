import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { InboxOrder } from './inbox-order.ts'
import type { ReplyCuts } from './reply-cutting-proxy.ts'
import { keysOf, type TransportBench, textOf, textRecord, transportBench } from './transport-bench.ts'
import type { OpenTransport } from './transport-shape.ts'

/** How many replies one after the other are cut. */
export const cutCounts: readonly number[] = Array.from({ length: 12 }, (_, index) => index + 1)

export interface PublishedThroughCuts {
  readonly cuts: ReplyCuts
  /** Values of the records whose publishing was acknowledged at the first try. */
  readonly acknowledged: readonly string[]
  /** Those of them that are not on the topic. */
  readonly absent: readonly string[]
  /** The topic, in order. */
  readonly log: readonly string[]
}

/** Publishes equal records, one by one and each once, while so many answers of the broker are lost; then reads the topic. */
export async function publishThroughCuts(bench: TransportBench, count: number): Promise<PublishedThroughCuts> {
  const topic = await bench.topic()
  const proxy = await bench.proxy()
  const transport = bench.transport(proxy)
  const acknowledged: string[] = []
  const publish = (value: string): Promise<unknown> =>
    transport.publish([textRecord(topic, 'k', value)]).then(
      () => acknowledged.push(value),
      () => undefined,
    )
  await publish('m1')
  const cuts = proxy.cutReplies('produce', count)
  for (let round = 2; round <= 9; round++) await publish(`m${round}`)
  const log = (await bench.log(topic)).map(textOf)
  return { cuts, acknowledged, absent: acknowledged.filter((value) => !log.includes(value)), log }
}

/** That no transport calls written or committed what is not, however many answers in a row are lost. */
export function cutReplyBehaviour(name: string, open: OpenTransport): void {
  describe.concurrent(`${name} while answers are lost`, () => {
    let bench: TransportBench
    beforeAll(async () => {
      bench = await transportBench(open)
    })
    afterAll(() => bench?.[Symbol.asyncDispose]())

    it('P1 calls nothing written that is not on the topic, for 1 to 12 lost answers', async () => {
      const found = await Promise.all(cutCounts.map((count) => publishThroughCuts(bench, count)))
      expect(found.map(({ cuts }) => cuts.done)).toEqual(cutCounts)
      expect(found.flatMap(({ absent }) => absent)).toEqual([])
      expect(found.map(({ acknowledged }) => acknowledged.length)).toEqual(cutCounts.map(() => 9))
    })

    it('P1 calls nothing consumed that the group would not find again, for 1 to 12 lost answers to a commit', async () => {
      const keys = keysOf(5)
      const throughCuts = async (count: number) => {
        const topic = await bench.topic()
        const group = `commits-${count}`
        const proxy = await bench.proxy()
        const transport = bench.transport()
        const order = new InboxOrder()
        const send = (seq: number) => transport.publish(keys.map((key) => textRecord(topic, key, String(seq))))
        // Before the member joins: no later commit makes up for one that was given up.
        for (let seq = 1; seq <= 4; seq++) await send(seq)
        const cuts = proxy.cutReplies('offset-commit', count)
        const member = await bench.join({
          group,
          topics: [topic],
          transport: bench.transport(proxy),
          before: async ({ records }) => {
            for (const record of records) order.apply(record)
          },
        })
        await eventually(() => expect(cuts.done).toBe(count), { timeoutMs: 40_000 })
        await eventually(async () => expect(await bench.committed(group, topic)).toEqual([20]))
        await member.stop()
        const heir = await bench.join({ group, topics: [topic] })
        await send(5)
        await eventually(() => expect(heir.keys.length).toBeGreaterThanOrEqual(keys.length))
        return { applied: order.last(keys), gaps: order.gaps, heard: heir.records.map(textOf) }
      }
      const found = await Promise.all(cutCounts.map(throughCuts))
      expect(found.flatMap(({ gaps }) => gaps)).toEqual([])
      expect(found.flatMap(({ applied }) => applied).every((seq) => seq === 4)).toBe(true)
      expect(found.flatMap(({ heard }) => heard).every((seq) => seq === '5')).toBe(true)
    })
  })
}
