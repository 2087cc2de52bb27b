import { afterAll, beforeAll, describe } from 'vitest'
import { type TransportBench, transportBench } from './transport-bench.ts'
import { closingBehaviour } from './transport-closing.ts'
import { faultBehaviour } from './transport-faults.ts'
import { membershipBehaviour } from './transport-membership.ts'
import { receivingBehaviour } from './transport-receiving.ts'
import { sendingBehaviour } from './transport-sending.ts'
import type { MakePause, OpenTransport } from './transport-shape.ts'

/** What every `Transport` must do, against the run's real broker. Its tests wait more than they work, and run beside each other. */
export function transportBehaviour(name: string, open: OpenTransport, pauseOf: MakePause): void {
  describe.concurrent(`${name} as a transport`, () => {
    let bench: TransportBench
    const benchOf = (): TransportBench => bench

    beforeAll(async () => {
      bench = await transportBench(open)
    })
    afterAll(() => bench?.[Symbol.asyncDispose]())

    membershipBehaviour(benchOf, pauseOf)
    faultBehaviour(benchOf)
    closingBehaviour(benchOf)
    receivingBehaviour(benchOf, pauseOf)
    sendingBehaviour(benchOf)
  })
}
