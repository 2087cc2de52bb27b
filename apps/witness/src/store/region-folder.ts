import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LogEntry, ndjson } from '@dual-random/draw'
import { canonicalJson, type Json, type Result } from '@dual-random/kernel'
import { type CosignedCheckpoint, checkpointsText, parseCosignedCheckpoint, parseLogLine, type ShapeError } from '@dual-random/witness'
import { type AppendFile, openAppendFile } from './append-file.ts'
import { putWhole } from './put-whole.ts'

/** Something about a region that the public must know, with its proof. */
export type Incident = { readonly type: string; readonly at: string; readonly regionCode: string; readonly evidence: Json }

export interface RegionFolder {
  readonly lines: readonly LogEntry[]
  readonly checkpoints: readonly CosignedCheckpoint[]
  readonly incidents: readonly Incident[]
  readonly reveals: readonly string[]
  commitment(digest: string): Promise<string | undefined>
  /** Commitments first: a line never lies here without the S behind it. */
  keepLines(lines: readonly LogEntry[], commitments: ReadonlyMap<string, string>): Promise<void>
  keepCheckpoint(checkpoint: CosignedCheckpoint): Promise<void>
  keepIncident(incident: Incident): Promise<void>
  keepReveal(text: string): Promise<void>
  close(): Promise<void>
}

/** One region's copy on disk: the log as it is published, S by digest, the checkpoints that were cosigned, incidents, reveals. */
export async function openRegionFolder(data: string, regionCode: string): Promise<RegionFolder> {
  const folder = join(data, regionCode)
  const commitments = join(folder, 'commitments')
  await mkdir(commitments, { recursive: true, mode: 0o700 })
  const file = (name: string): Promise<AppendFile> => openAppendFile(join(folder, name))
  const log = await file(`region-log-${regionCode}.ndjson`)
  const checkpoints = await file(`checkpoints-${regionCode}.ndjson`)
  const incidents = await file('incidents.ndjson')
  const reveals = await file('reveals.ndjson')
  const close = async (): Promise<void> => {
    for (const one of [log, checkpoints, incidents, reveals]) await one.close()
  }
  let read: Pick<RegionFolder, 'lines' | 'checkpoints'>
  try {
    read = {
      lines: log.lines.map((text, index) => requireRead(`${folder}: line ${index} of the log`, parseLogLine(text))),
      checkpoints: checkpoints.lines.map((text, index) => requireRead(`${folder}: checkpoint ${index}`, parseCosignedCheckpoint(text))),
    }
  } catch (thrown) {
    await close()
    throw thrown
  }
  return {
    ...read,
    incidents: incidents.lines.map((text) => JSON.parse(text) as Incident),
    reveals: reveals.lines,
    commitment: (digest) => textOf(join(commitments, `${digest}.json`)),
    keepLines: async (lines, texts) => {
      for (const { kind, digest } of lines) {
        const text = kind === 'commitment' ? texts.get(digest) : undefined
        if (text !== undefined) await putWhole(commitments, `${digest}.json`, text)
      }
      await log.append(ndjson(lines).split('\n').slice(0, -1))
    },
    keepCheckpoint: (checkpoint) => checkpoints.append([checkpointsText([checkpoint]).slice(0, -1)]),
    keepIncident: (incident) => incidents.append([canonicalJson(incident)]),
    keepReveal: (text) => reveals.append([text]),
    close,
  }
}

function requireRead<T>(what: string, result: Result<T, ShapeError>): T {
  if (result.ok) return result.value
  throw new Error(`${what} cannot be read back: ${result.error.pointer} ${result.error.reason}`)
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw cause
  }
}
