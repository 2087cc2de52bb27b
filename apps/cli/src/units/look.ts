import { err, ok, type Result } from '@dual-random/kernel'
import type { LogSource } from './log-sources.ts'
import type { LogFault, LogView } from './log-view.ts'

/** A source that was not believed, or did not answer. */
export interface PassedOver {
  readonly url: string
  readonly why: LogFault | string
}

/**
 * Looks at the log again. What its keeper shows must hold, and a fork that the keeper's signature proves is one, whoever shows it. A witness may be
 * wrong, dishonest or away: it is passed over.
 */
export async function look(view: LogView, sources: readonly LogSource[]): Promise<Result<readonly PassedOver[], LogFault>> {
  const passedOver: PassedOver[] = []
  const find = async (drawId: string, digest: string): Promise<string | undefined> => {
    for (const source of sources) {
      const content = await source.commitment(drawId, digest).catch(() => undefined)
      if (content !== undefined) return content
    }
    return undefined
  }
  for (const source of sources) {
    const { url, isKeeper } = source
    try {
      // The log is asked for second, so that it reaches as far as the checkpoints do.
      const checkpoints = await source.checkpoints()
      const lines = await source.log()
      const taken = isKeeper ? await view.take(lines, find) : await view.takeCopy(lines, checkpoints, find)
      const heard = taken.ok ? view.hear(checkpoints) : taken
      if (heard.ok) continue
      if (isKeeper || heard.error.code === 'fork') return err(heard.error)
      passedOver.push({ url, why: heard.error })
    } catch (thrown) {
      passedOver.push({ url, why: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }
  return ok(passedOver)
}
