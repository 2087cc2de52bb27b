import { type WitnessDeps, witnessLog } from './witness-log.ts'

/** Asks again whoever has not cosigned the head of a log served here: a witness that was away catches up. */
export async function witnessLogs(
  deps: WitnessDeps,
  failed: (regionCode: string, witnessId: string, thrown: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const regionCode of deps.keys.regions) {
    if (signal.aborted) return
    for (const [witnessId, thrown] of await witnessLog(deps, regionCode, signal)) failed(regionCode, witnessId, thrown)
  }
}
