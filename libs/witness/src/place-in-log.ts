import { compareText, type DrawHash, deriveDrawId } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import type { DrawRecord } from './draw-record.ts'
import type { WitnessedCommitment } from './witnessed-commitment.ts'

type Draws = ReadonlyMap<string, DrawRecord>

/** The attempts before, from the first on, as far as they were frozen without a gap. */
function attemptsBefore(hash: DrawHash, draws: Draws, commitment: WitnessedCommitment): readonly DrawRecord[] {
  const before: DrawRecord[] = []
  for (let attempt = 1; attempt < commitment.attempt; attempt++) {
    const draw = draws.get(deriveDrawId(hash, { ...commitment, attempt }))
    if (draw?.snapshot === undefined) break
    before.push(draw)
  }
  return before
}

/**
 * §19: what the attempts before leave open. `some` where one failed, or was committed and nothing ended it before anybody could know its result; else the
 * voids that must have been held in time and that this copy did not hold in time itself.
 */
export function unendedBefore(
  hash: DrawHash,
  draws: Draws,
  commitment: WitnessedCommitment,
): 'some' | readonly { readonly void: number; readonly deadline: Instant }[] {
  const voids: { readonly void: number; readonly deadline: Instant }[] = []
  for (const before of attemptsBefore(hash, draws, commitment)) {
    if (before.failed !== undefined) return 'some'
    if (before.commitment === undefined) continue
    const { seq = Number.POSITIVE_INFINITY, heldAt } = before.void ?? {}
    if (seq < before.commitment.seq) continue
    // Who gave a tip may have shown the secret to whoever voids.
    if (before.void === undefined || before.tips.size > 0) return 'some'
    const { deadline } = before.commitment
    if (heldAt === undefined || heldAt > deadline) voids.push({ void: seq, deadline })
  }
  return voids
}

/** Whether the attempt before was drawn in this log: another city's may have none of it, but a draw that stands is not drawn again (§23). */
export function isDrawnBefore(hash: DrawHash, draws: Draws, own: DrawRecord, commitment: WitnessedCommitment): boolean {
  if (commitment.attempt === 1) return false
  const before = draws.get(deriveDrawId(hash, { ...commitment, attempt: commitment.attempt - 1 }))
  return before !== undefined && drawnIn(before, own.snapshot?.seq ?? 0) !== undefined
}

/**
 * Where S says of its place among the draws of its log what the log does not: an attempt after others that were not frozen and came to nothing, or that
 * got their S after the next was frozen (§3); a redraw with a number or a draw before it missing (§18). A JSON pointer, or undefined.
 */
export function misplacedIn(hash: DrawHash, draws: Draws, own: DrawRecord, commitment: WitnessedCommitment): string | undefined {
  const frozen = own.snapshot?.seq ?? 0
  const isBefore = (draw: DrawRecord | undefined): draw is DrawRecord => draw?.snapshot !== undefined && draw.snapshot.seq < frozen
  const isOver = (draw: DrawRecord): boolean =>
    isBefore(draw) && drawnIn(draw, frozen) === undefined && (draw.commitment?.seq ?? 0) < frozen
  const before = attemptsBefore(hash, draws, commitment)
  if (before.length < commitment.attempt - 1 || !before.every(isOver)) return '/attempt'
  const next = draws.get(deriveDrawId(hash, { ...commitment, attempt: commitment.attempt + 1 }))
  if (next?.snapshot !== undefined) return '/attempt'
  const { subject } = commitment
  if (subject.kind !== 'redraw') return undefined
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
