import { err, ok, type Result } from '@dual-random/kernel'
import { type CellFault, cellProblem, cellText } from '@dual-random/tables'
import type { CheckItem } from '../../domain/check-item.ts'
import { type CheckItemRow, checkItemColumns, checkItemOf } from './check-items.ts'
import type { NationalLists } from './fields.ts'

export type GivenMember = string | boolean | readonly string[] | null

export interface MemberFault extends CellFault {
  readonly member: string
}

/** An item given by its members, read by the columns of the import file: the same words, codes and limits, and so the same item. */
export function readItem(lists: NationalLists, given: Readonly<Record<string, GivenMember>>): Result<CheckItem, readonly MemberFault[]> {
  const columns = checkItemColumns(lists)
  const faults: MemberFault[] = []
  const row: Record<string, unknown> = {}
  const known = new Set<string>(columns.map(({ key }) => key))
  for (const member of Object.keys(given).filter((name) => !known.has(name))) {
    faults.push({ member, code: 'unknown-member', reason: `没有“${member}”一项`, action: '删去' })
  }
  for (const { key, names, required, parse } of columns) {
    const text = cellText(textOf(given[key]))
    const barred = cellProblem(0, key, text)
    if (text === '') {
      if (required) faults.push({ member: key, code: 'member-missing', reason: `没有填写${names[0]}`, action: '填写后重新提交' })
    } else if (barred !== undefined) faults.push({ member: key, ...barred })
    else {
      const read: Result<unknown, CellFault> = parse(text)
      if (read.ok) row[key] = read.value
      else faults.push({ member: key, ...read.error })
    }
  }
  return faults.length > 0 ? err(faults) : ok(checkItemOf(row as CheckItemRow))
}

function textOf(given: GivenMember | undefined): string {
  if (given === undefined || given === null) return ''
  if (typeof given === 'string') return given
  return typeof given === 'boolean' ? String(given) : given.join('；')
}
