import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PublicityPeer {
  readonly url: string
  close(): Promise<void>
}

/** The public channel as publication sees it: it keeps each record under the id it is put to, and gives it back with a reference. */
export async function publicityPeer(): Promise<PublicityPeer> {
  const records = new Map<string, object>()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const path = request.url ?? ''
    if (request.method === 'PUT') {
      records.set(path, JSON.parse(Buffer.concat(chunks).toString()) as object)
      response.writeHead(204).end()
      return
    }
    const kept = records.get(path)
    response.writeHead(kept === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(kept === undefined ? '' : JSON.stringify({ ...kept, reference: path }))
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
