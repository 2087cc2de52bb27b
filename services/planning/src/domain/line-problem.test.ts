import { describe, expect, it } from 'vitest'
import { asksForReason, type LineProblem } from './line-problem.ts'

const asks = (code: string) => asksForReason({ code, pointer: '' } as LineProblem)

describe('problems that a recorded reason settles', () => {
  it.each([
    'ratio-outside-band',
    'count-needs-reason',
    'item-needs-reason',
    'single-needs-reason',
    'special-check-barred',
    'check-without-draw',
    'special-check-needs-problem',
    'joint-exception-missing',
  ])('POL-07 %s', (code) => expect(asks(code)).toBe(true))

  it.each(['ratio-above-cap', 'item-not-on-list', 'rule-not-by-default', 'internal-of-several-departments', 'joint-exception-unknown'])(
    'POL-07 and not %s',
    (code) => expect(asks(code)).toBe(false),
  )
})
