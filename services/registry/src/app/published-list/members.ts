import { err, ok, type Result } from '@dual-random/kernel'
import { type CellFault, cellProblem, cellText } from '@dual-random/tables'
import type { ItemPatch } from '../../domain/published-list/item-patch.ts'
import { checkItemColumns } from '../registers/check-items.ts'
import type { NationalLists } from '../registers/fields.ts'

/** The register's own reading of a member of a check item: the same words, codes and limits as in its import file. */
export type ReadMember = (member: string, text: string) => Result<unknown, CellFault>

export function memberReader(lists: NationalLists): ReadMember {
  const parsers = new Map<string, ReadMember>(checkItemColumns(lists).map(({ key, parse }) => [key, (_, text) => parse(text)]))
  return (member, text) => {
    const barred = cellProblem(0, member, text)
    if (barred !== undefined) return err(barred)
    return parsers.get(member === 'itemCode' ? 'code' : member)?.(member, cellText(text)) ?? ok(cellText(text))
  }
}

/** Members of an answer that are members of an item. */
export const itemMembers = [
  'name',
  'itemCode',
  'itemClass',
  'fieldClass',
  'keyGrounds',
  'legalBasis',
  'checkingBody',
  'checkContent',
  'checkMethod',
  'specialities',
  'kinds',
  'industryPrefixes',
  'tags',
  'objectScope',
  'parentItemCode',
  'synthetic',
  'ratioCap',
  'legalBasisKind',
  'division',
  'regionScope',
  'supervisionMatter',
] as const satisfies readonly (keyof ItemPatch)[]

type ItemMember = (typeof itemMembers)[number]

/** A member as given, read as the register reads it; lists are parted by ； there. */
export function readGiven(read: ReadMember, member: ItemMember, given: unknown): Result<unknown, CellFault> {
  if (typeof given === 'string') return read(member, given)
  return Array.isArray(given) && given.length > 0 ? read(member, given.join('；')) : ok(given)
}
