import type { UnitId } from '@dual-random/kernel'
import { type CheckObject, currentContent } from '../../domain/check-object.ts'
import type { ObjectPool } from '../ports.ts'
import { kindWords, type ObjectColumn, statusWords } from '../registers/objects.ts'
import type { ExportRow } from './file-of-rows.ts'
import { wordOf } from './words.ts'

/** What other units own is theirs to record, and a merged record is out of the pool: an import refuses the one and cannot say the other. */
const isRecordedBy = (object: CheckObject, unitId: UnitId): boolean =>
  object.unitId === unitId && currentContent(object).status !== 'MERGED'

/** The objects that a unit owns, as rows of an import that changes nothing. */
export async function* objectRows(objects: Pick<ObjectPool, 'ofUnit'>, unitId: UnitId): AsyncGenerator<ExportRow<ObjectColumn>> {
  for await (const object of objects.ofUnit(unitId)) {
    if (!isRecordedBy(object, unitId)) continue
    const { name, kind, industry, regionCode, address, tags, status } = currentContent(object)
    yield {
      objectCode: object.objectCode,
      name,
      kind: wordOf(kindWords, kind),
      industry,
      regionCode,
      address,
      tags,
      status: wordOf(statusWords, status),
    }
  }
}
