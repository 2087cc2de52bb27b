import type { KeptSubject } from '@dual-random/draw'
import { creditCodeProblem, type RegionCode, regionContains, type TlvItem, tlv, toHex } from '@dual-random/kernel'
import { hmac } from '@dual-random/kernel/hash'
import type { RegionGroup } from './sharing.ts'

/** The list of objects that one draw drew, of several cities in one of them, as it is gathered for comparison (DRW-19). */
export interface DrawnList extends KeptSubject {
  readonly listId: string
  readonly drawId: string
  readonly regionCode: string
  /** The department that organised the draw there: the initiating one of a joint line. */
  readonly unitId: string
  readonly year: number
  readonly taskName: string
  /** Execution window, both dates included. */
  readonly window: { readonly start: string; readonly end: string }
}

/** An object as registry opens its label. */
export interface DrawnObject {
  readonly label: string
  readonly objectId: string
  readonly code: string
  readonly name: string
}

/** One object of a list: its label, and by what it is recognised in another. */
export interface ListEntry {
  readonly drawId: string
  readonly listId: string
  readonly label: string
  readonly identity: string
}

/** The draw's id; of another city than the one whose draw it is, the city beside it (DRW-26). */
export const listIdOf = ({
  drawId,
  organiserRegionCode,
  regionCode,
}: Record<'drawId' | 'organiserRegionCode' | 'regionCode', string>): string =>
  regionCode === organiserRegionCode ? drawId : `${drawId}-${regionCode}`

const keyed = (key: Uint8Array, value: TlvItem): string => toHex(hmac('sha256', key, tlv(value))).slice(0, 32)

/**
 * By what an object is recognised in other lists of the year: keyed, so that whoever reads the store cannot find out whom a list names by
 * digesting public codes (DRW-34). Only a credit code means the same object in every region; any other is its own region's (DQ-05).
 */
export const identityOf = (key: Uint8Array, year: number, { objectId, code }: DrawnObject): string =>
  keyed(key, ['list-identity', String(year), ...(creditCodeProblem(code) === undefined ? ['code', code] : ['object', objectId])])

type Place = Pick<ListEntry, 'drawId' | 'label'>

/** One match per pair of places, whichever list came first; keyed, because labels are public and would tell which of them are one object. */
export const listMatchIdOf = (key: Uint8Array, one: Place, other: Place): string => {
  const [a, b] = one.drawId < other.drawId ? [one, other] : [other, one]
  return `lm-${keyed(key, ['list-match', a.drawId, a.label, b.drawId, b.label])}`
}

const within = (outer: string, inner: string): boolean => regionContains(outer as RegionCode, inner as RegionCode)

const sharing = (groups: readonly RegionGroup[], one: string, other: string): boolean =>
  groups.some(
    ({ regions, aspects }) =>
      aspects.some(({ id, enabled }) => id === 'INFORMATION_SHARING' && enabled) &&
      [one, other].every((regionCode) => regions.some((member) => within(member.regionCode, regionCode))),
  )

/** Whether two regions lie on one line of superiors: what one draws, the other's superior may know. */
export const oneAbove = (one: string, other: string): boolean => within(one, other) || within(other, one)

/**
 * Whether two lists are compared: those of different departments in one year; of regions neither of which is above the other only where the
 * policies of both have them in one group that shares supervision information, so that each can stop it (XRG-03, XRG-10).
 */
export function comparable(
  one: DrawnList,
  other: DrawnList,
  groupsOf: { readonly one: readonly RegionGroup[]; readonly other: readonly RegionGroup[] },
): boolean {
  if (one.unitId === other.unitId || one.year !== other.year) return false
  if (oneAbove(one.regionCode, other.regionCode)) return true
  return sharing(groupsOf.one, one.regionCode, other.regionCode) && sharing(groupsOf.other, one.regionCode, other.regionCode)
}
