import { describe, expect, it } from 'vitest'
import { inspectorRecord } from '../tests/support/events.ts'
import { deadLetter } from './dead-letter.ts'

describe('deadLetter', () => {
  it('INT-15 keeps the record as it was and says why, from where and after how many attempts it came', () => {
    const record = inspectorRecord('i1', 3)
    const letter = deadLetter(record, {
      group: 'joint',
      code: 'sequence-gap',
      detail: 'Gap in the sequence: expected 2, got 3',
      attempts: 4,
      origin: 'registry.inspector.v1/2@17',
    })
    expect(letter).toEqual({
      topic: 'joint.dlq.v1',
      key: record.key,
      value: record.value,
      headers: {
        ...record.headers,
        dlq_reason: 'sequence-gap',
        dlq_detail: 'Gap in the sequence: expected 2, got 3',
        dlq_attempts: '4',
        dlq_origin: 'registry.inspector.v1/2@17',
        dlq_group: 'joint',
      },
    })
  })
})
