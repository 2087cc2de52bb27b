import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A log's keeper as far as the public sees it: files under the routes of drawing. Its owner decides what they say. */
export interface Keeper extends AsyncDisposable {
  readonly url: string
  /** By path behind `/v1/public/`; a path that is not here is 404. */
  readonly files: Map<string, string>
  /** Paths of which half is sent, and then nothing: for ever, or until the connection is cut. */
  readonly stuck: Set<string>
  readonly torn: Set<string>
  /** Paths as they were asked for. */
  readonly asked: string[]
}

export async function startKeeper(given: Readonly<Record<string, string>>): Promise<Keeper> {
  const files = new Map(Object.entries(given))
  const stuck = new Set<string>()
  const torn = new Set<string>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/v1/public/', '')
    asked.push(path)
    const text = files.get(path)
    if (text === undefined) response.writeHead(404).end()
    else if (stuck.has(path) || torn.has(path)) {
      response.writeHead(200).write(text.slice(0, text.length / 2))
      if (torn.has(path)) setImmediate(() => response.destroy())
    } else response.writeHead(200).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    stuck,
    torn,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
