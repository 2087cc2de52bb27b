import { type Progress, type Step, withProgress } from './progress.ts'
import { type ProcessExit, spawnTethered, type TetheredOptions } from './tethered.ts'

/** Runs a command to its end, tethered, showing progress; ends it and rejects when the signal is aborted. */
export async function runTethered(
  options: TetheredOptions,
  { progress, signal, ...step }: Step & { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<ProcessExit> {
  signal.throwIfAborted()
  const tethered = spawnTethered(options)
  const onAbort = () => void tethered.stop()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const exit = await withProgress(progress, step, () => tethered.exited)
    signal.throwIfAborted()
    return exit
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
