import type { PartName, PartStarter, StartContext, StartedPart } from './part.ts'

export type Starters = Readonly<Record<PartName, PartStarter>>

export type StartedParts = Readonly<Record<PartName, StartedPart>>

/** Starts both parts at the same time. When one fails the other's start is aborted, or it is stopped, before this rejects. */
export async function startParts(starters: Starters, context: StartContext): Promise<StartedParts> {
  context.signal.throwIfAborted()
  const failed = new AbortController()
  const inner = { ...context, signal: AbortSignal.any([context.signal, failed.signal]) }
  let cause: unknown
  const attempt = async (part: PartName): Promise<StartedPart | undefined> => {
    try {
      return await starters[part](inner)
    } catch (error) {
      // The other part's own failure follows from the abort, so only the first counts.
      if (!failed.signal.aborted) cause = error
      failed.abort(error)
      return undefined
    }
  }
  const [kafka, store] = await Promise.all([attempt('kafka'), attempt('store')])
  if (kafka !== undefined && store !== undefined && !context.signal.aborted) return { kafka, store }
  await Promise.all([kafka?.stop(), store?.stop()])
  context.signal.throwIfAborted()
  throw cause
}
