/** A request of a client as it stands on the wire. */
export interface FramedRequest {
  /** What the reply names. */
  readonly id: number
  /** What is asked for, by the protocol's own word. */
  readonly kind: string
  readonly version: number
  /** False where the server answers nothing. */
  readonly answered: boolean
  /** The whole request, its length included. */
  readonly frame: Buffer
}

/** `host:port` that a server tells its clients, and what they are to be told instead. */
export type Readdressing = ReadonlyMap<string, string>

/** How a protocol cuts its stream into requests and replies. */
export interface Framing {
  /** The length of the frame that begins the bytes; undefined while they are too few to tell. */
  frameLength(bytes: Buffer): number | undefined
  request(frame: Buffer): FramedRequest
  /** The id of the request that the reply answers. */
  answers(reply: Buffer): number
  /** The reply with the server's addresses exchanged, where a reply to that request names any. */
  readdress(reply: Buffer, request: FramedRequest, addresses: Readdressing): Buffer
}

/** Cuts chunks of a stream into whole frames. */
export function frameSplitter(framing: Framing): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  let missing = 0
  const kept: Buffer[] = []
  return (chunk) => {
    kept.push(chunk)
    missing -= chunk.length
    // A large frame comes in many chunks: they are put together once.
    if (missing > 0) return []
    rest = Buffer.concat([rest, ...kept.splice(0)])
    const frames: Buffer[] = []
    for (;;) {
      const length = framing.frameLength(rest)
      missing = length === undefined ? 0 : length - rest.length
      if (length === undefined || missing > 0) return frames
      frames.push(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
  }
}

/** The parts of `host:port`. */
export function addressOf(address: string): { readonly hostname: string; readonly port: number } {
  const colon = address.lastIndexOf(':')
  return { hostname: address.slice(0, colon), port: Number(address.slice(colon + 1)) }
}
