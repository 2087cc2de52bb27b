/** Content-addressed bytes. */
export interface Blobs {
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string>
  /** For content that comes about beside other content. Each open upload holds a chunk (255 KiB), twice while it is being stored. */
  begin(): BlobUpload
  /** From a byte on; what lies before is not read. */
  get(digest: string, fromByte?: number): AsyncIterable<Uint8Array>
  bytes(digest: string): Promise<Uint8Array>
}

/** Content on its way into the store; until it is finished it lies under no digest. */
export interface BlobUpload {
  /** Resolves when there is room for more. */
  write(chunk: Uint8Array): Promise<void>
  /** The digest. */
  finish(): Promise<string>
  /** Forgets what was written. */
  abort(): Promise<void>
}

/** Encrypts what may not lie open in the store (SEC-04), under a key outside it. `purpose` is bound to the bytes. */
export interface Sealer {
  seal(bytes: Uint8Array, purpose: string): Uint8Array
  /** Throws when the bytes or the purpose are not those sealed. */
  open(sealed: Uint8Array, purpose: string): Uint8Array
}
