import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** How the channel misbehaves: refuses, takes without keeping, or keeps something else. */
export type Mood = 'well' | 'down' | 'forgetful' | 'altering'

export interface PublicitySystem {
  readonly url: string
  readonly records: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  mood: Mood
  /** Each call takes that long. */
  delayMs: number
  /** The most calls that were in hand at once. */
  readonly busiest: number
  puts(publicationId: string): number
  close(): Promise<void>
}

/** A public channel on a real socket, as README describes it. */
export async function publicitySystem(): Promise<PublicitySystem> {
  const records = new Map<string, Readonly<Record<string, unknown>>>()
  const puts = new Map<string, number>()
  let inHand = 0
  const system = { mood: 'well' as Mood, delayMs: 0, busiest: 0 }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    if (system.delayMs > 0) await pause(system.delayMs)
    const id = decodeURIComponent((request.url ?? '').split('/').at(-1) ?? '')
    const send = (status: number, body?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body === undefined ? '' : JSON.stringify(body))
    }
    if (system.mood === 'down') return send(503)
    if (request.method === 'PUT') {
      const record = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
      puts.set(id, (puts.get(id) ?? 0) + 1)
      if (system.mood !== 'forgetful') records.set(id, system.mood === 'altering' ? { ...record, resultText: '…' } : record)
      return send(204)
    }
    if (request.method === 'DELETE') return send(records.delete(id) ? 204 : 404)
    const found = records.get(id)
    return found === undefined ? send(404) : send(200, { ...found, reference: `ref-${id}` })
  }

  const server = createServer((request, response) => {
    inHand++
    system.busiest = Math.max(system.busiest, inHand)
    response.once('close', () => inHand--)
    void answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(system, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records,
    puts: (publicationId: string) => puts.get(publicationId) ?? 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
