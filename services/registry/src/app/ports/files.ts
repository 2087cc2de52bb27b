/** Content-addressed bytes. */
export interface Blobs {
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string>
  /** From a byte on; what lies before is not read. */
  get(digest: string, fromByte?: number): AsyncIterable<Uint8Array>
  bytes(digest: string): Promise<Uint8Array>
}

/** Encrypts what may not lie open in the store (SEC-04), under a key outside it. `purpose` is bound to the bytes. */
export interface Sealer {
  seal(bytes: Uint8Array, purpose: string): Uint8Array
  /** Throws when the bytes or the purpose are not those sealed. */
  open(sealed: Uint8Array, purpose: string): Uint8Array
}

/** A read of something sensitive (SEC-04): who, what, how much. */
export interface SensitiveRead {
  readonly what:
    | 'openings'
    | 'match-inputs'
    | 'draw-key'
    | 'draw-wrapped-key'
    | 'draw-file'
    | 'plan-candidates'
    | 'recusal-scope'
    | 'inspector-export'
  readonly id: string
  readonly count: number
  readonly subject: string
  readonly unitId: string
  readonly traceId: string
}

export type LogSensitiveRead = (read: SensitiveRead) => void
