import { type Scheme, verifyPulse } from '@dual-random/beacon/verify'
import { type Commitment, parseRoster, type SignedTranscript, stratumOfPart } from '@dual-random/draw'
import { plainHash } from '@dual-random/draw/browser'
import { fallOfTickets, type StratumFall } from './fall.ts'
import { type PageVerdict, type VerifyRequest, verifyInPage } from './verify-job.ts'

export interface PulseToCheck {
  readonly scheme: Scheme
  readonly publicKey: string
  readonly round: number
  readonly signature: string
  readonly randomness: string
}

export interface TimedVerdict {
  readonly verdict: PageVerdict
  readonly elapsedMs: number
}

/** What the worker does, by name: request and answer. Everything here is structured-cloneable. */
export interface Jobs {
  readonly verify: { readonly request: VerifyRequest; readonly answer: TimedVerdict }
  readonly fall: {
    /** The rosters in the order of the cities in S, the organiser's first. */
    readonly request: { readonly commitment: Uint8Array; readonly transcript: Uint8Array; readonly rosters: readonly Uint8Array[] }
    readonly answer: readonly StratumFall[]
  }
  readonly pulse: { readonly request: PulseToCheck; readonly answer: boolean }
}

export type JobName = keyof Jobs

export type JobMessage = { [Name in JobName]: { readonly name: Name; readonly request: Jobs[Name]['request'] } }[JobName]

/** What comes back: shares of progress, then one answer or failure. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'answer'; readonly answer: Jobs[JobName]['answer'] }
  | { readonly kind: 'failed'; readonly reason: string }

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export function runJob(message: JobMessage, onProgress: (share: number) => void): Jobs[JobName]['answer'] {
  switch (message.name) {
    case 'verify':
      return timed(message.request, onProgress)
    case 'fall':
      return fall(message.request)
    case 'pulse': {
      const { scheme, publicKey, ...pulse } = message.request
      return verifyPulse({ scheme, publicKey }, pulse).ok
    }
    default:
      return message satisfies never
  }
}

function timed(request: VerifyRequest, onProgress: (share: number) => void): TimedVerdict {
  const startedAt = performance.now()
  const verdict = verifyInPage(request, onProgress)
  return { verdict, elapsedMs: performance.now() - startedAt }
}

function fall({ commitment, transcript, rosters }: Jobs['fall']['request']): readonly StratumFall[] {
  const s = JSON.parse(textOf(commitment)) as Commitment
  const { transcript: t } = JSON.parse(textOf(transcript)) as SignedTranscript
  const cities = [s, ...(s.joint?.parts ?? [])]
  const entries = rosters.flatMap((roster, index) => {
    const read = parseRoster(textOf(roster))
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    const regionCode = cities[index]?.snapshot.regionCode ?? ''
    return read.value.map((entry) => ({ ...entry, stratum: stratumOfPart(s.joint, regionCode, entry.stratum) }))
  })
  return fallOfTickets(plainHash(s.hash), t.seed, entries, s.strata)
}
