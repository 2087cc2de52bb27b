import { createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { askBroker, readMetadataReply } from './kafka-probe.ts'

const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)])
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** A Metadata v2 reply as the protocol guide of Kafka lays it out, with one broker without a rack. */
function metadataReply(clusterId: string): Buffer {
  const broker = Buffer.concat([int32(1), text('127.0.0.1'), int32(20001), Buffer.from([0xff, 0xff])])
  const body = Buffer.concat([int32(1), int32(1), broker, text(clusterId), int32(1), int32(0)])
  return Buffer.concat([int32(body.length), body])
}

async function answersTo(onConnection: (socket: Socket) => void): Promise<Awaited<ReturnType<typeof askBroker>>> {
  const server = createServer(onConnection)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    return await askBroker('127.0.0.1', port, 300)
  } finally {
    server.close()
  }
}

describe('readMetadataReply', () => {
  it('waits for the whole reply', () => {
    const reply = metadataReply('cluster-a')
    expect(readMetadataReply(reply)).toEqual({ brokers: 1, clusterId: 'cluster-a' })
    expect(readMetadataReply(reply.subarray(0, reply.length - 1))).toBeUndefined()
    expect(readMetadataReply(reply.subarray(0, 3))).toBeUndefined()
  })
})

describe('askBroker', () => {
  it('reads a reply that comes in pieces', async () => {
    const reply = metadataReply('cluster-a')
    const answer = await answersTo((socket) => {
      socket.write(reply.subarray(0, 9))
      socket.once('data', () => socket.write(reply.subarray(9)))
    })
    expect(answer).toEqual({ brokers: 1, clusterId: 'cluster-a' })
  })

  it('is not fooled by a server that speaks something else, says nothing or hangs up', async () => {
    expect(await answersTo((socket) => socket.end(Buffer.from('\0\0\0\x0cHTTP/1.1 400')))).toBeUndefined()
    expect(await answersTo(() => undefined)).toBeUndefined()
    expect(await answersTo((socket) => socket.destroy())).toBeUndefined()
  })
})
