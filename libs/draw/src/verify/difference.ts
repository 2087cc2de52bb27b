import type { Json } from '@dual-random/kernel'

/** What is wrong at one place. Values are shown as their canonical JSON text, texts as they are. */
export type Fault =
  | { readonly code: 'not-utf8' }
  | { readonly code: 'not-json'; readonly reason: string }
  /** Valid JSON, but not its own RFC 8785 text; `character` counts from 1 within the file or the line. */
  | { readonly code: 'not-canonical'; readonly character: number }
  | { readonly code: 'no-line-feed' }
  | { readonly code: 'not-a'; readonly expected: string }
  | { readonly code: 'missing-member' }
  | { readonly code: 'unknown-member' }
  | { readonly code: 'out-of-order' }
  | { readonly code: 'differs'; readonly expected: string; readonly found: string }
  | { readonly code: 'bad-signature' }
  | { readonly code: 'rule-broken'; readonly rule: BrokenRule }

/** Rules that are no comparison with a recomputed value. */
export type BrokenRule =
  | 'snapshot-not-before-commitment'
  | 'delay-too-short'
  | 'no-beacon'
  | 'no-clue'
  | 'number-too-large'
  | 'tip-not-opened'
  | 'self-beacon-outside-demonstration'
  | 'self-beacon-key-unknown'
  | 'unknown-drand-chain'
  | 'repeated-key'
  | 'seq-not-ascending'
  | 'genesis-out-of-place'
  | 'not-among-the-drawn'
  | 'quorum-unsafe'
  | 'not-witnessed-in-time'
  | 'draw-void'
  | 'reveal-missing'

/** A fault with its place: JSON pointer, or `line N` with the pointer inside the line. */
export type Located = Fault & { readonly where: string }

/** The first difference of a bundle: in which file, where, and what. */
export type Difference = Located & { readonly file: string }

/** Checks are generators of faults: whoever wants the first difference takes one, and nothing behind it runs. */
export type Check = Generator<Located, void, undefined>

export const at = (where: string, fault: Fault): Located => ({ ...fault, where })

export const broken = (where: string, rule: BrokenRule): Located => ({ where, code: 'rule-broken', rule })

/** How a value is shown in a difference. */
export const shown = (value: Json | undefined): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'))

export function* same(where: string, found: Json | undefined, expected: Json | undefined): Check {
  if (shown(found) !== shown(expected)) yield { where, code: 'differs', expected: shown(expected), found: shown(found) }
}

/** A JSON pointer's reference token (RFC 6901 §3). */
export const token = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

type Members = { readonly [name: string]: Json }
const isRecord = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Compares two values member by member and names the first place where they differ, in the order of the canonical text. */
export function* sameTree(where: string, found: Json | undefined, expected: Json | undefined): Check {
  if (Array.isArray(found) && Array.isArray(expected)) {
    const [some, others] = [found as readonly Json[], expected as readonly Json[]]
    if (some.length !== others.length) yield* same(where, some.length, others.length)
    for (const [index, element] of some.entries()) yield* sameTree(`${where}/${index}`, element, others[index])
  } else if (isRecord(found) && isRecord(expected)) {
    for (const name of [...new Set([...Object.keys(found), ...Object.keys(expected)])].sort())
      yield* sameTree(`${where}/${token(name)}`, found[name], expected[name])
  } else yield* same(where, found, expected)
}

export function* ascends(where: string, texts: readonly string[], compare: (a: string, b: string) => number): Check {
  for (const [index, text] of texts.entries())
    if (index > 0 && compare(texts[index - 1] as string, text) >= 0) yield { where: `${where}/${index}`, code: 'out-of-order' }
}

/** The first fault of a check. */
export function firstOf(check: Check): Located | undefined {
  const step = check.next()
  return step.done === true ? undefined : step.value
}
