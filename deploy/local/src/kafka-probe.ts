import { connect } from 'node:net'

const metadataKey = 3
const metadataVersion = 2

/** A Metadata request (version 2) that names no topic: the smallest question whose answer carries the cluster id. */
function metadataRequest(): Buffer {
  const body = Buffer.alloc(2 + 2 + 4 + 2 + 4)
  body.writeInt16BE(metadataKey, 0)
  body.writeInt16BE(metadataVersion, 2)
  body.writeInt32BE(1, 4) // correlation id
  body.writeInt16BE(-1, 8) // client id: null
  body.writeInt32BE(0, 10) // no topics
  const size = Buffer.alloc(4)
  size.writeInt32BE(body.length)
  return Buffer.concat([size, body])
}

export type BrokerAnswer = { readonly brokers: number; readonly clusterId: string }

/** Reads a whole Metadata v2 reply, its size field included; undefined when more bytes are to come. */
export function readMetadataReply(reply: Buffer): BrokerAnswer | undefined {
  if (reply.length < 4 || reply.length < 4 + reply.readInt32BE(0)) return undefined
  let at = 8
  const int16 = () => reply.readInt16BE((at += 2) - 2)
  const int32 = () => reply.readInt32BE((at += 4) - 4)
  const text = () => {
    const length = Math.max(0, int16())
    return reply.toString('utf8', at, (at += length))
  }
  const brokers = int32()
  for (let index = 0; index < brokers; index += 1) {
    int32() // node id
    text() // host
    int32() // port
    text() // rack
  }
  return { brokers, clusterId: text() }
}

/** What a broker at the address says of its cluster; undefined when none answers within `timeoutMs` or the answer is no Kafka reply. */
export function askBroker(host: string, port: number, timeoutMs = 1000): Promise<BrokerAnswer | undefined> {
  return new Promise((resolve) => {
    let reply = Buffer.alloc(0)
    const socket = connect({ host, port })
    const finish = (answer: BrokerAnswer | undefined) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(timeoutMs, () => finish(undefined))
    socket.once('error', () => finish(undefined))
    socket.once('close', () => finish(undefined))
    socket.once('connect', () => socket.write(metadataRequest()))
    socket.on('data', (chunk) => {
      reply = Buffer.concat([reply, chunk])
      try {
        const answer = readMetadataReply(reply)
        if (answer !== undefined) finish(answer)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        finish(undefined)
      }
    })
  })
}
