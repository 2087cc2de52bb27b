import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type CheckObject, isMarketSubject, type ObjectContent, objectCodeProblem, objectKinds, recordObject } from './check-object.ts'

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
