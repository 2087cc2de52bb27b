import { connect, type Socket } from 'node:net'
import type { ISocketFactory } from 'kafkajs'

const keepAliveMs = 60_000

/** The connections of one kafkajs client, which itself can neither drop a silent one nor be kept from opening new ones. */
export class KafkajsSockets {
  readonly #open = new Set<Socket>()
  #closed = false

  get isClosed(): boolean {
    return this.#closed
  }

  readonly factory: ISocketFactory = ({ host, port, onConnect }) => {
    if (this.#closed) throw new Error('the client is closed')
    const socket = connect({ host, port }, onConnect)
    socket.setKeepAlive(true, keepAliveMs)
    this.#open.add(socket)
    socket.on('close', () => this.#open.delete(socket))
    return socket
  }

  /** Breaks every connection; the client opens new ones when it needs them. */
  drop(reason: string): void {
    // Without an error kafkajs would not hear of it.
    for (const socket of this.#open) socket.destroy(new Error(reason))
  }

  /** Breaks every connection for good: whatever the client still tries, nothing more reaches the broker, and it soon gives up. */
  close(): void {
    this.#closed = true
    this.drop('the client is closed')
  }
}
