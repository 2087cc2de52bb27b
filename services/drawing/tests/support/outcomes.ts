import type { Instant } from '@dual-random/kernel'
import { firstHeld, parseCosignedCheckpoint } from '@dual-random/witness'
import type { DrawBody } from '../../src/http/schemas.ts'
import { type Deployment, witnessIds } from './deployment.ts'
import { regionCode } from './harness.ts'

interface Entry {
  readonly kind: string
  readonly drawId: string
  readonly seq: number
}

/** What a draw came to, and what the log says of it. */
export interface Outcome {
  readonly snapshot: string
  readonly commitment: string | undefined
  readonly transcript: string | undefined
  readonly match: string | undefined
  readonly closing: string | undefined
  readonly kinds: readonly string[]
}

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')
const entriesOf = (text: string): readonly Entry[] => linesOf(text).map((line) => JSON.parse(line) as Entry)

export async function outcomeOf(deployment: Deployment, draw: DrawBody): Promise<Outcome> {
  const entries = entriesOf(await deployment.text(`/v1/public/region-logs/${regionCode}`))
  return {
    snapshot: draw.snapshotDigest,
    commitment: draw.commitment?.digest,
    transcript: draw.transcript?.digest,
    match: draw.match?.digest,
    closing: draw.closing?.digest,
    kinds: entries.flatMap(({ kind, drawId }) => (drawId === draw.drawId ? kind : [])),
  }
}

/** When each witness first held S of a draw, by what it cosigned itself; drawing need not run. */
export async function heldBy(deployment: Deployment, drawId: string): Promise<ReadonlyMap<string, Instant>> {
  const held = new Map<string, Instant>()
  for (const witnessId of witnessIds) {
    const read = async (what: string): Promise<string> => (await fetch(`${deployment.url(witnessId)}/v1/${what}/${regionCode}`)).text()
    const entry = entriesOf(await read('region-logs')).find((each) => each.kind === 'commitment' && each.drawId === drawId)
    if (entry === undefined) continue
    const checkpoints = linesOf(await read('checkpoints')).map((line) => {
      const parsed = parseCosignedCheckpoint(line)
      if (!parsed.ok) throw new Error(line)
      return parsed.value
    })
    const receivedAt = firstHeld(checkpoints, entry.seq).get(witnessId)
    if (receivedAt !== undefined) held.set(witnessId, receivedAt)
  }
  return held
}

export async function heldByQuorum(deployment: Deployment, drawId: string): Promise<void> {
  const { size } = await heldBy(deployment, drawId)
  if (size < deployment.keysFile.quorum) throw new Error(`held by ${size}`)
}
