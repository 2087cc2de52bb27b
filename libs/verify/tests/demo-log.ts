import {
  appendEntry,
  type Commitment,
  type DrawHash,
  type HashName,
  type LogEntry,
  type LogGenesis,
  openLog,
  redrawOrder,
  redrawOrderDigest,
  signDigest,
} from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { recordDigest } from '@dual-random/witness'
import { type City, organiser, type Party, selfChain, superior, unit } from './parties.ts'
import type { DemoOptions, Extra, ExtraOf } from './play-draw.ts'

export function genesisRecord(hash: HashName, demo: boolean, { regionCode, registry, drawing }: City = organiser): LogGenesis {
  const ed25519 = (role: 'registry' | 'drawing', { keyId, publicKey }: Party) => ({ keyId, role, algorithm: 'ed25519', publicKey }) as const
  const beacon = { keyId: `beacon-${regionCode}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey: selfChain.publicKey } as const
  return {
    type: 'dual-random/region-log/v1',
    regionCode,
    demo,
    hash,
    startedAt: '2020-01-01T00:00:00.000Z' as Instant,
    keys: [ed25519('registry', registry), ed25519('drawing', drawing), ...(regionCode === organiser.regionCode ? [beacon] : [])],
  }
}

/** The entry of a unit that audited the draw, after its `match`. */
export const auditedBy =
  (findings = 0, by: Party & { readonly unitId: string } = unit) =>
  ({ drawId, after }: ExtraOf): readonly Extra[] => [
    { kind: 'audited', drawId, of: { type: 'dual-random/audited/v1', drawId, findings, match: after, unitId: by.unitId }, by },
  ]

/** Appends to a log: a record by its digest, or with itself in the line. */
export function appender(hash: DrawHash, genesis: LogGenesis, receivedAt: Instant, { regionCode, drawing }: City = organiser) {
  const lines: LogEntry[] = [openLog(hash, genesis, drawing, genesis.startedAt)]
  const append = ({ kind, drawId, of, by }: Extra): LogEntry => {
    const of32 = typeof of === 'string' ? of : recordDigest(hash, of)
    const tip = lines.at(-1) ?? { seq: -1, head: '' }
    const entry = appendEntry(hash, tip, { kind, drawId, digest: of32, receivedAt }, signDigest(by, kind, regionCode, drawId, of32))
    const line = typeof of === 'string' ? entry : { ...entry, record: of }
    lines.push(line)
    return line
  }
  return { lines, append, head: (entry: LogEntry): string => lines[entry.seq - 1]?.head ?? '' }
}

/** The superior's approval of a redraw; none of another draw. */
export function approvalOf(hash: DrawHash, s: Commitment, { onOrder = (order) => order }: Pick<DemoOptions, 'onOrder'>): readonly Extra[] {
  const { drawId, subject } = s
  const order = subject.kind === 'redraw' ? onOrder(redrawOrder({ ...s, subject })) : undefined
  if (order === undefined) return []
  const of = { type: 'dual-random/approval/v1', drawId, unitId: superior.unitId, reason: '回避', order: redrawOrderDigest(hash, order) }
  return [{ kind: 'approval', drawId, of, by: superior }]
}
