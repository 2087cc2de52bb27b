import { describe, expect, it } from 'vitest'
import { commit, rosterOf } from '../tests/bundle.ts'
import { sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { objectOpener, opensTo, publicOpeningsText } from './openings.ts'
import { sortRoster } from './roster.ts'

const [vector] = bundleVectors
const { drawId, snapshot } = commit(vector)

describe('openings', () => {
  it('DRW-34 shows nobody a place who is not of the mapped set', () => {
    const sorted = sortRoster(rosterOf(vector))
    const open = objectOpener(sha256Hash, drawId, sorted.ok ? sorted.value : [])
    expect(open({ ...vector.opening, label: '0'.repeat(64) })).toBeUndefined()
  })

  it('DRW-34 opens to a snapshot of this draw, with this label, size and root, and to no other', () => {
    const opens = (opening: object, of: object = {}) => opensTo(sha256Hash, { ...snapshot, ...of }, { ...vector.opening, ...opening })
    expect(opens({})).toBe(true)
    expect(opens({}, { drawId: '0'.repeat(64), labelsOf: drawId })).toBe(false)
    expect(opens({ drawId: '0'.repeat(64) }, { drawId: '0'.repeat(64), labelsOf: drawId })).toBe(true)
    expect(opens({ label: '0'.repeat(64) })).toBe(false)
    expect(opens({}, { root: '0'.repeat(64) })).toBe(false)
    expect(opens({}, { strata: snapshot.strata.map((one, index) => (index === 0 ? { ...one, mapped: one.mapped + 1 } : one)) })).toBe(false)
  })

  it('DRW-26 DRW-34 tells whose roster it stands in where several cities draw together, and nothing of it elsewhere', () => {
    const sorted = sortRoster(rosterOf(vector))
    const open = (...city: readonly [string?]) => objectOpener(sha256Hash, drawId, sorted.ok ? sorted.value : [], ...city)(vector.opening)
    expect(open('230400')).toStrictEqual({ ...vector.opening, regionCode: '230400' })
    expect(open()).toStrictEqual(vector.opening)
    expect(vector.opening).not.toHaveProperty('regionCode')
  })

  it('DRW-31 are published in the byte order of their ids, with id and salt alone', () => {
    const lines = [
      { id: '乙', salt: 'c' },
      { id: 'b', salt: 'b', more: 1 },
      { id: 'a', salt: 'a' },
    ]
    const text = '{"id":"a","salt":"a"}\n{"id":"b","salt":"b"}\n{"id":"乙","salt":"c"}\n'
    expect([publicOpeningsText(lines), publicOpeningsText(lines.toReversed())]).toEqual([text, text])
  })
})
