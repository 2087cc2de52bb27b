import { type BlindedEntity, compareHex, type DrawHash, type LabelKind, labelBlinder, labelOf } from '@dual-random/draw'
import type { AuditFault } from './finding.ts'

export interface PlacedEntity extends BlindedEntity {
  /** `line N`, and the pointer of the entity inside it. */
  readonly line: string
  readonly pointer: string
}

/**
 * §4 with K: every salt and every label again, and no id twice. Two labels of one id need another salt than K gives, so a clone is found as
 * such and by its salt; two equal labels cannot stand there, for labels ascend.
 */
export function* auditLabels(
  hash: DrawHash,
  { key, kind, drawId }: { readonly key: Uint8Array; readonly kind: LabelKind; readonly drawId: string },
  entities: readonly PlacedEntity[],
): Generator<AuditFault, void, undefined> {
  const blind = labelBlinder(hash, key, kind, drawId)
  const places = new Map<string, string>()
  let before: string | undefined
  for (const { id, label, salt, line, pointer } of entities) {
    const at = (member: string): string => `${line} ${pointer}/${member}`
    if (before !== undefined && compareHex(before, label) >= 0) yield { where: at('label'), code: 'out-of-order' }
    before = label
    const other = places.get(id)
    if (other === undefined) places.set(id, line)
    else yield { where: at('id'), code: 'clone', id, other }
    const expected = blind(id)
    if (salt !== expected.salt) yield { where: at('salt'), code: 'wrong-salt', expected: expected.salt, found: salt }
    const own = salt === expected.salt ? expected.label : labelOf(hash, kind, drawId, salt, id)
    if (label !== own) yield { where: at('label'), code: 'foreign-label', expected: own, found: label }
  }
}
