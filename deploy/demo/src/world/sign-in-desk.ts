import { createServer } from 'node:http'
import { ApiError, type Session } from './api.ts'
import { closeServer, listenLocally } from './identity-provider.ts'

/** Where whoever keeps the demo running gets the token of any of its accounts: `GET /` names them, `GET /<account>` is a token. */
export interface SignInDesk extends AsyncDisposable {
  readonly url: string
}

/** Starts the desk on a free loopback port. The demo's accounts are nobody's, and its keys derive from a seed that everybody knows. */
export async function startSignInDesk(
  accounts: readonly string[],
  signIn: (account: string) => Pick<Session, 'token'>,
): Promise<SignInDesk> {
  const known = new Set(accounts)
  const answerTo = async (path: string): Promise<readonly [status: number, text: string]> => {
    const account = path.slice(1)
    if (account === '') return [200, [...known].sort().join('\n')]
    if (!known.has(account)) return [404, `没有账号“${account}” / no such account`]
    try {
      return [200, await signIn(account).token()]
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return [error.status, error.message]
    }
  }
  const server = createServer((request, response) => {
    answerTo(new URL(request.url ?? '/', 'http://desk').pathname).then(
      ([status, text]) => response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`),
      (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
    )
  })
  return { url: await listenLocally(server), [Symbol.asyncDispose]: () => closeServer(server) }
}
