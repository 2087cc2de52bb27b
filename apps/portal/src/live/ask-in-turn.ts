export interface InTurn {
  /** Asks, once the request that is under way is through. */
  readonly again: () => void
  /** Gives up what is under way; nothing is told any more. */
  readonly leave: () => void
}

/**
 * One request after another: an answer that takes long is not given up for a newer one, or a page that asks every few seconds would never have it.
 * However often it is asked meanwhile, one more request follows.
 */
export function askInTurn<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  onAnswer: (value: T) => void,
  onFailed: (error: unknown) => void,
): InTurn {
  const leaving = new AbortController()
  const { signal } = leaving
  let isUnderWay = false
  let isAskedMeanwhile = false

  const askOnce = async (): Promise<void> => {
    try {
      const value = await ask(signal)
      if (!signal.aborted) onAnswer(value)
    } catch (error) {
      if (!signal.aborted) onFailed(error)
    }
  }
  const again = (): void => {
    isAskedMeanwhile = isUnderWay
    if (isUnderWay) return
    isUnderWay = true
    void askOnce().finally(() => {
      isUnderWay = false
      if (isAskedMeanwhile && !signal.aborted) again()
    })
  }
  return { again, leave: () => leaving.abort() }
}
