/** An event of the gateway's public feed (services/gateway/README.md). */
export interface FeedEvent {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly regionCode: string
}

/** Whether events come by themselves, or the page asks for them. */
export type FeedState = 'live' | 'polling'

export interface FeedOptions {
  readonly regionCode?: string
  readonly types: readonly string[]
  readonly onEvent: (event: FeedEvent) => void
  /** Asks anew while no events come. */
  readonly onPoll: () => void
  readonly onState: (state: FeedState) => void
}

export const drawEventTypes = ['committed', 'drawn', 'matched', 'closed', 'voided', 'failed'].map(
  (past) => `cn.dualrandom.drawing.draw.${past}.v1`,
)

const pollMs = 10_000
const firstRetryMs = 2000
const longestRetryMs = 60_000

/**
 * Follows the feed until the returned function is called. The browser reconnects a stream that broke, by `Last-Event-ID`; one that was
 * refused is tried again here, ever more rarely. Meanwhile the page polls.
 */
export function followFeed({ regionCode, types, onEvent, onPoll, onState }: FeedOptions): () => void {
  const parameters = new URLSearchParams({ types: types.join(','), ...(regionCode === undefined ? {} : { regionCode }) })
  let source: EventSource | undefined
  let retryMs = firstRetryMs
  let retry: ReturnType<typeof setTimeout> | undefined
  let polling: ReturnType<typeof setInterval> | undefined

  const setPolling = (isPolling: boolean): void => {
    if (isPolling === (polling !== undefined)) return
    clearInterval(polling)
    polling = isPolling ? setInterval(onPoll, pollMs) : undefined
    onState(isPolling ? 'polling' : 'live')
  }
  const open = (): void => {
    const opened = new EventSource(`/v1/feed?${parameters}`)
    source = opened
    opened.addEventListener('open', () => {
      retryMs = firstRetryMs
      // What happened while nobody listened.
      if (polling !== undefined) onPoll()
      setPolling(false)
    })
    opened.addEventListener('error', () => {
      setPolling(true)
      if (opened.readyState !== EventSource.CLOSED) return
      retry = setTimeout(open, retryMs)
      retryMs = Math.min(2 * retryMs, longestRetryMs)
    })
    for (const type of types) opened.addEventListener(type, ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as FeedEvent))
  }
  setPolling(true)
  open()
  return () => {
    source?.close()
    clearTimeout(retry)
    clearInterval(polling)
  }
}
