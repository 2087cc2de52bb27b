import { createServer, type IncomingMessage } from 'node:http'
import { closeServer, listenLocally } from './identity-provider.ts'

/** A stand-in for the publicity system (公示系统) that receives results: it keeps what is put under an id and gives it back. */
export interface PublicitySystem extends AsyncDisposable {
  readonly url: string
  readonly records: ReadonlyMap<string, unknown>
}

export async function startPublicitySystem(): Promise<PublicitySystem> {
  const records = new Map<string, unknown>()
  const server = createServer((request, response) => {
    const id = /^\/records\/([\w-]+)$/.exec(request.url ?? '')?.[1]
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (id === undefined) return answer(404, { error: 'not found' })
    if (request.method === 'GET') return records.has(id) ? answer(200, records.get(id)) : answer(404, { error: 'not found' })
    if (request.method === 'DELETE') return answer(records.delete(id) ? 200 : 404, {})
    if (request.method !== 'PUT') return answer(405, { error: 'method not allowed' })
    bodyOf(request).then(
      (body) => {
        records.set(id, { ...(JSON.parse(body) as object), reference: `gs-${id}` })
        answer(200, { reference: `gs-${id}` })
      },
      () => answer(400, { error: 'unreadable body' }),
    )
  })
  const url = await listenLocally(server)
  return { url, records, [Symbol.asyncDispose]: () => closeServer(server) }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
