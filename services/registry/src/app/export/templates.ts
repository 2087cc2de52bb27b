import type { RegionCode } from '@dual-random/kernel'
import type { RegisterColumn } from '@dual-random/tables'
import { checkItemColumns } from '../registers/check-items.ts'
import { creditDataColumns } from '../registers/credit-data.ts'
import { creditColumns } from '../registers/credit-results.ts'
import type { NationalLists } from '../registers/fields.ts'
import { inspectorColumns } from '../registers/inspectors.ts'
import { objectColumns } from '../registers/objects.ts'
import { tagColumns } from '../registers/tags.ts'
import { unitColumns } from '../registers/units.ts'
import type { ExportedTable } from './file-of-rows.ts'

export const registerNames = ['units', 'objects', 'inspectors', 'tags', 'check-items', 'credit-results', 'credit-data'] as const
export type RegisterName = (typeof registerNames)[number]

/** A table of one register with nothing but its header, for people to fill in. */
export function templateOf(register: RegisterName, lists: NationalLists, regionCode: RegionCode): ExportedTable<RegisterColumn> {
  const columns: Readonly<Record<RegisterName, () => readonly RegisterColumn[]>> = {
    units: () => unitColumns(lists, regionCode),
    objects: () => objectColumns(lists, regionCode),
    inspectors: () => inspectorColumns(undefined),
    tags: () => tagColumns([], lists, regionCode),
    'check-items': () => checkItemColumns(lists),
    'credit-results': () => creditColumns([]),
    'credit-data': () => creditDataColumns,
  }
  return { name: register, columns: columns[register](), rows: nothing() }
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}
