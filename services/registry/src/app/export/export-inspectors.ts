import type { UnitId } from '@dual-random/kernel'
import { currentInspector, type Inspector } from '../../domain/inspector.ts'
import { recusalText } from '../../domain/recusal.ts'
import { openRecusal } from '../import-inspectors.ts'
import type { InspectorPool, Sealer } from '../ports.ts'
import { type InspectorColumn, inspectorStatusWords, noRecusal, sealedRecusal } from '../registers/inspectors.ts'
import type { ExportRow } from './file-of-rows.ts'
import { wordOf } from './words.ts'

export interface ExportInspectorsOptions {
  readonly unitId: UnitId
  /** Classes of personnel nature by the words people write, where policy lists them (REG-34). */
  readonly natures: Readonly<Record<string, string>> | undefined
  /** Opens recusal scopes; they stay sealed without it, as a word that an import takes for "as recorded" (SEC-04). */
  readonly sealer: Sealer | undefined
}

/** How many inspectors a unit owns, and of how many a recusal scope is recorded: what an export of them reads. */
export async function countExported(
  inspectors: Pick<InspectorPool, 'ofUnits'>,
  unitId: UnitId,
): Promise<{ readonly rows: number; readonly scopes: number }> {
  let rows = 0
  let scopes = 0
  for await (const inspector of inspectors.ofUnits([unitId])) {
    rows += 1
    if (currentInspector(inspector).recusal?.kind === 'scope') scopes += 1
  }
  return { rows, scopes }
}

/** The inspectors that a unit owns, as rows of an import that changes nothing. */
export async function* inspectorRows(
  inspectors: Pick<InspectorPool, 'ofUnits'>,
  { unitId, natures = {}, sealer }: ExportInspectorsOptions,
): AsyncGenerator<ExportRow<InspectorColumn>> {
  for await (const inspector of inspectors.ofUnits([unitId])) yield rowOf(inspector, natures, sealer)
}

function rowOf(inspector: Inspector, natures: Readonly<Record<string, string>>, sealer: Sealer | undefined): ExportRow<InspectorColumn> {
  const content = currentInspector(inspector)
  return {
    certificateNumber: inspector.certificateNumber,
    name: content.name,
    subject: content.subject,
    homeUnitId: content.homeUnitId,
    specialities: content.specialities,
    qualificationKind: content.qualificationKind ?? '',
    qualificationValidFrom: content.qualificationValidFrom ?? '',
    qualificationValidTo: content.qualificationValidTo ?? '',
    recusalScope: scopeOf(inspector, sealer),
    personnelNature: wordOf(natures, content.personnelNature ?? ''),
    status: wordOf(inspectorStatusWords, content.status),
    entersOn: content.entersOn ?? '',
    leavesOn: content.leavesOn ?? '',
  }
}

function scopeOf(inspector: Inspector, sealer: Sealer | undefined): string | readonly string[] {
  const { recusal } = currentInspector(inspector)
  if (recusal === null) return ''
  if (recusal.kind === 'none') return noRecusal
  return sealer === undefined ? sealedRecusal : openRecusal(sealer, inspector.inspectorId, recusal).map(recusalText)
}
