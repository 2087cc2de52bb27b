import { describe, expect, it } from 'vitest'
import { inspectorRecord } from '../tests/support/events.ts'
import { causeOfLetter, deadLetter, deadLetterGroup, originalOf } from './dead-letter.ts'

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

describe('originalOf', () => {
  const cause = { group: 'joint', code: 'sequence-gap', detail: 'gap', attempts: 4, origin: 'registry.inspector.v1/2@17' }

  it('gives back the record that became a letter, and why it did', () => {
    const record = inspectorRecord('i1', 3)
    const letter = deadLetter(record, cause)
    expect(originalOf(letter)).toEqual(record)
    expect(causeOfLetter(letter)).toEqual(cause)
  })

  it('knows no topic where the letter names none', () => {
    const { dlq_origin: _lost, ...headers } = deadLetter(inspectorRecord('i1', 3), cause).headers
    expect(originalOf({ ...inspectorRecord('i1', 3), headers }).topic).toBe('')
  })
})

describe('deadLetterGroup', () => {
  it('tells topics of dead letters from others', () => {
    expect(deadLetterGroup('joint.dlq.v1')).toBe('joint')
    expect(deadLetterGroup('joint.joint-task.v1')).toBeUndefined()
  })
})
