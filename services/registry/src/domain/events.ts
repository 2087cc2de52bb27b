import type { Instant, ItemCode, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { Availability } from './availability.ts'
import type { CheckItem } from './check-item.ts'
import type { ObjectKind, ObjectStatus } from './check-object.ts'
import type { CreditSource } from './credit-result.ts'
import type { InspectorStatus } from './inspector.ts'
import type { ProposalPurpose, ProposalStatus } from './item-proposal.ts'
import type { KeyMatter } from './key-supervision-list.ts'
import type { RegimeKind } from './regime.ts'
import type { Unit } from './unit.ts'

/** What registry tells others. Ids and digests here are keyed: none can be computed from public codes (design §5). */
export type RegistryEvent =
  | {
      readonly type: 'policy-published'
      readonly preset: string
      readonly version: string
      readonly status: string
      readonly effectiveFrom: LocalDate
      readonly effectiveTo: LocalDate | null
      readonly digest: string
    }
  | {
      readonly type: 'policy-bound'
      readonly regionCode: RegionCode
      readonly preset: string
      readonly version: string
      readonly from: LocalDate
    }
  | { readonly type: 'unit-registered'; readonly unit: Unit }
  | {
      readonly type: 'check-item-list-published'
      readonly listId: string
      readonly regionCode: RegionCode
      readonly unitId: UnitId
      readonly listVersion: number
      readonly businessLine: string
      readonly items: readonly CheckItem[]
    }
  | {
      readonly type: 'key-supervision-list-published'
      readonly listId: string
      readonly regionCode: RegionCode
      readonly unitId: UnitId
      readonly listVersion: number
      readonly title: string
      readonly effectiveFrom: LocalDate
      readonly effectiveTo: LocalDate | undefined
      readonly matters: readonly KeyMatter[]
    }
  | {
      readonly type: 'item-proposal-submitted'
      readonly proposalId: string
      readonly regionCode: RegionCode
      readonly unitId: UnitId
      readonly purpose: ProposalPurpose
      readonly addresseeUnitId: UnitId
      readonly name: string
    }
  | {
      readonly type: 'item-proposal-decided'
      readonly proposalId: string
      readonly regionCode: RegionCode
      readonly unitId: UnitId
      readonly status: ProposalStatus
    }
  | {
      readonly type: 'unchecked-items-reported'
      readonly yearlyCheckId: string
      readonly listId: string
      readonly regionCode: RegionCode
      readonly unitId: UnitId
      readonly year: number
      readonly itemCodes: readonly ItemCode[]
    }
  | (ObjectEvent & { readonly type: 'object-registered' })
  | (ObjectEvent & { readonly type: 'object-changed'; readonly status: ObjectStatus })
  | (InspectorEvent & { readonly type: 'inspector-registered' })
  | (InspectorEvent & { readonly type: 'inspector-changed'; readonly status: InspectorStatus })
  | (RegimeEvent & { readonly type: 'regime-entered' })
  | (RegimeEvent & { readonly type: 'regime-left'; readonly reason: string })
  | {
      readonly type: 'credit-result-recorded'
      readonly objectId: string
      readonly regionCode: RegionCode
      readonly grade: string
      readonly source: CreditSource
      readonly asOf: Instant
    }

interface ObjectEvent {
  readonly objectId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly kind: ObjectKind
  readonly contentDigest: string
}

interface RegimeEvent {
  readonly membershipId: string
  readonly kind: RegimeKind
  readonly objectId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly enteredOn: LocalDate
  /** Undefined while no last day is known. */
  readonly lastDay: LocalDate | undefined
}

interface InspectorEvent extends Availability {
  readonly inspectorId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
}
