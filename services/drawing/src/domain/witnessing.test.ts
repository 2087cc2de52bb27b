import type { Instant } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { witnessedBy } from './witnessing.ts'

const deadline = '2026-03-02T01:20:00.000Z' as Instant
const after = '2026-03-02T01:20:00.001Z' as Instant
const of = (seen: Readonly<Record<string, Instant>>, refused: readonly string[] = []) =>
  witnessedBy({ count: 4, quorum: 3, seen: new Map(Object.entries(seen)), refusedAsLate: new Set(refused) }, deadline)

it('is in time when a quorum held the line by the deadline, to the millisecond', () => {
  expect(of({ w1: deadline, w2: deadline, w3: deadline })).toBe('in-time')
  expect(of({ w1: deadline, w2: deadline, w3: deadline, w4: after })).toBe('in-time')
  expect(of({ w1: deadline, w2: deadline, w3: after })).toBe('unknown')
})

it('is too late only when no quorum can have held it, whoever is still silent', () => {
  expect(of({ w1: deadline, w2: deadline, w3: after, w4: after })).toBe('too-late')
  expect(of({ w3: after, w4: after })).toBe('too-late')
  expect(of({ w3: after })).toBe('unknown')
  expect(of({})).toBe('unknown')
})

it('counts a refusal as too late, and one witness once', () => {
  expect(of({ w1: deadline }, ['w3', 'w4'])).toBe('too-late')
  expect(of({ w3: after }, ['w3'])).toBe('unknown')
})
