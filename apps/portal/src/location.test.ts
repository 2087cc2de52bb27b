import { describe, expect, it } from 'vitest'
import { type Place, placeOf, searchOf } from './location.ts'

const drawId = 'ab'.repeat(32)

describe('the place in the address', () => {
  it.each<Place>([
    { page: 'list', regionCode: '', year: '' },
    { page: 'list', regionCode: '230300', year: '2026' },
    { page: 'draw', drawId },
    { page: 'verify' },
    { page: 'opening' },
  ])('is read as it was written: %o', (place) => {
    expect(placeOf(searchOf(place).replace('./', ''))).toEqual(place)
  })

  it('is the list where a draw id or page is none', () => {
    expect(placeOf(`?draw=${drawId.slice(1)}`).page).toBe('list')
    expect(placeOf('?page=other').page).toBe('list')
  })
})
