import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  type CheckObject,
  currentContent,
  isMarketSubject,
  type ObjectContent,
  objectCodeProblem,
  objectKinds,
  originOf,
  recordObject,
} from './check-object.ts'

const content: ObjectContent = {
  name: '示例饭店',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode: '230302' as RegionCode,
  address: '示例路1号',
  tags: ['业态:堂食'],
  status: 'ACTIVE',
}
const record = { objectId: 'ab'.repeat(16) as ObjectId, objectCode: '91230302MA00000018', unitId: '230300-scj' as UnitId, content }
const first = '2026-03-02T01:00:00.000Z' as Instant
const second = '2026-03-03T01:00:00.000Z' as Instant

const known: CheckObject = (() => {
  const recorded = recordObject(undefined, record, first, { load: 'file-1', importId: 'i1' })
  if (!recorded.ok) throw new Error('not recorded')
  return recorded.value.state
})()

describe('recording an object', () => {
  it('REG-30 what was not known before is created, with its first version', () => {
    expect(recordObject(undefined, record, first, { load: 'file-1', importId: 'i1' })).toMatchObject({
      ok: true,
      value: { outcome: 'created', written: true, state: { objectCode: record.objectCode, timeline: [{ from: first, content }] } },
    })
  })

  it('DQ-04 the same content is no change, whichever file it comes in', () => {
    expect(recordObject(known, record, second, { load: 'file-2', importId: 'i2' })).toMatchObject({
      ok: true,
      value: { outcome: 'unchanged', state: known },
    })
  })

  it('REG-30 a change makes a version and keeps the one before', () => {
    expect(
      recordObject(known, { ...record, content: { ...content, status: 'DEREGISTERED' } }, second, { load: 'file-2', importId: 'i2' }),
    ).toMatchObject({
      ok: true,
      value: {
        outcome: 'changed',
        state: {
          timeline: [
            { from: first, to: second, load: 'file-1', content },
            { from: second, load: 'file-2', content: { status: 'DEREGISTERED' } },
          ],
        },
      },
    })
  })

  it('REG-27 REG-29 keeps what units tagged and looks at the rules anew, in the same write', () => {
    const unitTags = [{ unitId: '230300-xfj' as UnitId, tags: ['消防重点'] }]
    const last = known.timeline[0]
    const tagged = { ...known, timeline: last === undefined ? [] : [{ ...last, content: { ...content, unitTags } }] }
    const retag = (_unitId: UnitId, next: ObjectContent): ObjectContent =>
      next.industry.startsWith('F') ? { ...next, ruleTags: [{ tag: '业态:零售', ruleId: 'r1' }] } : next
    const origin = { load: 'file-2', importId: 'i2' }
    const recorded = recordObject(tagged, { ...record, content: { ...content, industry: 'F5211', tags: [] } }, second, origin, retag)
    expect(recorded.ok && currentContent(recorded.value.state)).toEqual({
      ...content,
      industry: 'F5211',
      tags: [],
      unitTags,
      ruleTags: [{ tag: '业态:零售', ruleId: 'r1' }],
    })
  })

  it('REG-27 DQ-04 counts as new what the same import made, though rules tag it otherwise by now', () => {
    const retag = (_unitId: UnitId, next: ObjectContent): ObjectContent => ({ ...next, ruleTags: [{ tag: '业态:零售', ruleId: 'r1' }] })
    const again = recordObject(known, record, second, known.timeline[0] ?? { load: '', importId: '' }, retag)
    expect(again).toMatchObject({ ok: true, value: { outcome: 'created', written: true } })
    expect(recordObject(known, record, second, { load: 'file-2', importId: 'i2' }, retag)).toMatchObject({ value: { outcome: 'changed' } })
  })

  it('DQ-10 the same content from a better source is a version, from a worse one it is none', () => {
    const verified = { load: 'file-2', importId: 'i2', receivedFrom: 'REGISTRATION_SYSTEM', quality: 'VERIFIED' } as const
    const better = recordObject(known, record, second, verified)
    expect(better).toMatchObject({ ok: true, value: { outcome: 'changed', written: true } })
    if (!better.ok) return
    expect(better.value.state.timeline.at(-1)).toMatchObject({ receivedFrom: 'REGISTRATION_SYSTEM', quality: 'VERIFIED' })
    const worse = { load: 'file-3', importId: 'i3', receivedFrom: 'SELF_BUILT', quality: 'UNVERIFIED' } as const
    expect(recordObject(better.value.state, record, second, worse)).toMatchObject({
      ok: true,
      value: { outcome: 'unchanged', written: false },
    })
    const again = { ...verified, load: 'file-4', importId: 'i4' }
    expect(recordObject(better.value.state, record, second, again)).toMatchObject({
      ok: true,
      value: { outcome: 'unchanged', written: false },
    })
    expect(originOf(better.value.state)).toEqual({ receivedFrom: 'REGISTRATION_SYSTEM', quality: 'VERIFIED' })
    expect(originOf(known)).toStrictEqual({})
  })

  it('REG-41 refuses another unit, even for the same content', () => {
    expect(recordObject(known, { ...record, unitId: '230300-xfj' as UnitId }, second, { load: 'file-2', importId: 'i2' })).toMatchObject({
      ok: false,
      error: { code: 'owned-by-other-unit', unitId: '230300-scj' },
    })
  })
})

describe('kinds and codes', () => {
  it('REG-21 knows six kinds, two of them market subjects', () => {
    expect(objectKinds).toHaveLength(6)
    expect(objectKinds.filter(isMarketSubject)).toEqual(['ENTERPRISE', 'INDIVIDUAL_BUSINESS'])
  })

  // 9144030071526726XG is the published code of a listed company.
  it.each([
    ['ENTERPRISE', '9144030071526726XG', undefined],
    ['ENTERPRISE', '9144030071526726X0', 'wrong-check-character'],
    ['ENTERPRISE', '9144030071526726X', 'wrong-length'],
    ['INDIVIDUAL_BUSINESS', '9244030071526I26XG', 'wrong-character'],
    ['OTHER_SUBJECT', '914403007152672', 'wrong-length'],
    ['ENTERPRISE', '9444030071526726XG', 'wrong-organisation-type'],
    ['ENTERPRISE', '91230300MA18B7XQ26', 'wrong-organisation-code'],
    ['PROJECT', '9144030071526726X0', 'wrong-check-character'],
    ['PROJECT', 'PRJ-2026-001', undefined],
    ['PROJECT', '项目 1', 'not-an-id'],
  ] as const)('DQ-04 judges the code of %s %s', (kind, code, problem) => {
    expect(objectCodeProblem(kind, code)).toBe(problem)
  })
})
