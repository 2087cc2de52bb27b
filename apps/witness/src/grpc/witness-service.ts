import { WitnessServiceService } from '@dual-random/contracts/witness'
import { hexDigest, type LogEntry, ndjson } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { type GrpcImplementation, implementPublic } from '@dual-random/grpc'
import { type Result, utf8 } from '@dual-random/kernel'
import {
  checkpointsText,
  parseCosignedCheckpoint,
  parseLogLine,
  parseSignedCheckpoint,
  parseSignedReveal,
  type ShapeError,
} from '@dual-random/witness'
import { cosignatureText, type RegionWitness } from '../app/region-witness.ts'

const linesPerMessage = 500

/** Edge of the regions witnessed here. Nothing needs a token: the texts prove who wrote them. */
export const witnessService = (regions: ReadonlyMap<string, RegionWitness>): GrpcImplementation => {
  const regionOf = (regionCode: string): RegionWitness => {
    const region = regions.get(regionCode)
    if (region === undefined) throw appError('not-found', 'witness-region-unknown', { meta: { regionCode } })
    return region
  }
  return implementPublic(WitnessServiceService, {
    cosign: {
      optional: ['lines', 'commitments', 'proofs'],
      handle: async ({ regionCode, lines, commitments, checkpoint, proofs }) => {
        const region = regionOf(regionCode)
        const cosignature = await region.cosign({
          lines: lines.map((text, index) => read(`lines[${index}]`, parseLogLine(text))),
          commitments: new Map(commitments.map((text) => [hexDigest(region.hash, utf8(text)), text])),
          checkpoint: read('checkpoint', parseSignedCheckpoint(checkpoint)),
          proofs: proofs.map((text, index) => read(`proofs[${index}]`, parseCosignedCheckpoint(text))),
        })
        return { cosignature: cosignatureText(cosignature) }
      },
    },
    getCheckpoint: {
      handle: async ({ regionCode }) => {
        const { latest } = regionOf(regionCode)
        return latest === undefined ? { checkpoint: undefined } : { checkpoint: checkpointsText([latest]).trimEnd() }
      },
    },
    streamLines: {
      optional: ['fromSeq'],
      async *handle({ regionCode, fromSeq }) {
        const region = regionOf(regionCode)
        for (let seq = fromSeq; ; seq += linesPerMessage) {
          const lines = region.linesFrom(seq, linesPerMessage)
          if (lines.length === 0) return
          yield { lines: lines.map(lineText), commitments: await commitmentsOf(region, lines) }
        }
      },
    },
    submitReveal: {
      handle: async ({ regionCode, reveal }) => {
        await regionOf(regionCode).keepReveal(reveal, read('reveal', parseSignedReveal(reveal)))
        return {}
      },
    },
    listReveals: {
      handle: async ({ regionCode, drawId }) => ({ reveals: [...regionOf(regionCode).revealsOf(drawId)] }),
    },
  })
}

const lineText = (line: LogEntry): string => ndjson([line]).trimEnd()

async function commitmentsOf(region: RegionWitness, lines: readonly LogEntry[]): Promise<string[]> {
  const texts: string[] = []
  for (const { kind, digest: of } of lines) {
    const text = kind === 'commitment' ? await region.commitment(of) : undefined
    if (text !== undefined) texts.push(text)
  }
  return texts
}

function read<T>(field: string, result: Result<T, ShapeError>): T {
  if (result.ok) return result.value
  throw appError('invalid', 'witness-bad-text', { meta: { field, pointer: result.error.pointer, reason: result.error.reason } })
}
