import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const verifier = fileURLToPath(new URL('../../../../tests/verifier/verify.mjs', import.meta.url))

export interface Verdict {
  readonly exitCode: number
  readonly output: string
}

/** Saves what is public of a draw as anyone would, and runs the standalone verifier over it. */
export async function verifyPublicFiles(baseUrl: string, drawId: string, regionCode: string): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'draw-bundle-'))
  try {
    await Promise.all([mkdir(join(folder, 'rosters')), mkdir(join(folder, 'openings'))])
    const save = async (path: string, file: string): Promise<void> => {
      const response = await fetch(`${baseUrl}${path}`)
      if (response.ok) await writeFile(join(folder, file), Buffer.from(await response.arrayBuffer()))
    }
    const draw = `/v1/public/draws/${drawId}`
    await save(`${draw}/transcript`, `transcript-${drawId}.json`)
    await save(`${draw}/commitment`, `commitment-${drawId}.json`)
    await save(`${draw}/roster`, `rosters/${drawId}.ndjson`)
    await save(`${draw}/openings`, `openings/${drawId}.ndjson`)
    await save(`/v1/public/region-logs/${regionCode}`, `region-log-${regionCode}.ndjson`)
    return await new Promise<Verdict>((resolve) => {
      execFile(process.execPath, [verifier, '--demo', join(folder, `transcript-${drawId}.json`)], (error, stdout, stderr) =>
        resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), output: `${stdout}${stderr}` }),
      )
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
