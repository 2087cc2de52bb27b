import type { strykerConfig } from './stryker-config.ts'
import type { ReportedMutant, StrykerReport } from './stryker-report.ts'

/**
 * On a busy machine the clock ends tests that would have passed, and StrykerJS counts the change as noticed. Those are run again, with a
 * minute each; a loop needs no second run, since StrykerJS counts how often the spot is reached and says so.
 */
const wasEndedByClock = ({ status, statusReason = '' }: ReportedMutant): boolean =>
  status === 'Timeout' && !statusReason.startsWith('Hit limit reached')

/** Where each doubtful change stands, as StrykerJS wants it: `a.ts:3:6-3:11`, with columns from 0. */
export const doubtful = ({ files }: StrykerReport): readonly string[] =>
  Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(wasEndedByClock)
      .map(({ location: { start, end } }) => `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`),
  )

/** The settings of the second run. */
export const configAgain = (config: ReturnType<typeof strykerConfig>, mutate: readonly string[], json: string) => ({
  ...config,
  mutate,
  concurrency: 1,
  timeoutMS: 60_000,
  reporters: ['json'],
  jsonReporter: { fileName: json },
})

const keyOf = ({ mutatorName, replacement, location }: ReportedMutant): string => JSON.stringify([mutatorName, replacement, location])

/** The first report with what the second run found of its doubtful changes. A second run has others as well: those that lie inside one. */
export function joined(first: StrykerReport, second: StrykerReport): StrykerReport {
  const settled = (file: string) => new Map((second.files[file]?.mutants ?? []).map((mutant) => [keyOf(mutant), mutant]))
  return {
    files: Object.fromEntries(
      Object.entries(first.files).map(([name, file]) => {
        const again = settled(name)
        return [name, { ...file, mutants: file.mutants.map((each) => (wasEndedByClock(each) ? (again.get(keyOf(each)) ?? each) : each)) }]
      }),
    ),
  }
}
