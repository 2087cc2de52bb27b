import { textAt, urlOf } from './drawing-client.ts'

/** Where a region's log, what witnesses signed of it and its S are to be had. */
export interface LogSource {
  readonly url: string
  /** The keeper of the log; the others are witnesses with copies. */
  readonly isKeeper: boolean
  log(): Promise<readonly string[]>
  checkpoints(): Promise<readonly string[]>
  commitment(drawId: string, digest: string): Promise<string | undefined>
}

/** The first URL is drawing's, the others are those of witnesses (`apps/witness`). */
export const logSources = (urls: readonly string[], regionCode: string): readonly LogSource[] =>
  urls.map((url, index) => {
    const at = (path: string): Promise<string | undefined> => textAt(urlOf(url, path))
    const lines = async (path: string): Promise<readonly string[]> => linesOf(await at(path))
    return index === 0
      ? {
          url,
          isKeeper: true,
          log: () => lines(`/v1/public/region-logs/${regionCode}`),
          checkpoints: () => lines(`/v1/public/region-logs/${regionCode}/checkpoints`),
          commitment: (drawId) => at(`/v1/public/draws/${drawId}/commitment`),
        }
      : {
          url,
          isKeeper: false,
          log: () => lines(`/v1/region-logs/${regionCode}`),
          checkpoints: () => lines(`/v1/checkpoints/${regionCode}`),
          commitment: (_drawId, digest) => at(`/v1/commitments/${regionCode}/${digest}`),
        }
  })

const linesOf = (content: string | undefined): readonly string[] => (content ?? '').split('\n').filter((line) => line !== '')
