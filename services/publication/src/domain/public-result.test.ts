import { describe, expect, it } from 'vitest'
import { changed, valueOf } from '../../tests/support/policies.ts'
import {
  content,
  end,
  fourCoalCities,
  history,
  identity,
  known,
  publishedEvent,
  requested,
  scheduledEvents,
  terms,
  termsInput,
} from '../../tests/support/records.ts'
import { isPublic, publicResult } from './public-result.ts'
import type { Content, Ruled } from './publication.ts'
import { termsOf } from './terms.ts'

const recordOf = (changes: Partial<Content>): Ruled => {
  const own = { ...content, ...changes }
  const ruled = valueOf(termsOf({ ...termsInput, content: own }))
  return history(
    { type: 'content-recorded', identity, content: own },
    { type: 'task-ended', identity, end },
    { type: 'scheduled', terms: ruled },
  ) as Ruled
}

describe('the public form of a result', () => {
  it('SEC-07 has exactly the listed members, none of draw, inspector or object id', () => {
    const record = recordOf({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20', note: '内部备注' })
    expect(publicResult(record, 'publicitySystem')).toEqual({
      publicationId: 'pub-r1',
      regionCode: '230300',
      unitId: '230300-scj',
      objectCode: '91230300MA18XXXX0A',
      objectName: '鸡西市兴达煤矿机械有限公司',
      objectKind: 'ENTERPRISE',
      itemCode: 'SCJG-01',
      itemName: '营业执照规范使用情况的检查',
      resultType: 'ORDERED_CORRECT',
      resultText: '发现问题，依法责令立即改正或者限期改正',
      subValue: 'CORRECT_BY',
      subValueText: '限期改正',
      correctBy: '2026-05-20',
      checkedOn: '2026-04-08',
      channel: 'publicitySystem',
    })
  })

  it('SEC-07 states a note only where the type is nothing without it, and screened', () => {
    expect(publicResult(recordOf({ note: '内部备注' }), 'publicitySystem')).not.toHaveProperty('statement')
    const other = recordOf({ resultType: 'OTHER', note: '已停业，联系人：赵六' })
    expect(publicResult(other, 'publicitySystem').statement).toBe('已停业，联系人：＊＊＊')
    const untold = { ...other, content: { ...content, resultType: 'OTHER' } } as Ruled
    expect(publicResult(untold, 'publicitySystem')).not.toHaveProperty('statement')
  })

  it('PUB-01 uses the texts of the policy', () => {
    const policy = changed(fourCoalCities, 'result.types', [{ id: 'NO_PROBLEM', text: '本地说法', opens: 'NOTHING' }])
    expect(valueOf(termsOf({ ...termsInput, policy })).resultText).toBe('本地说法')
  })

  it('PUB-24 is seen by the public only while it is published', () => {
    expect(isPublic(undefined)).toBe(false)
    expect(isPublic(history(...known))).toBe(false)
    expect(isPublic(history(...scheduledEvents, requested))).toBe(false)
    const published = history(...scheduledEvents, requested, publishedEvent)
    expect(isPublic(published)).toBe(true)
    const stopped = history(...scheduledEvents, requested, publishedEvent, {
      type: 'stopped',
      stop: { reason: '期满', by: 'li.si', at: terms.endsAt },
    })
    expect(isPublic(stopped)).toBe(false)
  })
})
