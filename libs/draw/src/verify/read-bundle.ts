import { err, ok, type Result } from '@dual-random/kernel'
import type { Commitment } from '../commitment.ts'
import type { ObjectOpening } from '../openings.ts'
import type { Transcript } from '../transcript.ts'
import { commitmentShape, openingShape, transcriptFileShape } from './bundle-shapes.ts'
import type { Difference, Located } from './difference.ts'
import { type NamedFile, readJsonFile } from './read-file.ts'

const named = <T>({ name }: NamedFile, read: Result<T, Located>): Result<T, Difference> =>
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
