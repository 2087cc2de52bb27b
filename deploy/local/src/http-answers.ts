import { get } from 'node:http'

/** Whether a GET of the URL is answered with 2xx within a second. No connection is kept, so a restarted server is asked anew. */
export function httpAnswers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 1000 }, (response) => {
      response.resume()
      const status = response.statusCode ?? 0
      resolve(status >= 200 && status < 300)
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })
}
