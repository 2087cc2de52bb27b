import type { Mutant } from './stryker-report.ts'

/** A change that no test notices and none should, because what it changes cannot be seen, with the reason. */
export interface Accepted extends Pick<Mutant, 'file' | 'in' | 'before' | 'after'> {
  readonly reason: string
}

const keyOf = ({ file, in: line, before, after }: Omit<Accepted, 'reason'>): string => JSON.stringify([file, line, before, after])

const isMissed = ({ fate }: Mutant): boolean => fate === 'survived' || fate === 'not-reached'

export interface Judged {
  /** Missed changes without a reason, and those with one. */
  readonly survivors: readonly Mutant[]
  readonly accepted: readonly (Mutant & { readonly reason: string })[]
  /** Entries of a file that was run whose change is not there any more, or is noticed by now. */
  readonly stale: readonly Accepted[]
}

/** Lays the accepted changes beside those that a run missed. */
export function judge(mutants: readonly Mutant[], entries: readonly Accepted[]): Judged {
  const reasons = new Map(entries.map((entry) => [keyOf(entry), entry.reason]))
  const missed = mutants.filter(isMissed)
  const keys = new Set(missed.map(keyOf))
  const files = new Set(mutants.map(({ file }) => file))
  return {
    survivors: missed.filter((mutant) => !reasons.has(keyOf(mutant))),
    accepted: missed.flatMap((mutant) => {
      const reason = reasons.get(keyOf(mutant))
      return reason === undefined ? [] : [{ ...mutant, reason }]
    }),
    stale: entries.filter((entry) => files.has(entry.file) && !keys.has(keyOf(entry))),
  }
}
