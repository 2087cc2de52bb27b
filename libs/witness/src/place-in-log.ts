import { compareText, type DrawHash, deriveDrawId } from '@dual-random/draw'
import type { DrawRecord } from './draw-record.ts'
import type { WitnessedCommitment } from './witnessed-commitment.ts'

type Draws = ReadonlyMap<string, DrawRecord>

const attemptBefore = (hash: DrawHash, draws: Draws, commitment: WitnessedCommitment): DrawRecord | undefined =>
  draws.get(deriveDrawId(hash, { ...commitment, attempt: commitment.attempt - 1 }))

/** §19: a secret of the attempt before was seen before it was void, or the attempt before failed (§24). */
export function needsApproval(hash: DrawHash, draws: Draws, commitment: WitnessedCommitment): boolean {
  const before = commitment.attempt > 1 ? attemptBefore(hash, draws, commitment) : undefined
  return before?.isSecretSeen === true || before?.failed !== undefined
}

/** Whether the attempt before was drawn in this log: another city's may have none of it, but a draw that stands is not drawn again (§23). */
export function isDrawnBefore(hash: DrawHash, draws: Draws, own: DrawRecord, commitment: WitnessedCommitment): boolean {
  const before = commitment.attempt > 1 ? attemptBefore(hash, draws, commitment) : undefined
  return before !== undefined && drawnIn(before, own.snapshot?.seq ?? 0) !== undefined
}

/**
 * Where S says of its place among the draws of its log what the log does not: an attempt that follows none that was frozen and came to
 * nothing (§3), a redraw with a number or a draw before it missing (§18). A JSON pointer, or undefined.
 */
export function misplacedIn(hash: DrawHash, draws: Draws, own: DrawRecord, commitment: WitnessedCommitment): string | undefined {
  const frozen = own.snapshot?.seq ?? 0
  const isBefore = (draw: DrawRecord | undefined): draw is DrawRecord => draw?.snapshot !== undefined && draw.snapshot.seq < frozen
  if (commitment.attempt > 1) {
    const before = attemptBefore(hash, draws, commitment)
    if (!isBefore(before) || drawnIn(before, frozen) !== undefined) return '/attempt'
  }
  const { subject } = commitment
  if (subject.kind !== 'redraw') return undefined
  if (draws.get(subject.parentDrawId)?.commitment?.isJoint === true) return '/subject/parentDrawId'
  const redraws = redrawsIn(hash, draws, commitment)
  if (redraws.findIndex(([first]) => !isBefore(first?.draw)) < commitment.batch - 1) return '/batch'
  const parent = { drawId: subject.parentDrawId, draw: draws.get(subject.parentDrawId) }
  const drawn = [parent, ...redraws.flat().filter(({ draw }) => isBefore(draw))].flatMap(({ drawId, draw }) => {
    const transcript = draw === undefined ? undefined : drawnIn(draw, frozen)
    return transcript === undefined ? [] : [{ drawId, ...transcript }]
  })
  const inOrder = [...drawn].sort((a, b) => compareText(a.drawId, b.drawId))
  const isWhole =
    parent.draw !== undefined &&
    drawnIn(parent.draw, frozen) !== undefined &&
    subject.after.length === inOrder.length &&
    inOrder.every(({ drawId, digest, seq }, index) => {
      const named = subject.after[index]
      return seq < frozen && named?.drawId === drawId && named.transcript === digest
    })
  return isWhole ? undefined : '/subject/after'
}

/** The transcript of a draw; of one that failed before a later draw was frozen none counts (§24). */
const drawnIn = ({ failed, transcript }: DrawRecord, frozen: number): DrawRecord['transcript'] =>
  failed !== undefined && failed.seq < frozen ? undefined : transcript

/** The attempts of every number of the redraws of a parent, each as far as they were frozen; the last number has none. */
function redrawsIn(hash: DrawHash, draws: Draws, { regionCode, subject }: WitnessedCommitment) {
  const numbers: { readonly drawId: string; readonly draw: DrawRecord }[][] = []
  do {
    const attempts: { readonly drawId: string; readonly draw: DrawRecord }[] = []
    for (;;) {
      const drawId = deriveDrawId(hash, { regionCode, subject, batch: numbers.length + 1, attempt: attempts.length + 1 })
      const draw = draws.get(drawId)
      if (draw?.snapshot === undefined) break
      attempts.push({ drawId, draw })
    }
    numbers.push(attempts)
  } while (numbers.at(-1)?.length !== 0)
  return numbers
}
