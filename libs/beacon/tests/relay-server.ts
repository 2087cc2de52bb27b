import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Pulse } from '../src/index.ts'

export interface Answer {
  readonly status?: number
  readonly body?: string
  readonly headers?: Record<string, string>
}

export interface RelayServer extends AsyncDisposable {
  readonly url: string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
}

/** A relay on a real socket. Without an answer it keeps silent. */
export async function relayServer(answer: (path: string) => Answer | undefined): Promise<RelayServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const given = answer(request.url ?? '')
    if (given !== undefined) response.writeHead(given.status ?? 200, given.headers).end(given.body ?? '')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

export const roundOf = (path: string): number => Number(path.split('/').at(-1))

/** A pulse in drand's JSON. */
export const pulseBody = ({ previousSignature, ...pulse }: Pulse): string =>
  JSON.stringify({ ...pulse, ...(previousSignature === undefined ? {} : { previous_signature: previousSignature }) })
