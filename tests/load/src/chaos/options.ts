import { parseArgs } from 'node:util'
import { type Plant, plants } from './plan/plant.ts'

export interface ChaosArguments {
  readonly minutes: number
  readonly seed: number
  readonly kills: number
  readonly plant: Plant | undefined
  readonly out: string
}

const usage = `usage: npm run chaos -- [options]
  --minutes N   how long faults go on, 0.1 to 120, parts of minutes too; 20 when left out
  --seed S      an integer: the same schedule and the same operations for the same seed; chosen when left out
  --kills N     how many processes are killed at least, 1 to 20 a minute; 10 a minute when left out
  --plant NAME  gives the processes a bug and the faults that bring it to light: ${plants.join(', ')}
  --out DIR     where history, logs and report go; out/chaos when left out`

const killsPerMinute = 10

export type Parsed = ChaosArguments | { readonly usage: string; readonly exitCode: number }

/** Reads the command line; a text instead of options is what to print before leaving. */
export function readOptions(args: readonly string[], anySeed: () => number): Parsed {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '20' },
        seed: { type: 'string' },
        kills: { type: 'string' },
        plant: { type: 'string' },
        out: { type: 'string', default: 'out/chaos' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return { usage, exitCode: 0 }
    const minutes = numberOf('minutes', values.minutes, { from: 0.1, to: 120 })
    const kills = Math.ceil(minutes * killsPerMinute)
    return {
      minutes,
      seed: values.seed === undefined ? anySeed() : integerOf('seed', values.seed, { from: 0, to: Number.MAX_SAFE_INTEGER }),
      kills: values.kills === undefined ? kills : integerOf('kills', values.kills, { from: 1, to: 2 * kills }),
      plant: plantOf(values.plant),
      out: values.out,
    }
  } catch (error) {
    return { usage: `${error instanceof Error ? error.message : String(error)}\n${usage}`, exitCode: 2 }
  }
}

interface Bounds {
  readonly from: number
  readonly to: number
}

function numberOf(name: string, text: string, { from, to }: Bounds): number {
  const value = Number(text)
  if (!(value >= from && value <= to)) throw new Error(`--${name} ${text}: a number from ${from} to ${to}`)
  return value
}

function integerOf(name: string, text: string, bounds: Bounds): number {
  const value = numberOf(name, text, bounds)
  if (!Number.isSafeInteger(value)) throw new Error(`--${name} ${text}: an integer`)
  return value
}

function plantOf(text: string | undefined): Plant | undefined {
  const found = plants.find((plant) => plant === text)
  if (text !== undefined && found === undefined) throw new Error(`--plant ${text}: one of ${plants.join(', ')}`)
  return found
}
