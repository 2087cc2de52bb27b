import type { DemoFiles } from './demo-bundle.ts'
import { type BatchCase, type BatchVerdict, runPythonBatch } from './python.ts'
import { Difference, type NamedFile, Refusal, verifyBundle } from './verify.mjs'

/** The files of a bundle by their parts, as both verifiers are given them. */
export type Parts = Partial<
  Record<'transcript' | 'commitment' | 'roster' | 'openings' | 'log' | 'checkpoints' | 'keys' | 'opening', string>
>

/** Both verifiers name a place by these. */
export const partNames = ({ drawId }: Pick<DemoFiles, 'drawId'>) =>
  ({
    transcript: `transcript-${drawId}.json`,
    commitment: `commitment-${drawId}.json`,
    roster: `rosters/${drawId}.ndjson`,
    openings: `openings/${drawId}.ndjson`,
    log: 'region-log-230300.ndjson',
    checkpoints: 'checkpoints-230300.ndjson',
    keys: 'keys-230300.json',
    opening: 'opening.json',
  }) as const

export const partsOf = (files: DemoFiles): Parts & Pick<DemoFiles, 'transcript' | 'commitment' | 'roster'> => {
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

/** What verify.mjs says of a bundle; the same members as verify_batch.py answers. */
export async function judgeInNode(names: Names, parts: Parts, demo: boolean): Promise<BatchVerdict> {
  const files = Object.fromEntries(
    Object.entries(parts).map(([part, text]): [string, NamedFile] => [
      part,
      { name: names[part as keyof Names], bytes: Buffer.from(text, 'utf8') },
    ]),
  ) as unknown as Parameters<typeof verifyBundle>[0]
  try {
    const { status, missing } = await verifyBundle(files, { demo })
    return { code: status === 'MATCH' ? 0 : 3, missing }
  } catch (error) {
    if (error instanceof Difference) return { code: 1, place: `${error.file} ${error.where}`, said: error.message }
    if (error instanceof Refusal) return { code: 2, said: error.message }
    throw error
  }
}

export const caseOf = (names: Names, parts: Parts, demo: boolean): BatchCase => ({
  demo,
  files: Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, [names[part as keyof Names], text] as const])),
})

/** Judges many bundles by verify.py, some hundred to a process. */
export function judgeInPython(cases: readonly BatchCase[], first: BatchCase): readonly BatchVerdict[] {
  const verdicts: BatchVerdict[] = []
  for (let from = 0; from < cases.length; from += 1000)
    verdicts.push(...runPythonBatch([first, ...cases.slice(from, from + 1000)]).slice(1))
  return verdicts
}
