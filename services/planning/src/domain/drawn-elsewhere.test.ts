import { describe, expect, it } from 'vitest'
import { drawnElsewhere } from './drawn-elsewhere.ts'

const draw = (drawn: number, yearEnterprises?: number) => ({ drawn, ...(yearEnterprises === undefined ? {} : { yearEnterprises }) })

describe('what other cities drew of a region', () => {
  it('CRD-08 is of each draw what it brought to the count of the year, which goes over all draws before it', () => {
    expect(drawnElsewhere([], [draw(5, 5), draw(5, 7)])).toEqual({ drawn: 10, enterprises: 7 })
    expect(drawnElsewhere([], [draw(5, 7), draw(5, 5)])).toEqual({ drawn: 10, enterprises: 7 })
    expect(drawnElsewhere([draw(10, 12)], [draw(5, 5), draw(5, 13)])).toEqual({ drawn: 10, enterprises: 5 + 1 })
  })

  it('CRD-08 is never more than the draw drew, nor counted twice where nothing new was drawn', () => {
    expect(drawnElsewhere([], [draw(5, 9)])).toEqual({ drawn: 5, enterprises: 5 })
    expect(drawnElsewhere([draw(5, 5)], [draw(5, 5)])).toEqual({ drawn: 5, enterprises: 5 })
    expect(drawnElsewhere([], [draw(5, 5), draw(5, 5)])).toEqual({ drawn: 10, enterprises: 5 })
  })

  it('CRD-08 takes every object of a draw that is not matched, and none of the region’s own draws', () => {
    expect(drawnElsewhere([draw(9)], [draw(5), draw(5, 3)])).toEqual({ drawn: 10, enterprises: 8 })
    expect(drawnElsewhere([draw(9, 9)], [])).toEqual({ drawn: 0, enterprises: 0 })
  })
})
