import { err, ok, type Result } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { given, givenEvents } from './deciders.ts'

type Door = { readonly status: 'open' | 'shut' }
type Refusal = { readonly code: 'already-open'; readonly since: number }

const open = (door: Door): Result<Door, Refusal> =>
  door.status === 'open' ? err({ code: 'already-open', since: 1 }) : ok({ status: 'open' })

describe('given', () => {
  it('passes when the outcome or the refusal is the one expected, and returns it', () => {
    expect(given<Door>({ status: 'shut' }).when(open).outcome({ status: 'open' })).toEqual({ status: 'open' })
    expect(given<Door>({ status: 'open' }).when(open).refusal({ code: 'already-open' }).since).toBe(1)
  })

  it('fails when another thing came out', () => {
    const shut = given<Door>({ status: 'shut' })
    expect(() => shut.when(open).outcome({ status: 'shut' })).toThrow(/match/)
    expect(() => shut.when(open).refusal({ code: 'already-open' })).toThrow(/not refused/)
    expect(() => given<Door>({ status: 'open' }).when(open).outcome({ status: 'open' })).toThrow(/refused/)
  })

  it('begins where past events lead', () => {
    const evolve = (_door: Door, event: Door['status']): Door => ({ status: event })
    const opened = givenEvents(evolve, { status: 'shut' }, 'open', 'shut').when(open).outcome({ status: 'open' })
    expect(opened).toEqual({ status: 'open' })
  })
})
