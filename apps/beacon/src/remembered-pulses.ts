import { type Pulse, signPulse } from '@dual-random/beacon'

const remembered = 1024

/** Signing costs some milliseconds; the rounds asked for last are kept. `signed` is told of each that was signed. */
export function rememberedPulses(secret: Uint8Array, signed: () => void): (round: number) => Pulse {
  const pulses = new Map<number, Pulse>()
  const sign = (round: number): Pulse => {
    signed()
    return signPulse(secret, round)
  }
  return (round) => {
    const pulse = pulses.get(round) ?? sign(round)
    pulses.delete(round)
    pulses.set(round, pulse)
    const oldest = pulses.keys().next()
    if (pulses.size > remembered && oldest.done !== true) pulses.delete(oldest.value)
    return pulse
  }
}
