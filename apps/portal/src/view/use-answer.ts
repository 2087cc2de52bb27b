import { useCallback, useEffect, useRef, useState } from 'react'
import { askInTurn, type InTurn } from '../live/ask-in-turn.ts'

export type Answer<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly reason: string }

/**
 * What a request gives; `ask` is asked whenever it is another function. `again` asks anew and keeps showing what was there; a value
 * that is there outlives a failure, as the page goes on without a network.
 */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>): { readonly answer: Answer<T>; readonly again: () => void } {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'asking' })
  const asking = useRef<InTurn>(undefined)
  const again = useCallback(() => asking.current?.again(), [])
  useEffect(() => {
    const turn = askInTurn(
      ask,
      (value) => setAnswer({ state: 'there', value }),
      (error) => {
        const reason = error instanceof Error ? error.message : String(error)
        setAnswer((before) => (before.state === 'there' ? before : { state: 'failed', reason }))
      },
    )
    asking.current = turn
    turn.again()
    return turn.leave
  }, [ask])
  return { answer, again }
}
