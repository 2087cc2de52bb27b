import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DrawChain, latestRoundAt, signPulse, singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import type { Clock } from '@dual-random/kernel'

type Fault = 'none' | 'down' | 'forged'

/** A beacon in drand's HTTP form behind two relays, that signs no round before the clock has reached it. */
export class BeaconPeer {
  readonly chain: DrawChain
  /** What each relay does instead of answering truly. */
  readonly faults: [Fault, Fault] = ['none', 'none']
  readonly #secret: Uint8Array
  readonly #clock: Clock
  readonly #servers: Server[] = []
  #gate: Promise<void> = Promise.resolve()
  /** The rounds that were asked for while answers were held back. */
  readonly heldRounds: number[] = []
  #isHolding = false

  /** `self/<name>` or `region/<code>`; its first round is due some seconds into 2026. */
  constructor(clock: Clock, source = 'self/230300', secondsIntoYear = 0) {
    this.#clock = clock
    this.#secret = demoKeys('drawing tests').beaconSecret(source === 'self/230300' ? '230300' : source)
    this.chain = singleKeyChain(this.#secret, {
      source,
      kind: source.startsWith('self/') ? 'self' : 'region',
      genesisTime: 1_767_225_600 + secondsIntoYear,
      periodSeconds: 30,
      beaconId: source,
    })
  }

  /** The same of both relays. */
  set fault(fault: Fault) {
    this.faults.fill(fault)
  }

  /** Its entry in DR_BEACONS. */
  async start(): Promise<Readonly<Record<string, unknown>>> {
    const relays = await Promise.all([this.#relay(0), this.#relay(1)])
    const { source, publicKey, genesisTime, periodSeconds } = this.chain
    return { source, relays, publicKey, genesisTime, periodSeconds }
  }

  /** Holds every answer back until the function that it gives is called. */
  hold(): () => void {
    let release = (): void => undefined
    this.#gate = new Promise((resolve) => {
      release = resolve
    })
    this.#isHolding = true
    this.heldRounds.length = 0
    return () => {
      this.#isHolding = false
      release()
    }
  }

  async #relay(index: 0 | 1): Promise<string> {
    const server = createServer((request, response) => {
      const fault = this.faults[index]
      const round = Number(/\/public\/(\d+)$/.exec(request.url ?? '')?.[1])
      if (this.#isHolding) this.heldRounds.push(round)
      void this.#gate.then(() => {
        const isDue = round <= latestRoundAt(this.chain, this.#clock())
        const pulse = signPulse(this.#secret, fault === 'forged' ? round + 1 : round)
        response.writeHead(fault === 'down' ? 503 : isDue ? 200 : 404, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ ...pulse, round }))
      })
    })
    this.#servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#servers.map((server) => {
        server.closeAllConnections()
        return new Promise((resolve) => {
          server.close(resolve)
        })
      }),
    )
  }
}
