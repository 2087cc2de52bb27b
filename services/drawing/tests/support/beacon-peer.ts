import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type BeaconChain, latestRoundAt, signPulse, singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import type { Clock } from '@dual-random/kernel'

/** A beacon in drand's HTTP form that signs no round before the clock has reached it. */
export class BeaconPeer {
  readonly chain: BeaconChain
  /** What it does instead of answering truly. */
  fault: 'none' | 'down' | 'forged' = 'none'
  readonly #secret = demoKeys('drawing tests').beaconSecret('230300')
  readonly #clock: Clock
  #server: Server | undefined

  constructor(clock: Clock) {
    this.#clock = clock
    this.chain = singleKeyChain(this.#secret, {
      source: 'self/230300',
      kind: 'self',
      genesisTime: 1_767_225_600,
      periodSeconds: 30,
      beaconId: 'self/230300',
    })
  }

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const round = Number(/\/public\/(\d+)$/.exec(request.url ?? '')?.[1])
      const isDue = round <= latestRoundAt(this.chain, this.#clock())
      const pulse = signPulse(this.#secret, this.fault === 'forged' ? round + 1 : round)
      response.writeHead(this.fault === 'down' ? 503 : isDue ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ...pulse, round }))
    })
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(undefined))
  }
}
