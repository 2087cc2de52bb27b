import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hexDigest } from '@dual-random/draw'
import { toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { type DemoFiles, demoBundle, drawing, hex, keys, regionCode, witnesses } from '@dual-random/verify/testing'

export { regionCode }
export const hash = { name: 'sha256', digest: (bytes: Uint8Array) => digest('sha256', bytes) } as const

/** One whole draw, to its closing, with the keys that are pinned. */
export const draw: DemoFiles = demoBundle({
  witnessed: true,
  withReveal: true,
  demo: false,
  extra: { match: ({ drawId }) => [{ kind: 'closed', drawId, of: hex('digest', 'closed record'), by: drawing }] },
})
export const { drawId } = draw

export const checkpointsPath = `region-logs/${regionCode}/checkpoints`
export const published: Readonly<Record<string, string>> = {
  [checkpointsPath]: draw.checkpoints ?? '',
  [`draws/${drawId}/roster`]: draw.roster,
  [`draws/${drawId}/transcript`]: draw.transcript,
  [`draws/${drawId}/openings`]: draw.openings,
}

const [{ keyId: witnessId } = { keyId: '' }] = witnesses

/** A witness's folder in which the log and S of the draw are already, as they came with the submissions. */
export async function witnessHome(): Promise<{ readonly folder: string; readonly env: Readonly<Record<string, string>> }> {
  const folder = await mkdtemp(join(tmpdir(), 'mirror-'))
  const copy = join(folder, 'data', regionCode)
  await mkdir(join(copy, 'commitments'), { recursive: true })
  await writeFile(join(folder, `keys-${regionCode}.json`), draw.keys ?? '')
  await writeFile(join(copy, `region-log-${regionCode}.ndjson`), draw.log)
  await writeFile(join(copy, 'commitments', `${hexDigest(hash, utf8(draw.commitment))}.json`), draw.commitment)
  return {
    folder,
    env: {
      PORT: '0',
      DR_GRPC_PORT: '0',
      DR_WITNESS_ID: witnessId,
      DR_WITNESS_KEY: toHex(keys.ed25519Seed(`witness/${witnessId}`)),
      DR_WITNESS_KEYS: folder,
      DR_WITNESS_DATA: join(folder, 'data'),
    },
  }
}

/** Fetches a draw as anybody does, and lays it out as the verifiers want it; the keys come on another way. */
export async function downloaded(base: string, folder: string): Promise<{ readonly transcript: string; readonly keys: string }> {
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(`${base}/v1/public/${path}`)
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer.text()
  }
  for (const name of ['rosters', 'openings']) await mkdir(join(folder, name), { recursive: true })
  const transcript = join(folder, `transcript-${drawId}.json`)
  const pinned = join(folder, `keys-${regionCode}.json`)
  await writeFile(join(folder, `checkpoints-${regionCode}.ndjson`), await get(checkpointsPath))
  await writeFile(join(folder, `region-log-${regionCode}.ndjson`), await get(`region-logs/${regionCode}`))
  await writeFile(join(folder, `commitment-${drawId}.json`), await get(`draws/${drawId}/commitment`))
  await writeFile(join(folder, 'rosters', `${drawId}.ndjson`), await get(`draws/${drawId}/roster`))
  await writeFile(join(folder, 'openings', `${drawId}.ndjson`), await get(`draws/${drawId}/openings`))
  await writeFile(transcript, await get(`draws/${drawId}/transcript`))
  await writeFile(pinned, draw.keys ?? '')
  return { transcript, keys: pinned }
}
