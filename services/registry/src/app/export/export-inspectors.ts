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
  /** Told once, when the reading ends or is broken off, how many rows went out and how many scopes were opened. */
  readonly onEnd: (read: { readonly rows: number; readonly scopes: number }) => void
}

/** The inspectors that a unit owns, as rows of an import that changes nothing. */
export async function* inspectorRows(
  inspectors: Pick<InspectorPool, 'ofUnits'>,
  { unitId, natures = {}, sealer, onEnd }: ExportInspectorsOptions,
): AsyncGenerator<ExportRow<InspectorColumn>> {
  let rows = 0
  let scopes = 0
  try {
    for await (const inspector of inspectors.ofUnits([unitId])) {
      rows += 1
      if (sealer !== undefined && currentInspector(inspector).recusal?.kind === 'scope') scopes += 1
      yield rowOf(inspector, natures, sealer)
    }
  } finally {
    onEnd({ rows, scopes })
  }
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
