import type { FileFault } from '@dual-random/draw/forms'
import type { Json } from '@dual-random/kernel'

/** What is wrong at one place: JSON pointer, or `line N` with the pointer inside the line. Values are shown as their canonical JSON text, texts as they are. */
export type Fault =
  | FileFault
  | ({ readonly where: string } & (
      | { readonly code: 'out-of-order' }
      | { readonly code: 'differs'; readonly expected: string; readonly found: string }
      | { readonly code: 'bad-signature' }
      /** No key of that name that may sign this. */
      | { readonly code: 'unknown-key'; readonly roles: readonly string[] }
      | { readonly code: 'rule-broken'; readonly rule: BrokenRule }
    ))

/** Rules that are no comparison with a recomputed value. */
export type BrokenRule =
  | 'snapshot-not-before-commitment'
  | 'delay-too-short'
  | 'no-beacon'
  | 'no-clue'
  | 'number-too-large'
  | 'joint-redraw'
  | 'no-part-of-parent'
  | 'no-other-part'
  | 'part-of-organiser'
  | 'not-a-part'
  | 'label-of-another-part'
  | 'tip-by-beacon-operator'
  | 'drawn-before'
  | 'parent-not-among-them'
  | 'labels-mismatch-purpose'
  | 'no-reason'
  | 'approved-after-commitment'
  | 'nothing-to-draw'
  | 'not-of-the-family'
  | 'before-round-of-family'
  | 'not-later-than-parent'
  | 'label-not-standing'
  | 'drawable-again'
  | 'number-missing'
  | 'after-freeze-of-redraw'
  | 'attempt-follows-none'
  | 'beacon-key-of-another-region'
  | 'margin-too-short'
  | 'next-attempt-frozen'
  | 'attempt-before-stands'
  | 'not-approved'
  | 'approval-after-commitment'
  | 'second-audit'
  | 'audited-by-organiser'
  | 'tip-not-opened'
  | 'self-beacon-outside-demonstration'
  | 'self-beacon-key-unknown'
  | 'beacon-of-no-other-region'
  | 'beacon-key-twice'
  | 'too-few-regions'
  | 'beacon-key-not-in-log'
  | 'beacon-key-too-young'
  | 'beacon-not-run-apart'
  | 'repeated-key'
  | 'key-given-before'
  | 'key-of-others'
  | 'seq-not-ascending'
  | 'log-ends-before'
  | 'genesis-out-of-place'
  | 'second-entry'
  | 'nothing-before'
  | 'not-a-source-of-numbers'
  | 'definition-given-before'
  | 'definition-not-in-log'
  | 'definition-too-young'
  | 'definition-invalid'
  | 'source-not-of-commitment'
  | 'numbers-after-transcript'
  | 'numbers-mismatch-definition'
  | 'numbers-too-early'
  | 'numbers-not-the-first'
  | 'numbers-out-of-order'
  | 'numbers-not-typed'
  | 'not-among-the-drawn'
  | 'not-witnessed-in-time'
  | 'draw-void'
  | 'after-failed'
  | 'failed-too-early'
  | 'failed-too-late'
  | 'reveal-missing'

/** The first difference of a bundle: in which file, where, and what. */
export type Difference = Fault & { readonly file: string }

/** Checks are generators of faults: whoever wants the first difference takes one, and nothing behind it runs. */
export type Check<T = void> = Generator<Fault, T, undefined>

export const broken = (where: string, rule: BrokenRule): Fault => ({ where, code: 'rule-broken', rule })

/** How a value is shown in a difference. */
const shown = (value: Json | undefined): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'))

export function* same(where: string, found: Json | undefined, expected: Json | undefined): Check {
  if (shown(found) !== shown(expected)) yield { where, code: 'differs', expected: shown(expected), found: shown(found) }
}

export function* hold(where: string, holds: boolean, rule: BrokenRule): Check {
  if (!holds) yield broken(where, rule)
}

export function* ascends(where: string, texts: readonly string[], compare: (a: string, b: string) => number): Check {
  for (const [index, text] of texts.entries())
    if (index > 0 && compare(texts[index - 1] as string, text) >= 0) yield { where: `${where}/${index}`, code: 'out-of-order' }
}

/** The first fault of a check. */
export function firstOf(check: Check): Fault | undefined {
  const step = check.next()
  return step.done === true ? undefined : step.value
}
