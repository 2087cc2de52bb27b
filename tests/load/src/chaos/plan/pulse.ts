/**
 * Writers work in pulses, at the same moments of system time, and kills come at a chosen time after one: a process that is killed while
 * it has nothing in hand loses nothing whatever its bugs.
 */
export const pulseMs = 500

/** Milliseconds from an epoch time until so long after a pulse. */
export const untilPulse = (nowMs: number, phaseMs = 0): number => (((phaseMs - nowMs) % pulseMs) + pulseMs) % pulseMs
