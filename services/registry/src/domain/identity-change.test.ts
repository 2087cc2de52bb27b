import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type CheckObject, currentContent, type ObjectContent, recordObject } from './check-object.ts'
import { mergeInto, splitOff } from './identity-change.ts'
import { inactiveExclusion, memberOf } from './mapped-set.ts'

const bureau = '230300-scj' as UnitId
const content: ObjectContent = {
  name: '示例饭店',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode: '230302' as RegionCode,
  address: '',
  tags: [],
  status: 'ACTIVE',
}
const origin = { load: 'l', importId: '' }

function object(letter: string, changes: Partial<ObjectContent> = {}): CheckObject {
  const record = { objectId: letter.repeat(32) as ObjectId, objectCode: letter, unitId: bureau, content: { ...content, ...changes } }
  const recorded = recordObject(undefined, record, '2026-01-02T00:00:00.000Z' as Instant, { load: 'f', importId: 'i' })
  if (!recorded.ok) throw new Error('not recorded')
  return recorded.value.state
}

const about = { at: '2026-03-02T01:00:00.000Z' as Instant, by: { subject: 'wang', unitId: bureau }, reason: '换发统一代码', origin }
const later = { ...about, at: '2026-03-03T01:00:00.000Z' as Instant, reason: '并非同一主体' }

function merged(from: CheckObject, into: CheckObject): CheckObject {
  const result = mergeInto(from, into, about)
  if (!result.ok || result.value === undefined) throw new Error('not merged')
  return result.value
}

describe('DQ-05 merging and splitting', () => {
  it('DQ-05 takes a merged record out of the pool and logs who, when and why; the split brings it back with the status it had', () => {
    const [a, b] = [object('a', { status: 'MOVED' }), object('b')]
    const gone = merged(a, b)
    expect(currentContent(gone)).toMatchObject({ status: 'MERGED', mergedInto: b.objectId })
    const back = splitOff(gone, later)
    expect(back.ok && currentContent(back.value)).toEqual(currentContent(a))
    expect(back.ok && back.value.identityLog).toEqual([
      { at: about.at, action: 'MERGE', survivorId: b.objectId, by: about.by, reason: about.reason },
      { at: later.at, action: 'SPLIT', survivorId: b.objectId, by: later.by, reason: later.reason },
    ])
    expect(back.ok && back.value.timeline).toHaveLength(3)
  })

  it('DQ-05 leaves the object one ticket: its merged record is excluded from a draw in the open', () => {
    const applicability = { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] } as const
    const items = [{ code: 'A', specialities: [], applicability }] as never
    const mapping = { regionCode: '230300' as RegionCode, items, asOf: '2026-03-05T00:00:00.000Z' as Instant }
    const member = memberOf(merged(object('a'), object('b')), mapping)
    expect(member && inactiveExclusion(member)).toEqual({ ground: 'NOT_ACTIVE', evidence: 'MERGED l' })
  })

  it('DQ-05 the next file of registrations does not undo a merge', () => {
    const gone = merged(object('a'), object('b'))
    const record = { objectId: gone.objectId, objectCode: 'a', unitId: bureau, content: { ...content, name: '新名' } }
    const recorded = recordObject(gone, record, later.at, { load: 'g', importId: 'j' })
    expect(recorded.ok && currentContent(recorded.value.state)).toMatchObject({
      name: '新名',
      status: 'MERGED',
      mergedInto: 'b'.repeat(32),
    })
  })

  it('DQ-05 refuses a merge with itself, into a merged record, of one merged elsewhere, and of another unit; the same again is no change', () => {
    const [a, b, c] = [object('a'), object('b'), object('c')]
    const gone = merged(a, b)
    expect(mergeInto(a, a, about)).toMatchObject({ error: { code: 'merge-with-itself' } })
    expect(mergeInto(c, gone, about)).toMatchObject({ error: { code: 'merge-into-merged', id: a.objectId } })
    expect(mergeInto(gone, c, about)).toMatchObject({ error: { code: 'object-merged' } })
    expect(mergeInto(gone, b, about)).toEqual({ ok: true, value: undefined })
    const stranger = { ...about, by: { subject: 'li', unitId: '230300-xfj' as UnitId } }
    expect(mergeInto(a, b, stranger)).toMatchObject({ error: { code: 'owned-by-other-unit', unitId: bureau } })
    expect(splitOff(gone, stranger)).toMatchObject({ error: { code: 'owned-by-other-unit' } })
    expect(splitOff(a, about)).toMatchObject({ error: { code: 'object-not-merged' } })
  })
})
