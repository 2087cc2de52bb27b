import { describe, expect, it } from 'vitest'
import { stratumName, stratumNamed } from './stratum-names.ts'

describe('names of strata', () => {
  it.each(['A', 'D', 'UNGRADED'])('CRD-04 a stratum %s is known again by what people read', (stratum) => {
    expect(stratumNamed(stratumName(stratum), ['A', 'B', 'C', 'D'])).toBe(stratum)
  })

  it('CRD-04 takes no class of another kind for a grade', () => {
    expect(stratumNamed('A', ['A'])).toBe('A')
    for (const name of ['A类', 'A级', '信用风险E级', '']) expect(stratumNamed(name, ['A', 'B'])).toBeUndefined()
  })
})
