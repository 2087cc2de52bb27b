import type { PrivateExclusion } from '@dual-random/draw'

/** The draws that exclusions name: the evidence of a repeat, or of a redraw's own ground, begins with the id of the draw that drew the object. */
export const namedDraws = (barred: readonly PrivateExclusion[]): readonly string[] =>
  [...new Set(barred.flatMap(({ evidence }) => /^[0-9a-f]{64}(?= |$)/.exec(evidence)?.[0] ?? []))].sort()
