import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below every system's range for outgoing connections (Linux 32768, macOS 49152), so that none can take the port between check and use.
const firstPort = 20_000
const lastPort = 31_999

const handedOut = new Set<number>()

/** A TCP port that nothing listens on, on any address; never the same one twice in this process. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const port = randomInt(firstPort, lastPort + 1)
    if (handedOut.has(port)) continue
    handedOut.add(port)
    // macOS lets a wildcard listener stand beside one on loopback, so both are tried.
    if ((await canListen(port, '127.0.0.1')) && (await canListen(port, undefined))) return port
  }
  throw new Error(`没有空闲端口 / no free port between ${firstPort} and ${lastPort}`)
}

/** `count` distinct free ports. */
export const freePorts = (count: number): Promise<number[]> => Promise.all(Array.from({ length: count }, freePort))

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => server.close(() => resolve(true)))
  })
}
