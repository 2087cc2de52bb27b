import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { addressOf, type FramedRequest, type Framing, frameSplitter } from './framing.ts'
import { type Gate, gate, Passage } from './passage.ts'

/** Replies that were to be cut, and how many have been. */
export interface ReplyCuts {
  readonly wanted: number
  readonly done: number
}

export interface ReplyCuttingProxy extends AsyncDisposable {
  /** `host:port` for clients, one for each server. */
  readonly addresses: readonly string[]
  /**
   * Lets the next so many requests of a kind through to the server, and cuts their connection instead of delivering the reply: the
   * server has done what the client will never hear of.
   */
  cutReplies(kind: string, count: number): ReplyCuts
  /** Calls with every request that passes on to a server. */
  watch(onRequest: (request: FramedRequest) => void): void
  /** Requests of a kind that have passed on to a server. */
  passed(kind: string): number
  /** The most requests of a kind that waited for their replies at once. */
  mostAtOnce(kind: string): number
  /** Holds every request and every reply back for so long; they stay in order. */
  delay(milliseconds: number): void
  /** Accepts, and delivers nothing in either direction. */
  freeze(): void
  thaw(): void
  /** The connections there are deliver nothing any more, as behind a dead host; new ones do. */
  silence(): void
  /** Cuts every connection there is. */
  cut(): void
  /** Cuts every connection there is and every new one. */
  refuse(): void
  accept(): void
  /** Connections refused so far. */
  refused(): number
  close(): Promise<void>
}

export interface ReplyCuttingProxyOptions {
  readonly framing: Framing
  /** `host:port` of each, as it tells its clients. */
  readonly servers: readonly string[]
}

const host = '127.0.0.1'

interface Traffic {
  readonly framing: Framing
  readonly addresses: Map<string, string>
  readonly gate: Gate
  readonly cuts: { kind: string; left: number; readonly counts: { wanted: number; done: number } }[]
  readonly watchers: ((request: FramedRequest) => void)[]
  readonly passed: Map<string, number>
  readonly waiting: Map<string, number>
  readonly most: Map<string, number>
  readonly passages: Set<Passage>
}

/** A TCP proxy on loopback before servers whose requests it can tell apart. */
export async function replyCuttingProxy({ framing, servers }: ReplyCuttingProxyOptions): Promise<ReplyCuttingProxy> {
  const sockets = new Set<Socket>()
  const addresses = new Map<string, string>()
  const traffic: Traffic = {
    framing,
    addresses,
    gate: gate(),
    cuts: [],
    watchers: [],
    passed: new Map(),
    waiting: new Map(),
    most: new Map(),
    passages: new Set(),
  }
  let open = true
  let refused = 0
  const listeners: Server[] = []
  for (const server of servers) {
    const { hostname, port } = addressOf(server)
    const listener = createServer((client) => {
      if (!open) {
        refused++
        client.resetAndDestroy()
        return
      }
      const upstream = connect(port, hostname)
      for (const socket of [client, upstream]) {
        socket.setNoDelay(true)
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket))
      }
      joinSockets(client, upstream, traffic)
    })
    listener.listen(0, host)
    await once(listener, 'listening')
    const bound = listener.address()
    if (bound === null || typeof bound === 'string') throw new Error('the proxy listens on no port')
    listeners.push(listener)
    addresses.set(server, `${host}:${bound.port}`)
  }
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const close = async (): Promise<void> => {
    open = false
    traffic.gate.thaw()
    cut()
    await Promise.all(listeners.filter(({ listening }) => listening).map((listener) => once(listener.close(), 'close')))
  }
  return {
    addresses: [...addresses.values()],
    cutReplies: (kind, count) => {
      const counts = { wanted: count, done: 0 }
      traffic.cuts.push({ kind, left: count, counts })
      return counts
    },
    watch: (onRequest) => void traffic.watchers.push(onRequest),
    passed: (kind) => traffic.passed.get(kind) ?? 0,
    mostAtOnce: (kind) => traffic.most.get(kind) ?? 0,
    delay: (milliseconds) => traffic.gate.delay(milliseconds),
    freeze: () => traffic.gate.freeze(),
    thaw: () => traffic.gate.thaw(),
    silence: () => {
      for (const passage of traffic.passages) passage.silence()
    },
    cut,
    refuse: () => {
      open = false
      cut()
    },
    accept: () => {
      open = true
    },
    refused: () => refused,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Passes requests one way and replies the other, until a reply is one to cut or either side ends. */
function joinSockets(client: Socket, upstream: Socket, traffic: Traffic): void {
  const { framing, passed, waiting, most } = traffic
  const pending = new Map<number, { readonly request: FramedRequest; readonly cut: (() => void) | undefined }>()
  const add = (counts: Map<string, number>, kind: string, by: number): number => {
    const count = (counts.get(kind) ?? 0) + by
    counts.set(kind, count)
    return count
  }

  const request = (frame: Buffer): Buffer => {
    const head = framing.request(frame)
    for (const watcher of traffic.watchers) watcher(head)
    add(passed, head.kind, 1)
    if (!head.answered) return frame
    most.set(head.kind, Math.max(most.get(head.kind) ?? 0, add(waiting, head.kind, 1)))
    const wanted = traffic.cuts.find(({ kind, left }) => kind === head.kind && left > 0)
    if (wanted !== undefined) wanted.left--
    pending.set(head.id, { request: head, cut: wanted === undefined ? undefined : () => void wanted.counts.done++ })
    return frame
  }

  const reply = (frame: Buffer): Buffer | undefined => {
    const id = framing.answers(frame)
    const asked = pending.get(id)
    if (asked === undefined) return frame
    if (asked.cut !== undefined) {
      client.destroy()
      upstream.destroy()
      return undefined
    }
    pending.delete(id)
    add(waiting, asked.request.kind, -1)
    return framing.readdress(frame, asked.request, traffic.addresses)
  }

  const passages = [
    new Passage(client, upstream, frameSplitter(framing), request, traffic.gate),
    new Passage(upstream, client, frameSplitter(framing), reply, traffic.gate),
  ]
  for (const passage of passages) traffic.passages.add(passage)
  client.on('close', () => {
    for (const passage of passages) traffic.passages.delete(passage)
    // Whatever else was on its way on this connection is lost with it.
    for (const { request: lost, cut } of pending.values()) {
      add(waiting, lost.kind, -1)
      cut?.()
    }
    pending.clear()
  })
}
