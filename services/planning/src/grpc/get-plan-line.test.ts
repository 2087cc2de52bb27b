import { describe, expect, it } from 'vitest'
import { planLine } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { type ObjectScope, wholeScope } from '../domain/object-scope.ts'
import { messageOf, modeMessage } from './get-plan-line.ts'

describe('the mode of a line on the wire', () => {
  it('DRW-08 is a value of the contract for a statutory mode, and the id for one that the policy defines', () => {
    expect(modeMessage('SINGLE_STATION')).toEqual({ selectionMode: 'SELECTION_MODE_SINGLE_STATION' })
    expect(modeMessage('PATROL')).toEqual({ selectionMode: 'SELECTION_MODE_UNSPECIFIED', furtherMode: 'PATROL' })
  })
})

describe('the check batches of a line on the wire', () => {
  it('DRW-16 are told to whoever draws for the line, and are not there where its objects are not cut', () => {
    const of = (line: ReturnType<typeof planLine>) =>
      messageOf({ plan: planAt(publishedVersionOf([line])), version: 1, line, digest: 'ab'.repeat(32) })
    expect(of(planLine('L01', { checkBatches: 3 })).checkBatches).toBe(3)
    expect(of(planLine('L01'))).not.toHaveProperty('checkBatches')
  })
})

describe('the scope of a line on the wire', () => {
  const messageWith = (scope: ObjectScope) => {
    const line = planLine('L01', { objectScope: '星级饭店', scope })
    return messageOf({ plan: planAt(publishedVersionOf([line])), version: 1, line, digest: 'ab'.repeat(32) })
  }

  it('PLN-13 PLN-11 is told to whoever draws for the line, and is not there where the line has none', () => {
    const scope = { kinds: ['ENTERPRISE'], industryPrefixes: ['H61'], tags: ['星级饭店'], regionCodes: ['230302' as never] }
    expect(messageWith(scope).scope).toEqual({ ...scope, kinds: ['OBJECT_KIND_ENTERPRISE'] })
    expect(messageWith(wholeScope)).not.toHaveProperty('scope')
  })
})
