import type { Commitment, ObjectOpening, Transcript } from '@dual-random/draw'
import { type FileFault, type NamedFile, readJsonFile } from '@dual-random/draw/forms'
import { err, ok, type Result } from '@dual-random/kernel'
import { commitmentShape, openingShape, transcriptFileShape } from './bundle-shapes.ts'
import type { Difference } from './difference.ts'

const named = <T>({ name }: NamedFile, read: Result<T, FileFault>): Result<T, Difference> =>
  read.ok ? read : err({ file: name, ...read.error })

// Files read by their form alone, nothing recomputed: for whoever only shows them.

export function readTranscript(file: NamedFile): Result<Transcript, Difference> {
  const read = named(file, readJsonFile<{ readonly transcript: Transcript }>(file, transcriptFileShape))
  return read.ok ? ok(read.value.transcript) : read
}

export const readCommitment = (file: NamedFile): Result<Commitment, Difference> =>
  named(file, readJsonFile<Commitment>(file, commitmentShape))

export const readOpening = (file: NamedFile): Result<ObjectOpening, Difference> =>
  named(file, readJsonFile<ObjectOpening>(file, openingShape))
