import { type Commitment, type LogEntry, parseRoster, type SignedTranscript } from '@dual-random/draw'
import type { Check } from '../src/difference.ts'
import { type DemoFiles, must } from './play-draw.ts'

/** A draw's files as checks take them. */
export function readDraw({ transcript, commitment, roster, log }: DemoFiles) {
  const lines = log.trimEnd().split('\n')
  const signed = JSON.parse(transcript) as SignedTranscript
  return {
    signed,
    transcript: signed.transcript,
    commitment: JSON.parse(commitment) as Commitment,
    roster: must(parseRoster(roster)),
    log: lines.map((line) => JSON.parse(line) as LogEntry),
  }
}

/** All that a check finds: the place, then the rule that is broken, or the kind of fault. */
export const told = (check: Check<unknown>): readonly string[] => {
  const found: string[] = []
  for (const fault of check) found.push(`${fault.where}: ${fault.code === 'rule-broken' ? fault.rule : fault.code}`)
  return found
}
