import { parseArgs } from 'node:util'

export interface Options {
  /** Files and folders to change, from the repository's root. */
  readonly paths: readonly string[]
  /** The least share of changes that the tests must notice, in per cent, in each area. */
  readonly min: number
  readonly workers: number
  /** Whether what earlier runs found is forgotten. */
  readonly again: boolean
}

/**
 * What carries the rules of policy, registers, credit and data quality (rows POL, REG, CRD, DQ), of plans (PLN), of draws and what they
 * publish (DRW), and of the inspection of who was drawn (INS, FUP).
 */
export const rulePaths: readonly string[] = [
  'services/registry/src/domain',
  'libs/policy/src',
  'libs/calendar/src',
  'libs/kernel/src/credit-code.ts',
  'libs/kernel/src/organisation-code.ts',
  'libs/kernel/src/ratio.ts',
  'libs/kernel/src/region-code.ts',
  'libs/kernel/src/time.ts',
  'services/planning/src/domain',
  'libs/tables/src/cells',
  'libs/tables/src/plan',
  'libs/draw/src',
  'services/drawing/src/domain',
  'services/inspection/src/domain',
]

export const usage = `npm run mutate -- [path…] [--min 80] [--workers 2] [--again]

Changes one spot of the code after another and runs the unit tests that reach it. Fails when they notice less than --min per cent
of the changes of an area, or when tests/mutation/accepted.json names a change that is not there or is noticed.
What earlier runs found is used as far as it still holds, and --again forgets it.
Without a path: ${rulePaths.join(', ')}.`

const inRange = (text: string, lowest: number, highest: number): number | undefined =>
  /^\d+$/.test(text) && Number(text) >= lowest && Number(text) <= highest ? Number(text) : undefined

/** Reads the command line; a string is what to tell who typed it. */
export function readOptions(args: readonly string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        min: { type: 'string', default: '80' },
        workers: { type: 'string', default: '2' },
        again: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help === true) return usage
    const min = inRange(values.min, 0, 100)
    if (min === undefined) return `--min: a whole number from 0 to 100, not "${values.min}"\n\n${usage}`
    const workers = inRange(values.workers, 1, 16)
    if (workers === undefined) return `--workers: a whole number from 1 to 16, not "${values.workers}"\n\n${usage}`
    const paths = positionals.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, ''))
    return { paths: paths.length > 0 ? paths : rulePaths, min, workers, again: values.again }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`
  }
}
