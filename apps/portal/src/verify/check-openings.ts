import {
  type Commitment,
  type DrawHash,
  drawnDigest,
  labelOf,
  type ObjectOpening,
  opensTo,
  type PublicOpeningLine,
  type RosterEntry,
  rankLabels,
  type Transcript,
} from '@dual-random/draw'
import type { Report } from './difference.ts'

/** Protocol §12: what has been opened belongs to the drawn, each element once; gives how many were opened. */
export function checkOpenings(report: Report, hash: DrawHash, lines: readonly PublicOpeningLine[], t: Transcript, s: Commitment): number {
  const isFull = s.publicOpening === 'full'
  const left = new Set(isFull ? t.batches.flat() : t.drawnSet)
  for (const [i, { id, salt }] of lines.entries()) {
    const opened = isFull ? labelOf(hash, 'object', s.drawId, salt, id) : drawnDigest(hash, s.drawId, salt, id)
    report.hold(`line ${i + 1}`, left.delete(opened), { zh: '不属于抽中名单或重复', en: 'not among the drawn, or repeated' })
  }
  return lines.length
}

/** Where one object stands in a draw, by its own opening. Tickets and digests are lower-case hex. */
export interface OwnPlace {
  readonly id: string
  readonly label: string
  readonly stratum: string
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly root: string
  readonly ticket: string
  readonly cutOff: string | null
  readonly outcome: 'drawn' | 'not-drawn' | 'excluded'
  /** From 1, of the drawn alone. */
  readonly batch?: number
}

/** An object's own opening: that it is of the mapped set, by label and Merkle path, and whether it was drawn. */
export function checkOwnOpening(
  report: Report,
  hash: DrawHash,
  opening: ObjectOpening,
  t: Transcript,
  s: Commitment,
  roster: readonly RosterEntry[],
): OwnPlace {
  const { id, salt, label, stratum, index, size, path } = opening
  report.same('/drawId', opening.drawId, s.drawId)
  report.same('/label', label, labelOf(hash, 'object', s.drawId, salt, id))
  report.same('/size', size, roster.length)
  const member = roster[index]
  report.same('/index', [member?.label, member?.stratum], [label, stratum])
  report.hold('/path', opensTo(hash, s.snapshot, opening), {
    zh: '路径不通向登记机构签名的根',
    en: 'does not lead to the root that the registry signed',
  })
  const [ticketed] = rankLabels(hash, t.seed, ['object', stratum], [label])
  const batch = t.batches.findIndex((labels) => labels.includes(label))
  const place = {
    id,
    label,
    stratum,
    index,
    size,
    path,
    root: s.snapshot.root,
    ticket: ticketed?.ticket ?? '',
    cutOff: t.strata.find((one) => one.stratum === stratum)?.cutOff ?? null,
  }
  if (batch >= 0) return { ...place, outcome: 'drawn', batch: batch + 1 }
  return { ...place, outcome: member?.excluded === true ? 'excluded' : 'not-drawn' }
}
