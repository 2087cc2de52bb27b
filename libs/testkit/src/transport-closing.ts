import { describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { keysOf, type TransportBench, textRecord } from './transport-bench.ts'

/** Closing in the middle of everything. */
export function closingBehaviour(benchOf: () => TransportBench): void {
  describe('closing', () => {
    it('settles what is being published, has what it acknowledged on the topic, and refuses from then on', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      await transport.publish([textRecord(topic, 'first')])
      proxy.delay(30)
      const acknowledged: string[] = []
      const settled = Promise.all(
        keysOf(60).map((key) =>
          transport.publish([textRecord(topic, key)]).then(
            () => acknowledged.push(key),
            () => undefined,
          ),
        ),
      )
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(0))
      await Promise.all([transport.close(), transport.close()])
      await settled
      await transport.close()
      const onTopic = new Set((await bench.log(topic)).map(({ key }) => key))
      expect(acknowledged.filter((key) => !onTopic.has(key))).toEqual([])
      await expect(transport.publish([textRecord(topic, 'late')])).rejects.toThrow(Error)
      await expect(bench.join({ group: 'late', topics: [topic], transport })).rejects.toThrow(Error)
    })

    it('tells the batches in hand to stop, waits for them, and commits nothing of what they left', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const transport = bench.transport()
      await transport.publish(keysOf(3).map((key) => textRecord(topic, key)))
      const steps: string[] = []
      const member = await bench.join({
        group: 'closing',
        topics: [topic],
        transport,
        before: async ({ isStale }) => {
          steps.push('begun')
          await eventually(() => expect(isStale()).toBe(true))
          steps.push('told')
        },
      })
      await eventually(() => expect(steps).toEqual(['begun']))
      const ends = [transport.close(), member.stop(), transport.close(), member.stop()]
      await Promise.all(ends.map((end) => end.then(() => steps.push('over'))))
      expect(steps).toEqual(['begun', 'told', 'over', 'over', 'over', 'over'])
      expect(await bench.committed('closing', topic)).toEqual([-1])
      expect(await bench.members('closing')).toBe(0)

      const heir = await bench.join({ group: 'closing', topics: [topic] })
      await eventually(() => expect(heir.keys).toEqual(keysOf(3)))
    })

    it('handles nothing more once stopped', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const transport = bench.transport()
      const member = await bench.join({ group: 'stopped', topics: [topic], transport })
      await transport.publish([textRecord(topic, 'early')])
      await eventually(() => expect(member.keys).toEqual(['early']))
      await member.stop()
      await transport.publish([textRecord(topic, 'late')])
      const heir = await bench.join({ group: 'stopped', topics: [topic] })
      await eventually(() => expect(heir.keys).toEqual(['late']))
      expect(member.keys).toEqual(['early'])
    })

    it('leaves no member behind that was about to join', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const transport = bench.transport()
      const joining = bench.join({ group: 'joining', topics: [topic], transport }).catch(() => undefined)
      await transport.close()
      await joining
      expect(await bench.members('joining')).toBe(0)
    })

    it('ends a reading of a topic, when asked to and when it closes, although the broker answers nothing any more', async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      await bench.transport().publish([textRecord(topic, 'k')])
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      const asked = new AbortController()
      const reading = (signal?: AbortSignal): Promise<string> => {
        const options = { topic, keys: new Set(['k']), each: async () => undefined, ...(signal === undefined ? {} : { signal }) }
        return transport.reread(options).then(
          () => 'read',
          () => 'ended',
        )
      }
      expect(await reading(asked.signal)).toBe('read')
      proxy.freeze()
      const readings = [reading(asked.signal), reading()] as const
      asked.abort()
      expect(await readings[0]).toBe('ended')
      await transport.close()
      expect(await readings[1]).toBe('ended')
    })

    it('ends although the broker answers nothing any more', { timeout: 20_000 }, async () => {
      const bench = benchOf()
      const topic = await bench.topic()
      const proxy = await bench.proxy()
      const transport = bench.transport(proxy)
      await bench.join({ group: 'silent', topics: [topic], transport })
      await transport.publish([textRecord(topic, 'before')])
      proxy.freeze()
      const sending = transport.publish([textRecord(topic, 'unheard')]).then(
        () => 'acknowledged',
        () => 'rejected',
      )
      await transport.close()
      expect(await sending).toBe('rejected')
    })
  })
}
