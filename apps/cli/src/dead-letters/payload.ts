import { contractOf } from '@dual-random/contracts'
import { toAppError } from '@dual-random/errors'
import { decodePayload, fromRecord, type TransportRecord } from '@dual-random/messaging'

/** What can be shown of a record's value. */
export type Payload =
  /** As its contract reads it. */
  | { readonly kind: 'message'; readonly message: unknown }
  /** JSON, but not what a contract of this build says. */
  | { readonly kind: 'json'; readonly json: unknown; readonly problem: string }
  | { readonly kind: 'bytes'; readonly bytes: number; readonly head: string; readonly problem: string }

const headBytes = 256

export function payloadOf(record: TransportRecord): Payload {
  const read = fromRecord(record)
  if (!read.ok) return undecoded(record.value, read.error.message)
  const contract = contractOf(read.value.type)
  if (contract === undefined) return undecoded(record.value, `no contract for ${read.value.type}`)
  try {
    return { kind: 'message', message: contract.message.toJSON(decodePayload(contract, read.value)) }
  } catch (thrown) {
    return undecoded(record.value, toAppError(thrown).message)
  }
}

function undecoded(value: Uint8Array, problem: string): Payload {
  try {
    return { kind: 'json', json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value)) as unknown, problem }
  } catch {
    return { kind: 'bytes', bytes: value.length, head: Buffer.from(value.subarray(0, headBytes)).toString('hex'), problem }
  }
}
