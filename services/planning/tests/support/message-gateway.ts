import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request, as it came. */
export interface Delivered {
  readonly idempotencyId: string
  /** The token it came with. */
  readonly from: string
  readonly reminder: Readonly<Record<string, unknown>>
}

export interface MessageGateway {
  readonly url: string
  /** Every request in the order in which it came, repeats and refused ones included. */
  readonly received: readonly Delivered[]
  /** What people got: of several requests with one idempotency id the first alone. */
  readonly messages: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** The status of its answers; only 2xx leads to a message. */
  status: number
  /** Awaited after a message is sent and before that is answered. */
  beforeAnswer: () => Promise<void>
  close(): Promise<void>
}

/** An office's message gateway on a real socket, as README describes it. */
export async function messageGateway(): Promise<MessageGateway> {
  const received: Delivered[] = []
  const messages = new Map<string, Readonly<Record<string, unknown>>>()
  const gateway = { status: 202, beforeAnswer: async (): Promise<void> => undefined }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const send = (status: number): void => {
      response.writeHead(status)
      response.end()
    }
    const { 'idempotency-key': idempotencyId = '', authorization: from = '' } = request.headers
    if (request.method !== 'POST' || request.url !== '/reminders' || typeof idempotencyId !== 'string' || idempotencyId === '')
      return send(404)
    const reminder = JSON.parse(Buffer.concat(chunks).toString()) as Readonly<Record<string, unknown>>
    received.push({ idempotencyId, from, reminder })
    if (gateway.status < 300 && !messages.has(idempotencyId)) messages.set(idempotencyId, reminder)
    const { status } = gateway
    await gateway.beforeAnswer()
    send(status)
  }

  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(gateway, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    messages,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
