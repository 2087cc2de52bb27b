import { searchLabelIndex } from './label-index.ts'
import type { Blobs, FrozenDraw, Sealer } from './ports.ts'

/** The files of a draw that only the auditor and the superior may read (rules 2 and 3). */
export const privateDrawFiles = ['objects', 'exclusions', 'repeats'] as const
export type PrivateDrawFile = (typeof privateDrawFiles)[number]

const purposeOf = (drawId: string, file: string): string => `draw-file ${drawId} ${file}`

export const sealDrawFile = async (
  blobs: Blobs,
  sealer: Sealer,
  drawId: string,
  file: PrivateDrawFile | 'index',
  content: Uint8Array,
): Promise<string> => blobs.put(sealer.seal(content, purposeOf(drawId, file)))

export const openDrawFile = async (
  blobs: Blobs,
  sealer: Sealer,
  { id, files }: FrozenDraw,
  file: PrivateDrawFile | 'index',
): Promise<Uint8Array> => sealer.open(await blobs.bytes(files[file]), purposeOf(id, file))

/** Finds the object id behind a label of a draw. */
export async function labelSearch(blobs: Blobs, sealer: Sealer, draw: FrozenDraw): Promise<(label: string) => string | undefined> {
  const index = await openDrawFile(blobs, sealer, draw, 'index')
  return (label) => searchLabelIndex(index, label)
}
