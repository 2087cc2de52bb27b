import { parseArgs } from 'node:util'
import { type BenchName, benchNames, isBenchName } from './bench-names.ts'

/** Sizes of a run. The limits hold for the defaults. */
export interface BenchOptions {
  readonly rows: number
  /** Objects behind the reports of `planning`: a city's million unless `--rows` says otherwise. */
  readonly pool: number
  /** Files of `province`, of `rows` each. */
  readonly files: number
  readonly events: number
  readonly rate: number
  readonly labels: number
  /** Stored objects behind the whole draw of `draw`. */
  readonly stored: number
  readonly tickets: number
  /** Objects of the demo; undefined: 1,000 for `idle`, 20,000 for `demo`. */
  readonly objects: number | undefined
  /** Measured minutes of `flows`. */
  readonly minutes: number
}

const usage = `usage: npm run bench -- [NAME …] [options]
  NAME         ${benchNames.join(', ')}; without one: import, events, draw
  --rows N     import, province: rows of a file, 100000; with more, also how memory grows;
               roster: objects in the pool, 100000; planning: objects in the pool, 1000000
  --files N    province: files of so many rows, 5
  --events N   events: measured events, 4000
  --rate N     events: events per second, 200
  --labels N   draw: labels that are ranked, 5000000
  --stored N   draw: stored objects of which one in 25 is drawn, 500000
  --tickets N  portal: tickets of the verified draw, 100000
  --objects N  idle, demo: objects in the register, 1000 and 20000
  --minutes N  flows: measured minutes, 5
  --list       names the figures`

/** Sizes that a developer's machine bears. */
const bounds = {
  rows: 1_000_000,
  files: 9,
  events: 60_000,
  rate: 2000,
  labels: 5_000_000,
  stored: 1_000_000,
  tickets: 1_000_000,
  objects: 200_000,
} as const

export type Parsed =
  | { readonly names: readonly BenchName[]; readonly options: BenchOptions }
  | { readonly usage: string; readonly exitCode: number }

/** Reads the command line; a text instead of options is what to print before leaving. */
export function readOptions(args: readonly string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rows: { type: 'string' },
        files: { type: 'string', default: '5' },
        events: { type: 'string', default: '4000' },
        rate: { type: 'string', default: '200' },
        labels: { type: 'string', default: '5000000' },
        stored: { type: 'string', default: '500000' },
        tickets: { type: 'string', default: '100000' },
        objects: { type: 'string' },
        minutes: { type: 'string', default: '5' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help || values.list) return { usage, exitCode: 0 }
    const unknown = positionals.filter((name) => !isBenchName(name))
    if (unknown.length > 0) return { usage: `no bench ${unknown.join(', ')}\n${usage}`, exitCode: 2 }
    return {
      names: positionals.length > 0 ? positionals.filter(isBenchName) : ['import', 'events', 'draw'],
      options: {
        rows: countOf('rows', values.rows ?? '100000'),
        pool: countOf('rows', values.rows ?? '1000000'),
        files: countOf('files', values.files, 1),
        events: countOf('events', values.events),
        rate: countOf('rate', values.rate),
        tickets: countOf('tickets', values.tickets),
        labels: countOf('labels', values.labels),
        stored: countOf('stored', values.stored, 1000),
        objects: values.objects === undefined ? undefined : countOf('objects', values.objects),
        minutes: minutesOf(values.minutes),
      },
    }
  } catch (error) {
    return { usage: `${error instanceof Error ? error.message : String(error)}\n${usage}`, exitCode: 2 }
  }
}

function countOf(name: keyof typeof bounds, text: string, atLeast = 100): number {
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < atLeast || count > bounds[name])
    throw new Error(`--${name} ${text}: an integer from ${atLeast} to ${bounds[name]}`)
  return count
}

function minutesOf(text: string): number {
  const minutes = Number(text)
  if (!(minutes >= 0.1 && minutes <= 60)) throw new Error(`--minutes ${text}: a number from 0.1 to 60`)
  return minutes
}
