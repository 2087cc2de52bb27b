/** The text of a file of a draw. Throws on bytes that are not UTF-8, which no file of this service has. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
