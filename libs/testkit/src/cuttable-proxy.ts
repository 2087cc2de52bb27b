import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface CuttableProxy {
  readonly port: number
  /** Breaks every connection and refuses new ones. */
  cut(): void
  restore(): void
  /** Connections refused so far. */
  refused(): number
  close(): Promise<void>
}

/** A TCP proxy before a server that tests must not stop, because other tests use it. */
export async function cuttableProxy(host: string, port: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>()
  let open = true
  let refused = 0
  const server = createServer((client) => {
    if (!open) {
      refused++
      client.destroy()
      return
    }
    const upstream = connect(port, host)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const destroyAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      open = false
      destroyAll()
    },
    restore: () => {
      open = true
    },
    refused: () => refused,
    close: async () => {
      destroyAll()
      server.close()
      await once(server, 'close')
    },
  }
}
