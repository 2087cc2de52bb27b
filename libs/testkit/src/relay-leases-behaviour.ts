import { randomUUID } from 'node:crypto'
import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import { beforeEach, describe, expect, it } from 'vitest'

/** The shape of `RelayLeases` in libs/messaging, which tests with this package and therefore cannot be imported here. */
export interface RelayLeasesShape {
  hold(owner: string, holder: string, now: Instant, until: Instant): Promise<boolean>
}

const now = instantOf(Date.parse('2026-03-02T01:00:00Z'))
const until = addMs(now, 6000)

/** What every `RelayLeases` must do. */
export function relayLeasesBehaviour(name: string, factory: () => Promise<RelayLeasesShape>): void {
  describe(`${name} as the leases of relays`, () => {
    let leases: RelayLeasesShape
    let owner: string
    beforeEach(async () => {
      leases = await factory()
      owner = randomUUID()
    })

    it('gives a free lease to whoever asks first, and renews it for its holder alone', async () => {
      expect(await leases.hold(owner, 'a', now, until)).toBe(true)
      expect(await leases.hold(owner, 'b', now, until)).toBe(false)
      expect(await leases.hold(owner, 'a', addMs(now, 5000), addMs(until, 5000))).toBe(true)
      expect(await leases.hold(owner, 'b', addMs(until, 4999), addMs(until, 9000))).toBe(false)
    })

    it('gives it to another one from the instant of its end on', async () => {
      expect(await leases.hold(owner, 'a', now, until)).toBe(true)
      expect(await leases.hold(owner, 'b', addMs(until, -1), addMs(until, 6000))).toBe(false)
      expect(await leases.hold(owner, 'b', until, addMs(until, 6000))).toBe(true)
      expect(await leases.hold(owner, 'a', until, addMs(until, 6000))).toBe(false)
    })

    it('gives it to one of many that ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => leases.hold(owner, `relay-${index}`, now, until)))
      expect(answers.filter(Boolean)).toHaveLength(1)
    })

    it('keeps the leases of owners apart', async () => {
      expect(await leases.hold(owner, 'a', now, until)).toBe(true)
      expect(await leases.hold(randomUUID(), 'b', now, until)).toBe(true)
    })
  })
}
