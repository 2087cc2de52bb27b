const width = 20

/** `[########------------] 40%`; nothing but an empty bar while the whole is not known. */
export function progressBar(done: number, whole: number): string {
  const share = whole > 0 ? Math.min(1, done / whole) : 0
  const filled = Math.floor(share * width)
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${Math.floor(share * 100)}%`
}
