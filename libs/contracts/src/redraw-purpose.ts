import type { RedrawPurpose } from './common.ts'
import type { RedrawRef } from './drawing.ts'
import { type RedrawPurposeName, redrawPurposes } from './enum-names.ts'

/** The draw protocol's word (docs/draw-protocol.md §18) for each identifier of Appendix A. */
const words = { REPLACEMENT: 'replacement', REMATCH: 'rematch', ESCALATION: 'escalation' } as const satisfies Record<
  RedrawPurposeName,
  string
>
const names = { replacement: 'REPLACEMENT', rematch: 'REMATCH', escalation: 'ESCALATION' } as const satisfies Record<
  (typeof words)[RedrawPurposeName],
  RedrawPurposeName
>

export type RedrawPurposeWord = keyof typeof names

export const purposeWord = (name: RedrawPurposeName): RedrawPurposeWord => words[name]
export const purposeName = (word: RedrawPurposeWord): RedrawPurposeName => names[word]
export const wirePurpose = (word: RedrawPurposeWord): RedrawPurpose => redrawPurposes.toWire(names[word])

const nameOf = (redraw: RedrawRef): RedrawPurposeName | undefined => redrawPurposes.toName(redraw.purpose)

/** Whether a draw, or what it follows, draws objects: a re-match only finds other inspectors for those already drawn (DRW-14). */
export const drawsObjects = (redraw: RedrawRef | undefined): boolean => redraw === undefined || nameOf(redraw) !== 'REMATCH'

/** Whether what is drawn counts beside what the parent drew: what a replacement or a re-match draws was counted with it (DRW-30). */
export const countsBesideParent = (redraw: RedrawRef | undefined): boolean => redraw === undefined || nameOf(redraw) === 'ESCALATION'
