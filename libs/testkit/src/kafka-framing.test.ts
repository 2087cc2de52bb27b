import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { frameSplitter } from './framing.ts'
import { asksToCreateTopics, kafkaFraming } from './kafka-framing.ts'

// kafkajs is the second implementation of the protocol here.
const kafkajs = createRequire(import.meta.url)
const createRequest = kafkajs('kafkajs/src/protocol/request') as (options: object) => Promise<{ readonly buffer: Buffer }>
const { lookup, requests } = {
  lookup: kafkajs('kafkajs/src/protocol/requests').lookup as (versions: object) => (key: number, definition: object) => unknown,
  requests: kafkajs('kafkajs/src/protocol/requests').requests as Readonly<Record<string, object>>,
}

interface Protocol {
  readonly request: object
  readonly response: { decode(payload: Buffer): Promise<unknown> }
}

const apiKeys: Readonly<Record<string, number>> = { Produce: 0, Metadata: 3, OffsetCommit: 8, GroupCoordinator: 10 }

function protocolOf(api: string, version: number, options: object): Protocol {
  const key = apiKeys[api] ?? -1
  const make = lookup({ [key]: { minVersion: version, maxVersion: version } })(key, requests[api] ?? {}) as (options: object) => Protocol
  return make(options)
}

async function frameOf(api: string, version: number, options: object): Promise<Buffer> {
  const { request } = protocolOf(api, version, options)
  return (await createRequest({ request, correlationId: 77, clientId: 'client' })).buffer
}

const produce = (acks: number): object => ({ acks, timeout: 1, topicData: [] })
const metadata = (allowAutoTopicCreation: boolean): object => ({ topics: ['t'], allowAutoTopicCreation })

describe('the framing of Kafka', () => {
  it('knows a request by its api key and its correlation id', async () => {
    const frame = await frameOf('OffsetCommit', 5, { groupId: 'g', groupGenerationId: 1, memberId: 'm', topics: [] })
    expect(kafkaFraming.frameLength(frame)).toBe(frame.length)
    expect(kafkaFraming.request(frame)).toMatchObject({ id: 77, kind: 'offset-commit', version: 5, answered: true })
    expect(kafkaFraming.frameLength(frame.subarray(0, 3))).toBeUndefined()
  })

  it.each([3, 7])('expects no reply to a produce request of version %i without acknowledgement', async (version) => {
    expect(kafkaFraming.request(await frameOf('Produce', version, produce(-1)))).toMatchObject({ kind: 'produce', answered: true })
    expect(kafkaFraming.request(await frameOf('Produce', version, produce(1)))).toMatchObject({ answered: true })
    expect(kafkaFraming.request(await frameOf('Produce', version, produce(0)))).toMatchObject({ answered: false })
  })

  it.each([4, 5, 6])('sees in a metadata request of version %i whether topics may be created', async (version) => {
    expect(asksToCreateTopics(kafkaFraming.request(await frameOf('Metadata', version, metadata(true))))).toBe(true)
    expect(asksToCreateTopics(kafkaFraming.request(await frameOf('Metadata', version, metadata(false))))).toBe(false)
  })

  it('sees it in the flexible versions too, where flags and tagged fields follow', () => {
    const body = (version: number, ...rest: number[]): Buffer =>
      Buffer.from([0, 0, 0, 14 + rest.length, 0, 3, 0, version, 0, 0, 0, 9, 0xff, 0xff, ...rest])
    const asks = (version: number, ...rest: number[]): boolean => asksToCreateTopics(kafkaFraming.request(body(version, ...rest)))
    expect([asks(8, 0, 1, 0, 0), asks(8, 0, 0, 1, 1)]).toEqual([true, false])
    expect([asks(9, 0, 1, 0, 0, 0), asks(9, 0, 0, 1, 1, 0)]).toEqual([true, false])
    expect([asks(12, 0, 1, 0, 0), asks(12, 0, 0, 1, 0)]).toEqual([true, false])
  })

  it('exchanges the addresses in a reply that names brokers', async () => {
    const reply = coordinatorReply('127.0.0.1', 9092)
    const request = kafkaFraming.request(await frameOf('GroupCoordinator', 1, { coordinatorKey: 'g', coordinatorType: 0 }))
    const addresses = new Map([['127.0.0.1:9092', 'localhost.test:40000']])
    const readdressed = kafkaFraming.readdress(reply, request, addresses)
    expect(kafkaFraming.frameLength(readdressed)).toBe(readdressed.length)
    const { response } = protocolOf('GroupCoordinator', 1, { coordinatorKey: 'g', coordinatorType: 0 })
    expect(await response.decode(readdressed.subarray(8))).toMatchObject({
      coordinator: { nodeId: 1, host: 'localhost.test', port: 40_000 },
    })
    expect(kafkaFraming.readdress(reply, request, new Map([['127.0.0.1:9093', 'localhost.test:40000']]))).toEqual(reply)
  })

  it('exchanges them in the flexible encoding, and leaves other replies alone', () => {
    const compact = Buffer.concat([Buffer.from([0, 0, 0, 18, 0, 0, 0, 9, 10]), Buffer.from('127.0.0.1'), Buffer.from([0, 0, 0x23, 0x84])])
    const request = { id: 9, kind: 'metadata', version: 12, answered: true, frame: Buffer.alloc(0) }
    const addresses = new Map([['127.0.0.1:9092', '127.0.0.1:9093']])
    expect(kafkaFraming.readdress(compact, request, addresses).subarray(-2)).toEqual(Buffer.from([0x23, 0x85]))
    expect(kafkaFraming.readdress(compact, { ...request, version: 8 }, addresses)).toEqual(compact)
    expect(kafkaFraming.readdress(compact, { ...request, kind: 'fetch' }, addresses)).toEqual(compact)
  })
})

describe('frameSplitter', () => {
  it('gives whole frames, however the stream is cut', async () => {
    const frames = [await frameOf('Metadata', 6, metadata(true)), await frameOf('Produce', 7, produce(-1)), coordinatorReply('a', 1)]
    const stream = Buffer.concat(frames)
    for (let size = 1; size <= stream.length; size++) {
      const split = frameSplitter(kafkaFraming)
      const got: Buffer[] = []
      for (let at = 0; at < stream.length; at += size) got.push(...split(stream.subarray(at, at + size)))
      expect(got).toEqual(frames)
    }
  })
})

/** FindCoordinator, version 1. */
function coordinatorReply(host: string, port: number): Buffer {
  const body = Buffer.alloc(4 + 2 + 2 + 4 + 2 + host.length + 4)
  body.writeInt16BE(-1, 6)
  body.writeInt32BE(1, 8)
  body.writeInt16BE(host.length, 12)
  body.write(host, 14)
  body.writeInt32BE(port, 14 + host.length)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(4 + body.length, 0)
  head.writeInt32BE(77, 4)
  return Buffer.concat([head, body])
}
