import { addressOf, type FramedRequest, type Framing, type Readdressing } from './framing.ts'

/** Requests by api key (https://kafka.apache.org/protocol#protocol_api_keys); others are called `api-<key>`. */
const kinds: Readonly<Record<number, string>> = {
  0: 'produce',
  1: 'fetch',
  2: 'list-offsets',
  3: 'metadata',
  8: 'offset-commit',
  9: 'offset-fetch',
  10: 'find-coordinator',
  11: 'join-group',
  12: 'heartbeat',
  13: 'leave-group',
  14: 'sync-group',
  18: 'api-versions',
  19: 'create-topics',
  20: 'delete-topics',
  22: 'init-producer-id',
  24: 'add-partitions-to-txn',
  26: 'end-txn',
  60: 'describe-cluster',
}

/** From which version on a reply that names brokers is in the flexible encoding. */
const flexibleFrom: Readonly<Record<string, number>> = { metadata: 9, 'find-coordinator': 3, 'describe-cluster': 0 }

/** Kafka: u32 length, then api key, version and correlation id of a request, correlation id of a reply. */
export const kafkaFraming: Framing = {
  frameLength: (bytes) => (bytes.length < 4 ? undefined : 4 + bytes.readUInt32BE(0)),
  request: (frame) => {
    const key = frame.readInt16BE(4)
    const kind = kinds[key] ?? `api-${key}`
    const version = frame.readInt16BE(6)
    return { id: frame.readInt32BE(8), kind, version, answered: kind !== 'produce' || acksOf(frame, version) !== 0, frame }
  },
  answers: (reply) => reply.readInt32BE(4),
  readdress: (reply, { kind, version }, addresses) => {
    const from = flexibleFrom[kind]
    return from === undefined ? reply : readdressed(reply, version >= from, addresses)
  },
}

/** What a produce request asks to be acknowledged by; of the flexible versions all clients here ask for everything. */
function acksOf(frame: Buffer, version: number): number {
  if (version >= 9) return -1
  const afterClient = skipString(frame, 12)
  return frame.readInt16BE(version >= 3 ? skipString(frame, afterClient) : afterClient)
}

const skipString = (frame: Buffer, at: number): number => at + 2 + Math.max(0, frame.readInt16BE(at))

/**
 * Whether a metadata request lets the broker create the topics it names. Versions below 4 cannot refuse it; after 4 the flag stands
 * before those of the authorised operations and the tagged fields.
 */
export function asksToCreateTopics({ kind, version, frame }: FramedRequest): boolean {
  if (kind !== 'metadata') return false
  if (version < 4) return true
  const behind = version < 8 ? 0 : version === 8 ? 2 : version < 11 ? 3 : 2
  return frame.readUInt8(frame.length - 1 - behind) !== 0
}

/** An address is a string and an int32 behind it in either encoding, so that no reply need be read as a whole. */
function readdressed(reply: Buffer, flexible: boolean, addresses: Readdressing): Buffer {
  const parts = [...addresses].map(([from, to]) => ({ from: encoded(from, flexible), to: encoded(to, flexible) }))
  const pieces: Buffer[] = []
  let start = 0
  for (let at = 4; at < reply.length; at++) {
    const part = parts.find(({ from }) => reply.compare(from, 0, from.length, at, Math.min(at + from.length, reply.length)) === 0)
    if (part === undefined) continue
    pieces.push(reply.subarray(start, at), part.to)
    start = at + part.from.length
    at = start - 1
  }
  const whole = Buffer.concat([...pieces, reply.subarray(start)])
  whole.writeUInt32BE(whole.length - 4, 0)
  return whole
}

function encoded(address: string, flexible: boolean): Buffer {
  const { hostname, port } = addressOf(address)
  const host = Buffer.from(hostname)
  const bytes = Buffer.alloc((flexible ? 1 : 2) + host.length + 4)
  if (flexible) bytes.writeUInt8(host.length + 1, 0)
  else bytes.writeInt16BE(host.length, 0)
  host.copy(bytes, flexible ? 1 : 2)
  bytes.writeInt32BE(port, bytes.length - 4)
  return bytes
}
