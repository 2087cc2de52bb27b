import { addDays, type Instant, type ItemCode, type LocalDate, parseLocalDate, type RegionCode, type UnitId } from '@dual-random/kernel'
import type { OverrideRecord } from '@dual-random/policy'
import type { CheckItem } from './check-item.ts'

/** Why an item was not checked in a year, with who recorded it (REG-14: 除特殊情况外). */
export interface YearlyException {
  readonly itemCode: ItemCode
  readonly reason: string
  readonly by: string
  readonly at: Instant
  /** The override of the by-default rule, with its legal basis and origin (POL-07); absent in circumstances recorded before a basis was asked for. */
  readonly override?: OverrideRecord
}

/** One list's year: special circumstances, and the items that an alert has named already. */
export interface YearlyCheck {
  readonly yearlyCheckId: string
  readonly listId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly year: number
  readonly exceptions: readonly YearlyException[]
  readonly reported: readonly ItemCode[]
}

/** How often each item was drawn for in the year, by code. */
export type DrawsByItem = ReadonlyMap<string, number>

export interface ItemYear {
  readonly itemCode: ItemCode
  readonly name: string
  readonly draws: number
  readonly exception?: YearlyException
  /** Fewer draws than policy asks for, and no special circumstance. */
  readonly due: boolean
}

/** Every item of a list with its random checks of the year (REG-14). */
export function itemYears(
  items: readonly CheckItem[],
  draws: DrawsByItem,
  exceptions: readonly YearlyException[],
  times: number,
): readonly ItemYear[] {
  return items.map(({ code, name }) => {
    const drawn = draws.get(code) ?? 0
    const exception = exceptions.find(({ itemCode }) => itemCode === code)
    return {
      itemCode: code,
      name,
      draws: drawn,
      ...(exception === undefined ? {} : { exception }),
      due: drawn < times && exception === undefined,
    }
  })
}

/** The first day on which items still due are alerted: so many days before the last of the year. */
export function alertFrom(year: number, leadDays: number): LocalDate {
  const end = parseLocalDate(`${year}-12-31`)
  if (end === undefined) throw new Error(`no such year ${year}`)
  return addDays(end, -leadDays)
}

/** Due items that no alert has named yet. */
export const newlyDue = (years: readonly ItemYear[], { reported }: Pick<YearlyCheck, 'reported'>): readonly ItemCode[] =>
  years.filter(({ due, itemCode }) => due && !reported.includes(itemCode)).map(({ itemCode }) => itemCode)

/** Records a special circumstance; of one item the later one holds. */
export const withException = (year: YearlyCheck, exception: YearlyException): YearlyCheck => ({
  ...year,
  exceptions: [...year.exceptions.filter(({ itemCode }) => itemCode !== exception.itemCode), exception],
})
