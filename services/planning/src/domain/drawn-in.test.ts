import { describe, expect, it } from 'vitest'
import { drawnIn } from './drawn-in.ts'

describe('what a draw drew in a region', () => {
  const cities = [
    { regionCode: '230300', drawn: 8, yearEnterprises: 20 },
    { regionCode: '230400', drawn: 4 },
  ]

  it('CRD-08 DRW-26 is all of a draw of one city, and its part of a draw of several', () => {
    expect(drawnIn({ drawn: 12, yearEnterprises: 7 }, '230300')).toEqual({ drawn: 12, yearEnterprises: 7 })
    const together = { drawn: 12, yearEnterprises: 20, cities }
    expect(drawnIn(together, '230300')).toEqual({ drawn: 8, yearEnterprises: 20 })
    expect(drawnIn(together, '230400')).toEqual({ drawn: 4 })
    expect(drawnIn(together, '230500')).toEqual({ drawn: 0 })
  })
})
