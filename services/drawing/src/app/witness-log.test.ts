import { appError } from '@dual-random/errors'
import { describe, expect, it } from 'vitest'
import { lateLineOf } from './witness-log.ts'

describe('a witness that holds a line too late', () => {
  it('DRW-31 names the line whose witnesses it has to be shown, which need not be the last of those it was given', () => {
    const refused = (code: Parameters<typeof appError>[1], meta: Readonly<Record<string, string | number>>) =>
      lateLineOf(appError('failed-precondition', code, { meta }))
    expect(refused('witness-round-too-near', { seq: 4, deadline: '2026-03-02T00:50:00.000Z' })).toBe(4)
    expect(refused('witness-not-approved', { seq: 7, void: 3 })).toBe(3)
    // Nobody's word makes up for the superior's.
    expect(refused('witness-not-approved', { seq: 7 })).toBeUndefined()
    expect(refused('witness-wrong-commitment', { seq: 7, pointer: '/attempt' })).toBeUndefined()
  })
})
