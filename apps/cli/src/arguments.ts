import { parseArgs } from 'node:util'
import type { Text } from './text.ts'

export interface OptionSpec {
  /** What stands for the value in a usage line; an option without is a flag. */
  readonly value?: string
  readonly short?: string
  readonly text: Text
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

export interface Arguments {
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  readonly positionals: readonly string[]
}

/** Receives one thing that is wrong with how the program was called. */
export type Complain = (problem: string) => void

/** Reads the words behind a command, and complains of everything that it does not understand. */
export function parseArguments(words: readonly string[], specs: OptionSpecs, complain: Complain): Arguments {
  const flags = new Set<string>()
  const values = new Map<string, string>()
  const positionals: string[] = []
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { value, short }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short === undefined ? {} : { short }) },
    ]),
  )
  // Strict parsing would stop at the first problem.
  for (const token of parseArgs({ args: [...words], options, strict: false, tokens: true, allowPositionals: true }).tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
    if (spec === undefined) complain(`${rawName}: 没有这个选项 (no such option)`)
    else if (flags.has(name) || values.has(name)) complain(`${rawName}: 重复 (given twice)`)
    else if (spec.value === undefined) {
      if (value !== undefined) complain(`${rawName}: 不带值 (takes no value)`)
      flags.add(name)
    } else if (value === undefined || value === '' || (value.startsWith('-') && value !== '-' && !inlineValue)) {
      complain(`${rawName}: 缺少值 ${spec.value} (needs a value; one that begins with - as ${rawName}=VALUE)`)
      values.set(name, '')
    } else values.set(name, value)
  }
  return { flags, values, positionals }
}

/** A whole number of at least `least`. */
export function countOf(args: Arguments, name: string, byDefault: number, least: number, complain: Complain): number {
  const given = args.values.get(name)
  if (given === undefined) return byDefault
  const count = Number(given)
  if (given !== '' && (!/^\d+$/.test(given) || !Number.isSafeInteger(count) || count < least))
    complain(`--${name} ${given}: 应为不小于 ${least} 的整数 (an integer of at least ${least})`)
  return count
}

/** Complains of positionals that a command does not take. */
export function noMoreThan(args: Arguments, count: number, complain: Complain): void {
  for (const word of args.positionals.slice(count)) complain(`${word}: 多余 (not expected here)`)
}
