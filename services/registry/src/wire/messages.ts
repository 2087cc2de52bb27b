import { fieldClasses, itemClasses, objectKinds, planTypes, unitKinds } from '@dual-random/contracts'
import type { CheckItem as CheckItemMessage, Unit as UnitMessage } from '@dual-random/contracts/registry'
import type { CheckItem } from '../domain/check-item.ts'
import type { Unit } from '../domain/unit.ts'

export const toUnitMessage = ({ kind, parentUnitId, ...unit }: Unit): UnitMessage => ({
  ...unit,
  kind: unitKinds.toWire(kind),
  parentUnitId: parentUnitId ?? undefined,
})

export const toCheckItemMessage = ({
  parentItemCode: _parent,
  division: _division,
  applicability,
  ...item
}: CheckItem): CheckItemMessage => ({
  ...item,
  ratioCap: item.ratioCap,
  legalBasisKind: item.legalBasisKind,
  regionScope: [...(item.regionScope ?? [])],
  supervisionMatter: item.supervisionMatter,
  itemClass: itemClasses.toWire(item.itemClass),
  fieldClass: fieldClasses.toWire(item.fieldClass),
  listType: planTypes.toWire(item.listType),
  keyGrounds: [...item.keyGrounds],
  specialities: [...item.specialities],
  applicability: {
    kinds: applicability.kinds.map(objectKinds.toWire),
    industryPrefixes: [...applicability.industryPrefixes],
    tags: [...applicability.tags],
  },
})
