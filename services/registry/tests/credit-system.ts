import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: Readonly<Record<string, unknown>>
}

/** A classification system on a real socket: it keeps what it takes, and answers as it is told. */
export async function creditSystem() {
  const taken: Received[] = []
  let calls = 0
  let status = 204
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      calls += 1
      if (request.method === 'PUT' && status < 300) {
        const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>
        taken.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
      }
      response.writeHead(request.method === 'PUT' ? status : 405).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/credit/`,
    taken,
    calls: () => calls,
    answer: (next: number): void => {
      status = next
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
