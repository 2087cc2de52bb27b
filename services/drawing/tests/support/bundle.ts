import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type KeysFile, keysFileText } from '@dual-random/witness'

const at = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))
const verifier = at('tests/verifier/verify.mjs')
const cli = at('apps/cli/src/main.ts')

/** The verifier's own tests know where its pinned library is. */
const runsPython = `
import { pythonPackages, runPython } from ${JSON.stringify(new URL('../../../../tests/verifier/python.ts', import.meta.url).href)}
const { code, out, errors } = runPython(process.argv.slice(1), pythonPackages())
process.stdout.write(out + errors)
process.exitCode = code ?? 2
`

export interface Verdict {
  readonly exitCode: number
  readonly output: string
}

const saver =
  (baseUrl: string, folder: string) =>
  async (path: string, file: string): Promise<void> => {
    const response = await fetch(`${baseUrl}${path}`)
    if (response.ok) await writeFile(join(folder, file), Buffer.from(await response.arrayBuffer()))
  }

/** Saves what another city that takes part has beside the organiser's. */
export async function saveCityFiles(baseUrl: string, drawId: string, regionCode: string, folder: string): Promise<void> {
  const save = saver(baseUrl, folder)
  const draw = `/v1/public/draws/${drawId}`
  await save(`${draw}/roster?regionCode=${regionCode}`, `rosters/${drawId}-${regionCode}.ndjson`)
  await save(`${draw}/openings?regionCode=${regionCode}`, `openings/${drawId}-${regionCode}.ndjson`)
  await save(`/v1/public/region-logs/${regionCode}/checkpoints`, `checkpoints-${regionCode}.ndjson`)
  await save(`/v1/public/region-logs/${regionCode}`, `region-log-${regionCode}.ndjson`)
}

/** Saves what is public of a draw as anyone would. */
export async function savePublicFiles(
  baseUrl: string,
  drawId: string,
  regionCode: string,
  folder: string,
  checkpoints = false,
): Promise<void> {
  await Promise.all([mkdir(join(folder, 'rosters')), mkdir(join(folder, 'openings'))])
  const save = saver(baseUrl, folder)
  const draw = `/v1/public/draws/${drawId}`
  await save(`${draw}/transcript`, `transcript-${drawId}.json`)
  await save(`${draw}/commitment`, `commitment-${drawId}.json`)
  await save(`${draw}/roster`, `rosters/${drawId}.ndjson`)
  await save(`${draw}/openings`, `openings/${drawId}.ndjson`)
  // Before the log, which must reach as far as they do.
  if (checkpoints) await save(`/v1/public/region-logs/${regionCode}/checkpoints`, `checkpoints-${regionCode}.ndjson`)
  await save(`/v1/public/region-logs/${regionCode}`, `region-log-${regionCode}.ndjson`)
}

const run = (program: string, args: readonly string[]): Promise<Verdict> =>
  new Promise((resolve) => {
    execFile(program, [...args], (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), output: `${stdout}${stderr}` }),
    )
  })

/** What the two standalone programs, and the code that draws, say of a transcript whose files lie beside it. */
export async function verdicts(
  transcript: string,
  ...keysFiles: readonly string[]
): Promise<Readonly<Record<'javascript' | 'python' | 'library', Verdict>>> {
  const args = ['--demo', ...keysFiles.flatMap((file) => ['--keys', file]), transcript]
  return {
    javascript: await run(process.execPath, [verifier, ...args]),
    python: await run(process.execPath, ['--input-type=module', '--eval', runsPython, '--', ...args]),
    library: await run(process.execPath, ['--conditions=development', cli, 'draw', 'verify', ...args]),
  }
}

/** Saves what is public of a draw and of void attempts before it, and runs the standalone verifier over it, with the keys that were pinned if any. */
export const verifyPublicFiles = (
  baseUrl: string,
  drawId: string,
  regionCode: string,
  pinned?: KeysFile,
  attemptsBefore: readonly string[] = [],
): Promise<Verdict> =>
  overPublicFiles(baseUrl, drawId, regionCode, pinned, async (transcript, keysFile) => {
    for (const before of attemptsBefore)
      await saver(baseUrl, dirname(transcript))(`/v1/public/draws/${before}/commitment`, `commitment-${before}.json`)
    return run(process.execPath, [verifier, '--demo', ...(keysFile === undefined ? [] : ['--keys', keysFile]), transcript])
  })

/** The same by both programs and the command line. */
export const verifyByAll = async (baseUrl: string, drawId: string, regionCode: string, pinned: KeysFile): Promise<readonly Verdict[]> =>
  Object.values(
    await overPublicFiles(baseUrl, drawId, regionCode, pinned, (transcript, keysFile) =>
      verdicts(transcript, ...(keysFile === undefined ? [] : [keysFile])),
    ),
  )

async function overPublicFiles<T>(
  baseUrl: string,
  drawId: string,
  regionCode: string,
  pinned: KeysFile | undefined,
  judge: (transcript: string, keysFile?: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'draw-bundle-'))
  const keysFile = pinned && join(folder, `keys-${regionCode}.json`)
  try {
    if (keysFile !== undefined && pinned !== undefined) await writeFile(keysFile, keysFileText(pinned))
    await savePublicFiles(baseUrl, drawId, regionCode, folder, pinned !== undefined)
    return await judge(join(folder, `transcript-${drawId}.json`), keysFile)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What all three say of a redraw in the log of one city that took part in its parent, by that city's keys. */
export async function verifyCityRedraw(
  baseUrl: string,
  { drawId, parentDrawId, parentRegionCode }: { readonly drawId: string; readonly parentDrawId: string; readonly parentRegionCode: string },
  pinned: KeysFile,
): Promise<Awaited<ReturnType<typeof verdicts>>> {
  const { regionCode } = pinned
  const folder = await mkdtemp(join(tmpdir(), 'draw-bundle-'))
  try {
    await savePublicFiles(baseUrl, drawId, regionCode, folder, true)
    const save = saver(baseUrl, folder)
    const parent = `/v1/public/draws/${parentDrawId}`
    for (const file of ['transcript', 'commitment']) await save(`${parent}/${file}`, `${file}-${parentDrawId}.json`)
    const city = regionCode === parentRegionCode ? '' : `-${regionCode}`
    await save(`${parent}/roster?regionCode=${regionCode}`, `rosters/${parentDrawId}${city}.ndjson`)
    const keysFile = join(folder, `keys-${regionCode}.json`)
    await writeFile(keysFile, keysFileText(pinned))
    return await verdicts(join(folder, `transcript-${drawId}.json`), keysFile)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What all three say of a draw of several cities, the organiser's first, with the keys files of those that are pinned. */
export async function verifyCities(
  baseUrl: string,
  drawId: string,
  [organiser, ...others]: readonly [string, ...string[]],
  pinned: readonly KeysFile[],
): Promise<Awaited<ReturnType<typeof verdicts>>> {
  const folder = await mkdtemp(join(tmpdir(), 'draw-bundle-'))
  try {
    await savePublicFiles(baseUrl, drawId, organiser, folder, true)
    for (const regionCode of others) await saveCityFiles(baseUrl, drawId, regionCode, folder)
    const keys = pinned.map(({ regionCode }) => join(folder, `keys-${regionCode}.json`))
    for (const [index, file] of pinned.entries()) await writeFile(keys[index] ?? '', keysFileText(file))
    return await verdicts(join(folder, `transcript-${drawId}.json`), ...keys)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
