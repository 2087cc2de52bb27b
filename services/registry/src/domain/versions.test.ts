import type { Instant } from '@dual-random/kernel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfTime, latestVersion, repeatedOutcome, type Timeline, versionAt, versionBefore, withVersion } from './versions.ts'

const at = (second: number): Instant => `2026-03-02T01:00:${String(second).padStart(2, '0')}.000Z` as Instant

const f1 = { load: 'f1', importId: 'i1' }
const f2 = { load: 'f2', importId: 'i2' }

describe('timeline', () => {
  const two = withVersion(withVersion<string>([], at(1), f1, 'a'), at(3), f2, 'b')

  it('POL-05 a version holds from its start up to, but not at, the start of the next', () => {
    expect(versionAt(two, at(0))).toBeUndefined()
    expect(versionAt(two, at(1))?.content).toBe('a')
    expect(versionAt(two, '2026-03-02T01:00:02.999Z' as Instant)?.content).toBe('a')
    expect(versionAt(two, at(3))?.content).toBe('b')
    expect(latestVersion(two)).toEqual({ from: at(3), to: endOfTime, ...f2, content: 'b' })
  })

  it('a clock behind the last version begins the next just after it', () => {
    const back = withVersion(two, at(2), f2, 'c')
    expect(back.map(({ from }) => from)).toEqual([at(1), at(3), '2026-03-02T01:00:03.001Z'])
    expect(versionAt(back, at(3))?.content).toBe('b')
  })

  it('a version of the very instant of the last one begins just after it, and one of a millisecond later at its own', () => {
    const next = '2026-03-02T01:00:03.001Z' as Instant
    for (const instant of [at(3), next]) {
      expect(withVersion(two, instant, f2, 'c').map(({ from, to }) => [from, to])).toEqual([
        [at(1), at(3)],
        [at(3), next],
        [next, endOfTime],
      ])
    }
  })

  it('DQ-04 the same content again is what the same import did before, and nothing for another', () => {
    const one = withVersion<string>([], at(1), f1, 'a')
    expect(repeatedOutcome(one, f1)).toBe('created')
    expect(repeatedOutcome(one, f2)).toBe('unchanged')
    expect(repeatedOutcome(two, f2)).toBe('changed')
    expect(repeatedOutcome(two, f1)).toBe('unchanged')
  })

  it('DQ-04 the version before an import is the one in force when it first changed the record', () => {
    const three = withVersion(withVersion(two, at(5), f2, 'c'), at(7), f1, 'd')
    expect(versionBefore(three, f2)?.content).toBe('a')
    expect(versionBefore(three, f1)).toBeUndefined()
    expect(versionBefore(three, { load: 'f3', importId: 'i3' })).toBeUndefined()
  })

  it('DQ-04 REG-27 a version that no import brought does not hide what the import did', () => {
    const rules = { load: 'rules', importId: '' }
    const created = withVersion(withVersion<string>([], at(1), f1, 'a'), at(3), rules, 'b')
    expect(repeatedOutcome(created, f1)).toBe('created')
    expect(repeatedOutcome(created, f2)).toBe('unchanged')
    expect(repeatedOutcome(created, rules)).toBe('unchanged')
    expect(repeatedOutcome(withVersion(two, at(5), rules, 'c'), f2)).toBe('changed')
    expect(repeatedOutcome(withVersion<string>([], at(1), rules, 'a'), f1)).toBe('unchanged')
  })

  it('keeps every version, without gap or overlap, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 20 }), (seconds) => {
        const timeline = seconds.reduce<Timeline<number>>((versions, second, index) => withVersion(versions, at(second), f1, index), [])
        expect(timeline.map(({ content }) => content)).toEqual(seconds.map((_, index) => index))
        for (const [index, version] of timeline.entries()) {
          expect(version.from < version.to).toBe(true)
          expect(version.to).toBe(timeline[index + 1]?.from ?? endOfTime)
        }
      }),
    )
  })
})
