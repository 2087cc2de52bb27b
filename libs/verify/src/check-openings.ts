import {
  type Commitment,
  compareText,
  type DrawHash,
  drawnDigest,
  labelOf,
  labelsOf,
  type ObjectOpening,
  opensTo,
  type PublicOpeningLine,
  partsOf,
  type RosterEntry,
  type Transcript,
} from '@dual-random/draw'
import { broken, type Check, hold, same } from './difference.ts'

/** What a public opening shows: an element of the drawn set, or under `full` the label itself (§12). */
export const openedElement = (hash: DrawHash, { drawId, publicOpening, snapshot }: Commitment, { id, salt }: PublicOpeningLine): string =>
  publicOpening === 'full' ? labelOf(hash, 'object', labelsOf(snapshot), salt, id) : drawnDigest(hash, drawId, salt, id)

/** The drawn as openings show them: elements of the drawn set, or under `full` labels. */
export const drawnElements = (s: Commitment, t: Transcript): Set<string> =>
  new Set(s.publicOpening === 'full' ? t.batches.flat() : t.drawnSet)

/** What has been opened belongs to the drawn, each once, and is taken from `left`. Places are lines of the openings' file. */
export function* checkPublicOpenings(hash: DrawHash, s: Commitment, left: Set<string>, lines: readonly PublicOpeningLine[]): Check {
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    if (before !== undefined && compareText(before.id, line.id) >= 0) yield { where: `line ${index + 1}`, code: 'out-of-order' }
    yield* hold(`line ${index + 1}`, left.delete(openedElement(hash, s, line)), 'not-among-the-drawn')
  }
}

/** Rosters of all cities that take part, by region code. */
export type Rosters = ReadonlyMap<string, readonly RosterEntry[]>

/** One object's opening leads from its id to the root that its registry signed, and to its own line of the roster. */
export function* checkOwnOpening(hash: DrawHash, s: Commitment, opening: ObjectOpening, rosters: Rosters): Check {
  const { id, salt, label, index, size, stratum } = opening
  yield* same('/drawId', opening.drawId, s.drawId)
  const regionCode = s.joint === undefined ? s.regionCode : opening.regionCode
  const part = partsOf(s).find(({ snapshot }) => snapshot.regionCode === regionCode)
  const roster = rosters.get(regionCode ?? '')
  if ((s.joint === undefined && opening.regionCode !== undefined) || part === undefined || roster === undefined) {
    yield broken('/regionCode', 'not-a-part')
    return
  }
  yield* same('/label', label, labelOf(hash, 'object', labelsOf(s.snapshot), salt, id))
  yield* same('/size', size, roster.length)
  const member = roster[index]
  yield* same('/index', [member?.label ?? null, member?.stratum ?? null], [label, stratum])
  const { snapshot } = part
  if (!opensTo(hash, snapshot, opening)) yield { where: '/path', code: 'differs', expected: snapshot.root, found: 'another root' }
}
