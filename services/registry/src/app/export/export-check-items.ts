import { writeCsv } from '@dual-random/tables'
import type { CheckItem } from '../../domain/check-item.ts'
import {
  basisWords,
  type CheckItemRow,
  checkItemColumns,
  fieldClassWords,
  groundWords,
  itemClassWords,
  listTypeWords,
} from '../registers/check-items.ts'
import type { NationalLists } from '../registers/fields.ts'
import { kindWords } from '../registers/objects.ts'
import { headingsOf } from './templates.ts'
import { listed, wordOf } from './words.ts'

function cellsOf(item: CheckItem): Readonly<Record<keyof CheckItemRow, string>> {
  const { applicability } = item
  return {
    code: item.code,
    name: item.name,
    itemClass: wordOf(itemClassWords, item.itemClass),
    fieldClass: wordOf(fieldClassWords, item.fieldClass),
    legalBasis: item.legalBasis,
    checkingBody: item.checkingBody,
    checkContent: item.checkContent,
    checkMethod: item.checkMethod,
    keyGrounds: listed(item.keyGrounds.map((ground) => wordOf(groundWords, ground))),
    specialities: listed(item.specialities),
    kinds: listed(applicability.kinds.map((kind) => wordOf(kindWords, kind))),
    industryPrefixes: listed(applicability.industryPrefixes),
    tags: listed(applicability.tags),
    listType: wordOf(listTypeWords, item.listType),
    parentItemCode: item.parentItemCode ?? '',
    synthetic: item.synthetic ? '是' : '否',
    ratioCap: item.ratioCap ?? '',
    legalBasisKind: wordOf(basisWords, item.legalBasisKind ?? ''),
    division: item.division ?? '',
    regionScope: listed(item.regionScope ?? []),
    supervisionMatter: item.supervisionMatter ?? '',
  }
}

/** The items of a list version as a CSV file: the columns of an import, so that importing it makes no new version. */
export function exportCheckItems(items: readonly CheckItem[], lists: NationalLists): string {
  const columns = checkItemColumns(lists)
  const rows = items.map((item) => {
    const cells = cellsOf(item)
    return columns.map(({ key }) => cells[key])
  })
  return writeCsv([headingsOf(columns), ...rows])
}
