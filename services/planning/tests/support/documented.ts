import { isDeepStrictEqual } from 'node:util'
import { isMediaBody, type JsonRoute } from '@dual-random/http'
import type { Api, ApiAnswer } from '@dual-random/testkit'
import type { Ports } from '../../src/app/ports.ts'
import { planningRoutes } from '../../src/http/router.ts'

/** Every route as it is documented; none of them is ever called. */
export const routes = planningRoutes({} as Ports).filter((route): route is JsonRoute => route.kind === 'route')

const patterns = routes.map((route) => ({ route, pattern: new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`) }))

/** Reads every answer with the schema that OpenAPI shows for it: what a view adds, leaves out or calls otherwise fails the test that asked for it. */
export function documented(asking: Api): Api {
  const read =
    (method: JsonRoute['method']) =>
    <T>(path: string, answer: ApiAnswer<T>): ApiAnswer<T> => {
      requireDocumented(method, path, answer)
      return answer
    }
  const [got, posted, put, patched, deleted] = [read('GET'), read('POST'), read('PUT'), read('PATCH'), read('DELETE')]
  return {
    get: async <T>(path: string, options = {}) => got(path, await asking.get<T>(path, options)),
    post: async <T>(path: string, body?: unknown, options = {}) => posted(path, await asking.post<T>(path, body, options)),
    put: async <T>(path: string, body?: unknown, options = {}) => put(path, await asking.put<T>(path, body, options)),
    patch: async <T>(path: string, body?: unknown, options = {}) => patched(path, await asking.patch<T>(path, body, options)),
    delete: async <T>(path: string, options = {}) => deleted(path, await asking.delete<T>(path, options)),
    upload: async <T>(path: string, body: string | Uint8Array, mediaType: string, options = {}) =>
      posted(path, await asking.upload<T>(path, body, mediaType, options)),
  }
}

/** A refusal is a problem document, the same of all routes. */
function requireDocumented(method: string, path: string, { status, body }: ApiAnswer<unknown>): void {
  const [pathname = ''] = path.split('?')
  const route = patterns.find((each) => each.route.method === method && each.pattern.test(pathname))?.route
  if (route === undefined || status >= 400) return
  const declared = route.responses[status]
  const asked = `${method} ${route.path} ${status}`
  if (declared === undefined) throw new Error(`${asked} is not documented`)
  if (isMediaBody(declared)) return
  const parsed = declared.safeParse(body)
  if (!parsed.success) throw new Error(`${asked}: ${parsed.error.message}\n${JSON.stringify(body).slice(0, 2000)}`)
  // What a schema does not name it leaves out, unless it is strict.
  if (!isDeepStrictEqual(parsed.data, body)) throw new Error(`${asked} has members that are not documented: ${JSON.stringify(body)}`)
}
