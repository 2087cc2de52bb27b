import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { clueTaskFacts } from '../../tests/support/clues.ts'
import { planLine } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import type { LineInput } from '../domain/line-input.ts'
import { type ObjectScope, wholeScope } from '../domain/object-scope.ts'
import type { LineBatch } from '../domain/plan.ts'
import { clueTaskMessage, messageOf, modeMessage } from './get-plan-line.ts'
import { publishedPlanMessage } from './published-plan.ts'

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

describe('the scope of a batch on the wire', () => {
  it('PLN-13 is told to whoever draws the batch and to the public, and is not there where the batch has none', () => {
    const scope = { ...wholeScope, tags: ['星级饭店'] }
    const [first, second] = planLine('L01', { times: 2 }).batches as [LineBatch, LineBatch]
    const line = { ...planLine('L01'), batches: [{ ...first, scope }, second] }
    const version = publishedVersionOf([line])
    const plan = planAt(version)
    const { batches } = messageOf({ plan, version: 1, line, digest: 'ab'.repeat(32) })
    expect(batches[0]?.scope).toEqual(scope)
    expect(batches[1]).not.toHaveProperty('scope')
    const names = { unit: (id: string) => id, item: (id: string) => id }
    expect(publishedPlanMessage({ plan, version, names } as never).lines[0]?.batchScopes).toEqual([{ batch: 1, scope }])
  })
})

describe('what is put forward for drawing objects again, on the wire', () => {
  const repeatGround = { reason: '必要时复查', citation: { kind: 'LAW', text: '《食品安全法》第一百零九条' } } as const

  it('CRD-07 CRD-09 is told to whoever draws for a line or a task on clues, and is not there where there is none', () => {
    const messageWith = (members: Partial<LineInput>) => {
      const line = planLine('L01', members)
      return messageOf({ plan: planAt(publishedVersionOf([line])), version: 1, line, digest: 'ab'.repeat(32) })
    }
    expect(messageWith({ repeatGround }).repeatGround).toEqual(repeatGround)
    expect(messageWith({})).not.toHaveProperty('repeatGround')
    const accepted = { by: 'planner', at: '2026-05-08T06:00:00.000Z' as Instant, subjectDigest: 'ab'.repeat(32) }
    const task = { ...clueTaskFacts, status: 'ACCEPTED', accepted } as const
    expect(clueTaskMessage({ ...task, repeatGround: { reason: '必要时复查' } }).repeatGround).toEqual({ reason: '必要时复查' })
    expect(clueTaskMessage(task)).not.toHaveProperty('repeatGround')
  })
})
