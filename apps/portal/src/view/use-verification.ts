import { useCallback, useEffect, useRef, useState } from 'react'
import { inWorker } from '../work/in-worker.ts'
import type { TimedVerdict } from '../work/jobs.ts'
import type { VerifyRequest } from '../work/verify-job.ts'

export type Verification =
  | { readonly state: 'idle' }
  | { readonly state: 'gathering' }
  | { readonly state: 'running'; readonly percent: number }
  | { readonly state: 'done'; readonly result: TimedVerdict }
  | { readonly state: 'broken'; readonly reason: string }

/** What is verified, once it is there. */
export type Gather = (signal: AbortSignal) => Promise<VerifyRequest>

/** One verification at a time: starting another or leaving the page ends the one under way. */
export function useVerification() {
  const [verification, setVerification] = useState<Verification>({ state: 'idle' })
  const running = useRef<AbortController>(undefined)
  const cancel = useCallback(() => {
    running.current?.abort()
    setVerification({ state: 'idle' })
  }, [])
  const start = useCallback(async (gather: Gather): Promise<void> => {
    running.current?.abort()
    const { signal } = (running.current = new AbortController())
    const show = (next: Verification): void => {
      if (!signal.aborted) setVerification(next)
    }
    try {
      show({ state: 'gathering' })
      const request = await gather(signal)
      show({ state: 'running', percent: 0 })
      const onProgress = (share: number): void => show({ state: 'running', percent: Math.floor(100 * share) })
      show({ state: 'done', result: await inWorker('verify', request, { signal, onProgress }) })
    } catch (error) {
      show({ state: 'broken', reason: error instanceof Error ? error.message : String(error) })
    }
  }, [])
  useEffect(() => () => running.current?.abort(), [])
  return { verification, start, cancel }
}
