import { parseArgs } from 'node:util'
import { isId } from '@dual-random/kernel'
import type { Text } from './text.ts'

export interface OptionSpec {
  /** What stands for the value in a usage line; an option without is a flag. */
  readonly value?: string
  readonly short?: string
  /** May be given several times. */
  readonly many?: boolean
  readonly text: Text
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

export interface Arguments {
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  /** All values of each option, in order; more than one where it may be given several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly positionals: readonly string[]
}

/** Receives one thing that is wrong with how the program was called. */
export type Complain = (problem: string) => void

/** Reads the words behind a command, and complains of everything that it does not understand. */
export function parseArguments(words: readonly string[], specs: OptionSpecs, complain: Complain): Arguments {
  const flags = new Set<string>()
  const values = new Map<string, string>()
  const lists = new Map<string, readonly string[]>()
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
    else if (spec.many !== true && (flags.has(name) || values.has(name))) complain(`${rawName}: 重复 (given twice)`)
    else if (spec.value === undefined) {
      if (value !== undefined) complain(`${rawName}: 不带值 (takes no value)`)
      flags.add(name)
    } else if (value === undefined || value === '' || (value.startsWith('-') && value !== '-' && !inlineValue)) {
      complain(`${rawName}: 缺少值 ${spec.value} (needs a value; one that begins with - as ${rawName}=VALUE)`)
      values.set(name, '')
    } else {
      values.set(name, value)
      lists.set(name, [...(lists.get(name) ?? []), value])
    }
  }
  return { flags, values, lists, positionals }
}

/** A whole number of at least `least`, and none that a number cannot hold exactly. */
export function countOf(args: Arguments, name: string, byDefault: number, least: number, complain: Complain): number {
  const given = args.values.get(name)
  if (given === undefined) return byDefault
  const count = Number(given)
  const most = Number.MAX_SAFE_INTEGER
  if (given !== '' && (!/^\d+$/.test(given) || count < least))
    complain(`--${name} ${given}: 应为不小于 ${least} 的整数 (an integer of at least ${least})`)
  else if (count > most) complain(`--${name} ${given}: 应为不大于 ${most} 的整数 (an integer of at most ${most})`)
  return count
}

/** Complains of positionals that a command does not take. */
export function noMoreThan(args: Arguments, count: number, complain: Complain): void {
  for (const word of args.positionals.slice(count)) complain(`${word}: 多余 (not expected here)`)
}

/** The value of an option that must be given. */
export function requiredOf(args: Arguments, name: string, complain: Complain): string {
  const given = args.values.get(name)
  if (given === undefined) complain(`--${name}: 缺少 (missing)`)
  return given ?? ''
}

/** A value that must be an id (docs/draw-protocol.md §1); the empty text where it is not given. */
export function idOf(args: Arguments, name: string, complain: Complain): string {
  const given = requiredOf(args, name, complain)
  if (given !== '' && !isId(given)) complain(`--${name} ${given}: 不是标识 (no id: letters, figures, - and _)`)
  return given
}

/** Every URL that an option gives. */
export function urlsOf(args: Arguments, name: string, complain: Complain): readonly string[] {
  const given = args.lists.get(name) ?? []
  for (const url of given) {
    const protocol = URL.canParse(url) ? new URL(url).protocol : ''
    if (protocol !== 'http:' && protocol !== 'https:') complain(`--${name} ${url}: 不是 http(s) 地址 (no http or https URL)`)
  }
  return given
}

/** The draw that `--draw` names; complains of one that is missing or in another form. */
export function drawIdOf(args: Arguments, complain: Complain): string {
  const drawId = requiredOf(args, 'draw', complain)
  if (drawId !== '' && !/^[0-9a-f]{64}$/.test(drawId)) complain(`--draw ${drawId}: 应为 64 个十六进制字符 (64 hexadecimal characters)`)
  return drawId
}
