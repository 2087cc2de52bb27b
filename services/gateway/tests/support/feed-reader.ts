export interface FeedMessage {
  readonly id: string
  readonly event: string
  readonly data: {
    readonly id: string
    readonly type: string
    readonly regionCode: string
    readonly data: Readonly<Record<string, unknown>>
  }
}

export interface FeedFollower {
  readonly messages: readonly FeedMessage[]
  /** Settles when the server has ended the stream. */
  readonly ended: Promise<void>
  leave(): void
}

/** Follows server-sent events as a browser would; resolves once the stream is open. */
export async function followFeed(url: string, lastEventId?: string): Promise<FeedFollower> {
  const leaving = new AbortController()
  const answer = await fetch(url, {
    signal: leaving.signal,
    headers: { accept: 'text/event-stream', ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
  })
  if (answer.status !== 200 || answer.body === null) throw new Error(`${answer.status} ${await answer.text()}`)
  const messages: FeedMessage[] = []
  const read = async (body: NonNullable<typeof answer.body>): Promise<void> => {
    let unread = ''
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const blocks = `${unread}${text}`.split('\n\n')
      unread = blocks.pop() ?? ''
      for (const block of blocks) if (!block.startsWith(':')) messages.push(messageOf(block))
    }
  }
  return { messages, ended: read(answer.body), leave: () => leaving.abort() }
}

function messageOf(block: string): FeedMessage {
  const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
  return { id: fields['id'] ?? '', event: fields['event'] ?? '', data: JSON.parse(fields['data'] ?? '') as FeedMessage['data'] }
}
