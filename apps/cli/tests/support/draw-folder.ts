import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { NamedFile } from '@dual-random/draw/forms'

type Part = 'transcript' | 'commitment' | 'roster' | 'openings' | 'log' | 'checkpoints'

/** The public files of a draw in a folder of their own, as they are fetched; the path of the transcript. */
export function drawFolder(
  files: Partial<Readonly<Record<Part, NamedFile>>> & { readonly transcript: NamedFile },
  parts: readonly Part[] = ['transcript', 'commitment', 'roster', 'openings', 'log', 'checkpoints'],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'draw-files-'))
  for (const { name, bytes } of parts.flatMap((part) => files[part] ?? [])) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return join(folder, files.transcript.name)
}
