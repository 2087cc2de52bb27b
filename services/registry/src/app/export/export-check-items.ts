import type { CheckItem } from '../../domain/check-item.ts'
import { basisWords, type CheckItemColumn, fieldClassWords, groundWords, itemClassWords, listTypeWords } from '../registers/check-items.ts'
import { kindWords } from '../registers/objects.ts'
import type { ExportRow } from './file-of-rows.ts'
import { wordOf } from './words.ts'

/** The items of a list version, as rows of an import that makes no new version. */
export async function* checkItemRows(items: readonly CheckItem[]): AsyncGenerator<ExportRow<CheckItemColumn>> {
  for (const item of items) yield rowOf(item)
}

function rowOf(item: CheckItem): ExportRow<CheckItemColumn> {
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
    keyGrounds: item.keyGrounds.map((ground) => wordOf(groundWords, ground)),
    specialities: item.specialities,
    kinds: applicability.kinds.map((kind) => wordOf(kindWords, kind)),
    industryPrefixes: applicability.industryPrefixes,
    tags: applicability.tags,
    listType: wordOf(listTypeWords, item.listType),
    parentItemCode: item.parentItemCode ?? '',
    synthetic: item.synthetic ? '是' : '否',
    ratioCap: item.ratioCap ?? '',
    legalBasisKind: wordOf(basisWords, item.legalBasisKind ?? ''),
    division: item.division ?? '',
    regionScope: item.regionScope ?? [],
    supervisionMatter: item.supervisionMatter ?? '',
  }
}
