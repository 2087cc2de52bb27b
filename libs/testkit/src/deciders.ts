import type { Result } from '@dual-random/kernel'
import { expect } from 'vitest'

interface Decided<T, E> {
  /** The decision was this value, compared member by member; members left out of `expected` are not compared. */
  outcome(expected: unknown): T
  /** The decision was refused with this error, compared like an outcome. */
  refusal(expected: unknown): E
}

interface Given<S> {
  when<T, E>(decide: (state: S) => Result<T, E>): Decided<T, E>
}

/** Given a state, when something is decided, then `outcome` or `refusal`: `given(filed).when((plan) => cancel(plan, command)).refusal({ code: 'plan-closed' })`. */
export const given = <S>(state: S): Given<S> => ({
  when(decide) {
    const result = decide(state)
    return {
      outcome(expected) {
        if (!result.ok) expect.fail(`refused: ${JSON.stringify(result.error)}`)
        expect(result.value).toMatchObject(expected as object)
        return result.value
      },
      refusal(expected) {
        if (result.ok) expect.fail(`not refused: ${JSON.stringify(result.value)}`)
        if (typeof expected === 'object' && expected !== null) expect(result.error).toMatchObject(expected)
        else expect(result.error).toEqual(expected)
        return result.error
      },
    }
  },
})

/** The state that past events lead to, for deciders whose state is evolved from events. */
export const givenEvents = <S, E>(evolve: (state: S, event: E) => S, initial: S, ...events: readonly E[]): Given<S> =>
  given(events.reduce(evolve, initial))
