import { randomUUID } from 'node:crypto'
import { Agent, fetch } from 'undici'

export interface ApiAnswer<T> {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, the bytes of a workbook, or the text of any other media type. */
  readonly body: T
}

export interface ApiOptions {
  /** A new one for each call when absent. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Api {
  get<T>(path: string, options?: ApiOptions): Promise<ApiAnswer<T>>
  post<T>(path: string, body?: unknown, options?: ApiOptions): Promise<ApiAnswer<T>>
  put<T>(path: string, body?: unknown, options?: ApiOptions): Promise<ApiAnswer<T>>
  patch<T>(path: string, body?: unknown, options?: ApiOptions): Promise<ApiAnswer<T>>
  delete<T>(path: string, options?: ApiOptions): Promise<ApiAnswer<T>>
  /** A body as it is, under its media type. */
  upload<T>(path: string, body: string | Uint8Array, mediaType: string, options?: ApiOptions): Promise<ApiAnswer<T>>
}

/** Imports answer when they are done, which may be later than the five minutes that fetch waits. */
const patient = new Agent({ headersTimeout: 0 })

/** Calls a service's REST routes as the holder of a token; every write carries an Idempotency-Key. */
export function api(baseUrl: string, token?: string): Api {
  async function send<T>(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    mediaType: string | undefined,
    options: ApiOptions,
  ): Promise<ApiAnswer<T>> {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'GET' ? {} : { 'idempotency-key': options.key ?? randomUUID() }),
        ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body }),
      dispatcher: patient,
    })
    const type = response.headers.get('content-type') ?? ''
    const { status } = response
    if (type.includes('spreadsheetml')) return { status, headers: response.headers, body: (await response.bytes()) as T }
    const text = await response.text()
    return { status, headers: response.headers, body: (/\bjson\b/.test(type) && text !== '' ? JSON.parse(text) : text) as T }
  }
  const sendJson = <T>(method: string, path: string, body: unknown, options: ApiOptions = {}): Promise<ApiAnswer<T>> =>
    body === undefined
      ? send(method, path, undefined, undefined, options)
      : send(method, path, JSON.stringify(body), 'application/json', options)
  return {
    get: (path, options) => sendJson('GET', path, undefined, options),
    post: (path, body, options) => sendJson('POST', path, body, options),
    put: (path, body, options) => sendJson('PUT', path, body, options),
    patch: (path, body, options) => sendJson('PATCH', path, body, options),
    delete: (path, options) => sendJson('DELETE', path, undefined, options),
    upload: (path, body, mediaType, options = {}) => send('POST', path, body as string | Uint8Array<ArrayBuffer>, mediaType, options),
  }
}
