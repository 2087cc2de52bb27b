export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface BundleFiles {
  readonly transcript: NamedFile
  readonly commitment: NamedFile
  readonly roster: NamedFile
  readonly openings?: NamedFile | undefined
  readonly log?: NamedFile | undefined
  readonly checkpoints?: NamedFile | undefined
  readonly keys?: NamedFile | undefined
  readonly opening?: NamedFile | undefined
  /** Keys files of the other cities, where several draw together. */
  readonly jointKeys?: readonly NamedFile[] | undefined
  /** The bytes of a file beside these by its name, for a redraw and for a draw of several cities. */
  readonly family?: ((name: string) => Uint8Array | undefined) | undefined
}

/** The first difference: in which file, at which line or JSON pointer. */
export class Difference extends Error {
  readonly file: string
  readonly where: string
}

/** What keeps the verifier from judging at all. */
export class Refusal extends Error {}

/** Ed25519 as the protocol asks (§8); key and signature in hex. */
export function verifySignature(publicKey: string, message: Uint8Array, signature: string): boolean

export interface Verdict {
  readonly status: 'MATCH' | 'PENDING' | `FAILED (${string})`
  readonly missing: readonly string[]
  readonly lines: readonly string[]
}

export function verifyBundle(files: BundleFiles, options?: { readonly demo?: boolean }): Promise<Verdict>

export function main(
  args: readonly string[],
  print?: { readonly log: (line: string) => unknown; readonly error: (line: string) => unknown },
): Promise<number>
