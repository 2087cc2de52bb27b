import type { EntryKind } from './signature.ts'

/** What a key may sign, by the one who holds it (§8, §16). */
export type KeyRole = 'registry' | 'drawing' | 'beacon' | 'unit' | 'superior'

/** Kinds of entries that units outside sign, with keys that enter the log after its genesis; their superior admits them. */
const byUnits: readonly EntryKind[] = ['tip', 'reveal', 'numbers', 'audited']

/** Kinds that the superior alone signs. */
const bySuperior: readonly EntryKind[] = ['key', 'definition', 'approval', 'failed']

/** Whose key signs an entry: registry answers for snapshots, the superior for keys, definitions of public numbers, approvals and failures, units for what is theirs, drawing for the rest. */
export const rolesFor = (kind: EntryKind): readonly KeyRole[] => {
  if (kind === 'snapshot') return ['registry']
  if (bySuperior.includes(kind)) return ['superior']
  return byUnits.includes(kind) ? ['unit', 'superior'] : ['drawing']
}
