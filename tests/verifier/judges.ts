import { ed25519Verify } from '@dual-random/beacon'
import { digest } from '@dual-random/kernel/hash'
import { type BundleFiles, type Missing, verifyBundle as verifyByLibrary } from '@dual-random/verify'
import type { DemoFiles, partNames } from '@dual-random/verify/testing'
import { keysFileWords, parseKeysFile } from '@dual-random/witness'
import { type BatchCase, type BatchVerdict, runPythonBatch } from './python.ts'
import { Difference, type NamedFile, Refusal, verifyBundle } from './verify.mjs'

/** The files of a bundle by their parts, as every verifier is given them. */
export type Parts = Partial<
  Record<'transcript' | 'commitment' | 'roster' | 'openings' | 'log' | 'checkpoints' | 'keys' | 'opening', string>
>

type PublicFiles = Pick<DemoFiles, 'transcript' | 'commitment' | 'roster' | 'openings' | 'log' | 'checkpoints' | 'keys'>

export const partsOf = (files: PublicFiles): Parts & Pick<DemoFiles, 'transcript' | 'commitment' | 'roster'> => {
  const { transcript, commitment, roster, openings, log, checkpoints, keys } = files
  return {
    transcript,
    commitment,
    roster,
    openings,
    log,
    ...(checkpoints === undefined ? {} : { checkpoints }),
    ...(keys === undefined ? {} : { keys }),
  }
}

type Names = ReturnType<typeof partNames>

/** Files of a redraw's family by their names. */
export type Family = Readonly<Record<string, string>>

/** What verify.mjs says of a bundle; the same members as verify_batch.py answers. */
export async function judgeInNode(
  names: Names,
  parts: Parts,
  demo: boolean,
  family: Family = {},
  jointKeys: Family = {},
): Promise<BatchVerdict> {
  const files = bytesOf(names, parts) as unknown as Parameters<typeof verifyBundle>[0]
  try {
    const { status, missing } = await verifyBundle({ ...files, family: bytesIn(family), jointKeys: filesOf(jointKeys) }, { demo })
    return { code: codeOf(status), missing }
  } catch (error) {
    if (error instanceof Difference) return { code: 1, place: `${error.file} ${error.where}`, said: error.message }
    if (error instanceof Refusal) return { code: 2, said: error.message }
    throw error
  }
}

const codeOf = (status: string): number => {
  if (status === 'MATCH') return 0
  return status === 'PENDING' ? 3 : 4
}

const bytesOf = (names: Names, parts: Parts): Readonly<Record<string, NamedFile>> =>
  Object.fromEntries(
    Object.entries(parts).map(([part, text]) => [part, { name: names[part as keyof Names], bytes: Buffer.from(text, 'utf8') }]),
  )

const filesOf = (texts: Family): readonly NamedFile[] =>
  Object.entries(texts).map(([name, text]) => ({ name, bytes: Buffer.from(text, 'utf8') }))

const missingNames = ({ log, checkpoints }: Names): Readonly<Record<Missing, string>> => ({
  keys: '--keys',
  log,
  checkpoints,
  witnesses: '(witnesses of this entry)',
  failure: '(the failed entry of the organiser)',
})

const missingElsewhere = (part: Missing, regionCode: string): string =>
  ({
    keys: `--keys keys-${regionCode}.json`,
    log: `region-log-${regionCode}.ndjson`,
    checkpoints: `checkpoints-${regionCode}.ndjson`,
    witnesses: `region-log-${regionCode}.ndjson (witnesses of this entry)`,
    failure: `region-log-${regionCode}.ndjson (the failed entry of the organiser)`,
  })[part]

/** What libs/verify says of a bundle: the judge of the page and of the command line. */
export function judgeByLibrary(
  names: Names,
  { keys, ...parts }: Parts,
  demo: boolean,
  family: Family = {},
  jointKeys: Family = {},
): BatchVerdict {
  const pinned = keys === undefined ? undefined : parseKeysFile(keys)
  if (pinned?.ok === false) return { code: 2, said: `${names.keys} ${keysFileWords(pinned.error).en}` }
  const files = { ...bytesOf(names, parts), family: bytesIn(family) } as unknown as BundleFiles
  const verdict = verifyByLibrary(files, {
    demo,
    hash: (name) => ({ name, digest: (bytes) => digest(name, bytes) }),
    verifyEd25519: ed25519Verify,
    pinnedKeys: pinned?.value,
    jointKeys: Object.values(jointKeys).flatMap((text) => {
      const read = parseKeysFile(text)
      return read.ok ? [read.value] : []
    }),
  })
  switch (verdict.status) {
    case 'MATCH':
      return { code: 0, missing: [] }
    case 'PENDING':
      return {
        code: 3,
        missing: [
          ...verdict.missing.map((part) => missingNames(names)[part]),
          ...verdict.elsewhere.flatMap(({ regionCode, missing }) => missing.map((part) => missingElsewhere(part, regionCode))),
        ],
      }
    case 'FAILED':
      return { code: 4, missing: [] }
    case 'DIFFERENT':
      return { code: 1, place: `${verdict.difference.file} ${verdict.difference.where}`, said: JSON.stringify(verdict.difference) }
    case 'REFUSED':
      return { code: 2, said: 'file' in verdict ? verdict.file : `--demo: ${verdict.reason}` }
    default:
      return verdict satisfies never
  }
}

const bytesIn =
  (family: Family) =>
  (name: string): Uint8Array | undefined => {
    const text = family[name]
    return text === undefined ? undefined : Buffer.from(text, 'utf8')
  }

export const caseOf = (names: Names, parts: Parts, demo: boolean, family?: Family, jointKeys?: Family): BatchCase => ({
  demo,
  ...(jointKeys === undefined ? {} : { jointKeys }),
  ...(family === undefined ? {} : { family }),
  files: Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, [names[part as keyof Names], text] as const])),
})

/** Judges many bundles by verify.py, some hundred to a process. */
export function judgeInPython(cases: readonly BatchCase[], first: BatchCase): readonly BatchVerdict[] {
  const verdicts: BatchVerdict[] = []
  for (let from = 0; from < cases.length; from += 1000)
    verdicts.push(...runPythonBatch([first, ...cases.slice(from, from + 1000)]).slice(1))
  return verdicts
}
