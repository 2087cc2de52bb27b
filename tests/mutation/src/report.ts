import type { Judged } from './accepted.ts'
import type { Mutant } from './stryker-report.ts'

export interface Score {
  readonly killed: number
  readonly timeout: number
  readonly survived: number
  readonly notReached: number
  /** Noticed changes of all that count, in per cent, rounded down to a tenth. Accepted ones are no excuse: they count as missed. */
  readonly percent: number
}

export function scoreOf(mutants: readonly Mutant[]): Score {
  const count = (fate: Mutant['fate']): number => mutants.filter((mutant) => mutant.fate === fate).length
  const [killed, timeout, survived, notReached] = [count('killed'), count('timeout'), count('survived'), count('not-reached')]
  const all = killed + timeout + survived + notReached
  return { killed, timeout, survived, notReached, percent: all === 0 ? 100 : Math.floor(((killed + timeout) * 1000) / all) / 10 }
}

/** One area of a run, for the table over all of them. */
export interface AreaResult {
  readonly folder: string
  /** When it was run, ISO 8601. */
  readonly at: string
  readonly score: Score
  /** Survivors that accepted.json gives a reason for. */
  readonly accepted: number
}

/** The table of a run, in Markdown: what each area's tests killed and let survive, a hanging change as killed, one no test reaches as survived. */
export function summaryText(areas: readonly AreaResult[]): string {
  return [
    '| area | run | changes | killed | survived | of these accepted | without a reason | score |',
    '|---|---|---|---|---|---|---|---|',
    ...areas.map(({ folder, at, score: { killed, timeout, survived, notReached, percent }, accepted }) => {
      const missed = survived + notReached
      const noticed = killed + timeout
      return `| ${folder} | ${at.slice(0, 10)} | ${noticed + missed} | ${noticed} | ${missed} | ${accepted} | ${missed - accepted} | ${percent} % |`
    }),
    '',
  ].join('\n')
}

const row = (name: string, { killed, timeout, survived, notReached, percent }: Score): string =>
  `| ${name} | ${percent} % | ${killed} | ${timeout} | ${survived} | ${notReached} |`

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``
const change = ({ line, before, after }: Pick<Mutant, 'line' | 'before' | 'after'>): string =>
  `line ${line}: ${code(before)} → ${code(after === '' ? '(nothing)' : after)}`

/** The readable report of one area, in Markdown: a row per file, what nobody notices, what is accepted and why, what is stale. */
export function reportText(folder: string, mutants: readonly Mutant[], { survivors, accepted, stale }: Judged): string {
  const files = [...new Set(mutants.map(({ file }) => file))]
  const of = <T extends { readonly file: string }>(list: readonly T[], file: string) => list.filter((each) => each.file === file)
  const perFile = (list: readonly Mutant[], tell: (mutant: Mutant) => string): readonly string[] =>
    files.flatMap((file) => {
      const own = of(list, file)
      return own.length === 0 ? [] : ['', `### ${file}`, '', ...own.map((mutant) => `- ${tell(mutant)}`)]
    })
  const reasons = new Map<Mutant, string>(accepted.map((mutant) => [mutant, mutant.reason]))
  return [
    `# Mutation run: ${folder}`,
    '',
    '| file | score | killed | timed out | survived | not reached |',
    '|---|---|---|---|---|---|',
    ...files.map((file) => row(file.slice(folder.length + 1), scoreOf(of(mutants, file)))),
    row('**all**', scoreOf(mutants)),
    '',
    `## Survivors without a reason: ${survivors.length}`,
    ...perFile(survivors, (mutant) => `${change(mutant)}${mutant.fate === 'not-reached' ? ' (no test reaches it)' : ''}`),
    '',
    `## Accepted: ${accepted.length}`,
    ...perFile(accepted, (mutant) => `${change(mutant)}: ${reasons.get(mutant)}`),
    ...(stale.length === 0 ? [] : ['', `## Stale entries of accepted.json: ${stale.length}`, '']),
    ...stale.map(({ file, before, after }) => `- ${file}: ${code(before)} → ${code(after)}`),
    '',
  ].join('\n')
}
