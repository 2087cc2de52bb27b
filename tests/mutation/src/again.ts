import type { strykerConfig } from './stryker-config.ts'
import type { Mutant } from './stryker-report.ts'

/** A change where StrykerJS is to make it, and no other. */
export const patternOf = ({ file, range }: Mutant): string => `${file}:${range}`

/**
 * Changes whose tests the clock ended. On a busy machine they might have passed, so they are run again, with a minute for what takes
 * milliseconds.
 */
export const endedByClock = (mutants: readonly Mutant[]): readonly Mutant[] => mutants.filter(({ fate }) => fate === 'timeout')

/** The settings of the second run. */
export const patientConfig = (config: ReturnType<typeof strykerConfig>, late: readonly Mutant[]) => ({
  ...config,
  mutate: late.map(patternOf),
  concurrency: 1,
  timeoutMS: 60_000,
})

const keyOf = ({ file, range, kind, after }: Mutant): string => JSON.stringify([file, range, kind, after])

/** `mutants` with what a later run found of those that were `asked` of it; it has others as well, which lie inside one of them. */
export function withAnswers(mutants: readonly Mutant[], asked: readonly Mutant[], found: readonly Mutant[]): readonly Mutant[] {
  const wanted = new Set(asked.map(keyOf))
  const answers = new Map(found.map((mutant) => [keyOf(mutant), mutant]))
  return mutants.map((mutant) => (wanted.has(keyOf(mutant)) ? (answers.get(keyOf(mutant)) ?? mutant) : mutant))
}
