import { type MessageCodec, missingFields } from '@dual-random/contracts'
import { invalidRequest, violation } from '@dual-random/errors'
import type { MethodShape } from './method-shape.ts'

const codecs = new WeakMap<MethodShape, MessageCodec<object>>()

/** What `missingFields` needs of a codec, from a method definition: decoding no bytes gives the message's defaults. */
function codecOf(method: MethodShape): MessageCodec<object> {
  let codec = codecs.get(method)
  if (codec === undefined) {
    const defaults = method.requestDeserialize(Buffer.alloc(0))
    codec = { fromPartial: () => defaults } as Partial<MessageCodec<object>> as MessageCodec<object>
    codecs.set(method, codec)
  }
  return codec
}

/** Throws `invalid` with a violation per field that is missing, or whose enum value this build does not know. */
export function requireComplete(method: MethodShape, request: object, optional: readonly string[]): void {
  const missing = missingFields(codecOf(method), request, optional as never)
  if (missing.length === 0) return
  throw invalidRequest(
    missing.map((pointer) =>
      valueAt(request, pointer) === 'UNRECOGNIZED'
        ? violation(pointer, 'unknown-value', { value: 'UNRECOGNIZED' })
        : violation(pointer, 'missing-field'),
    ),
  )
}

const valueAt = (message: object, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], message)
