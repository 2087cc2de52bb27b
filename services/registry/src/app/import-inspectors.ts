import { appError } from '@dual-random/errors'
import { canonicalJson, chinaDateOf, fromHex, type Instant, toHex, utf8 } from '@dual-random/kernel'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import {
  currentInspector,
  type Inspector,
  type InspectorContent,
  type InspectorRecord,
  type InspectorRefusal,
  recordInspector,
} from '../domain/inspector.ts'
import { membershipOf, type PoolScope } from '../domain/pool-scope.ts'
import type { Recusal, RecusalEntry } from '../domain/recusal.ts'
import { receivedOrigin } from '../domain/source.ts'
import { isOwnOrSubordinate, type Unit } from '../domain/unit.ts'
import type { Origin } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { checkpointed } from './import/checkpoint.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import type { RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import { ownerFault } from './import-objects.ts'
import { inspectorEvent } from './inspector-event.ts'
import type { InspectorPool, Sealer, Units } from './ports.ts'
import { homeUnitOf, type InspectorRow, inspectorColumns, sealedRecusal } from './registers/inspectors.ts'

export interface ImportInspectorsDeps extends ImportDeps {
  readonly inspectors: InspectorPool
  readonly units: Units
  readonly ids: KeyedIds
  readonly sealer: Sealer
  /** Classes of personnel nature in the caller's region by the words people write, where policy lists them (REG-34). */
  readonly natures: Readonly<Record<string, string>> | undefined
  /** Who may be in the pool, where policy says so (REG-31). */
  readonly scope: PoolScope | undefined
  /** The sources that policy names, from which data are verified (DQ-10). */
  readonly admittedSources: readonly string[] | undefined
}

const recusalPurpose = (inspectorId: string): string => `recusal ${inspectorId}`

/** Imports inspectors with speciality, qualification and recusal scope (REG-33); the scope is sealed before it is stored (SEC-04). */
export async function importInspectors(deps: ImportInspectorsDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, upload, importId, source } = command
  const origin: Origin = { load: upload.digest, importId, ...receivedOrigin(source, deps.admittedSources) }
  const units = new Map((await deps.units.inRegion(caller.regionCode)).map((unit) => [unit.unitId as string, unit]))
  const owner = units.get(caller.unitId)
  if (owner === undefined) throw appError('failed-precondition', 'unit-unknown', { meta: { unitId: caller.unitId } })
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, inspectorColumns(deps.natures)),
      keyOf: ({ certificateNumber }) => certificateNumber,
      keyColumn: '执法证号',
      apply: (rows) => applyRows(deps, owner, units, origin, rows),
      ...(await checkpointed(deps, command)),
    }),
  )
  return finishImport(deps, command, 'inspectors', countsOf(tally), tally.problems)
}

async function applyRows(
  deps: ImportInspectorsDeps,
  owner: Unit,
  units: ReadonlyMap<string, Unit>,
  origin: Origin,
  rows: readonly LinedRecord<InspectorRow>[],
): Promise<readonly RowResult[]> {
  const refused: RowResult[] = []
  const changes: RowChange<Inspector>[] = []
  for (const { line, value } of rows) {
    const home = units.get(value.homeUnitId)
    if (home === undefined || !isOwnOrSubordinate(owner, home, units))
      refused.push({ line, outcome: 'rejected', problem: homeFault(line, value.homeUnitId) })
    else if (deps.natures !== undefined && value.personnelNature === undefined)
      refused.push({ line, outcome: 'rejected', problem: natureFault(line, Object.keys(deps.natures)) })
    else changes.push(changeOf(deps, owner, origin, line, value))
  }
  return [...refused, ...(await writeRows(deps.inspectors, changes, deps.clock))]
}

function changeOf(
  { ids, sealer, scope }: ImportInspectorsDeps,
  owner: Unit,
  origin: Origin,
  line: number,
  row: InspectorRow,
): RowChange<Inspector> {
  const inspectorId = ids.inspectorId(owner.regionCode, row.certificateNumber)
  const given = givenRecusal(ids, sealer, inspectorId, row)
  const decide = (state: Inspector | undefined, at: Instant): RowDecision<Inspector> => {
    const known = state === undefined ? null : currentInspector(state).recusal
    if (given === sealedRecusal && known?.kind !== 'scope') return { outcome: 'rejected', problem: sealedFault(line) }
    const record: InspectorRecord = {
      inspectorId,
      certificateNumber: row.certificateNumber,
      regionCode: owner.regionCode,
      unitId: owner.unitId,
      content: contentOf(row, given === sealedRecusal ? known : given),
    }
    const recorded = recordInspector(state, record, at, origin)
    if (!recorded.ok) return { outcome: 'rejected', problem: { line, column: '执法证号', ...keptElsewhereFault(recorded.error) } }
    const { outcome, written, state: next } = recorded.value
    // Who is in the pool already is changed in any case: a certificate that was withdrawn must not stay in it as valid.
    if (state?.unitId !== owner.unitId && scope !== undefined && membershipOf(scope, record.content, chinaDateOf(at)) === undefined)
      return { outcome: 'rejected', problem: scopeFault(line, row.personnelNature, scope) }
    if (!written) return { outcome }
    return { outcome, state: next, events: [inspectorEvent(state === undefined ? 'created' : 'changed', next, at)] }
  }
  return { line, id: inspectorId, decide }
}

const contentOf = (row: InspectorRow, recusal: Recusal | null): InspectorContent => ({
  name: row.name,
  subject: row.subject,
  homeUnitId: homeUnitOf(row),
  specialities: row.specialities ?? [],
  qualificationKind: row.qualificationKind ?? null,
  qualificationValidFrom: row.qualificationValidFrom ?? null,
  qualificationValidTo: row.qualificationValidTo ?? null,
  recusal,
  personnelNature: row.personnelNature ?? null,
  status: row.status ?? 'ACTIVE',
  entersOn: row.entersOn ?? null,
  leavesOn: row.leavesOn ?? null,
})

/** The scope as it is stored, or the word that leaves it as it is. */
function givenRecusal(ids: KeyedIds, sealer: Sealer, inspectorId: string, { recusalScope }: InspectorRow) {
  if (recusalScope === undefined) return null
  return recusalScope === sealedRecusal ? sealedRecusal : sealRecusal(ids, sealer, inspectorId, recusalScope)
}

function sealRecusal(ids: KeyedIds, sealer: Sealer, inspectorId: string, entries: readonly RecusalEntry[]): Recusal {
  if (entries.length === 0) return { kind: 'none' }
  const sealed = sealer.seal(utf8(canonicalJson(entries)), recusalPurpose(inspectorId))
  return { kind: 'scope', digest: ids.contentDigest(inspectorId, entries), sealed: toHex(sealed) }
}

/** The entries of a recorded scope in the clear; every caller logs the read. */
export function openRecusal(sealer: Sealer, inspectorId: string, recusal: Recusal | null): readonly RecusalEntry[] {
  if (recusal?.kind !== 'scope') return []
  const sealed = fromHex(recusal.sealed)
  if (sealed === undefined) throw new Error(`sealed scope of ${inspectorId} is not hex`)
  return JSON.parse(new TextDecoder().decode(sealer.open(sealed, recusalPurpose(inspectorId)))) as readonly RecusalEntry[]
}

const sealedFault = (line: number): ImportProblem => ({
  line,
  column: '回避范围',
  value: sealedRecusal,
  code: 'recusal-not-recorded',
  reason: `“${sealedRecusal}”表示沿用已登记的回避范围，而此人没有登记过`,
  action: '写明回避范围，没有的写“无”',
})

const natureFault = (line: number, natures: readonly string[]): ImportProblem => ({
  line,
  column: '人员性质',
  code: 'nature-missing',
  reason: '没有写人员性质',
  action: `填写下列之一后重新导入这一行：${natures.join('、')}`,
})

const scopeFault = (line: number, nature: string | undefined, { mustInclude, mayInclude }: PoolScope): ImportProblem => ({
  line,
  column: '人员性质',
  ...(nature === undefined ? {} : { value: nature }),
  code: 'outside-pool-scope',
  reason: '按现行政策不在入库范围：既无有效执法资质，人员性质也不在其列',
  action: `入库范围为：${[...mustInclude, ...mayInclude].map(({ text }) => text).join('、')}；属于其中的，补填执法资质有效期至或人员性质`,
})

/** Another unit keeps the record: it has the person transferred, from a day that has come, before this one can take the person over (REG-35). */
const keptElsewhereFault = (refusal: InspectorRefusal) =>
  refusal.code === 'owned-by-other-unit'
    ? {
        ...ownerFault(refusal.unitId),
        action: '人员已调入的，请该单位先登记调转（TRANSFERRED）及生效日期，生效后以在岗状态重新导入；否则从本文件中删去这一行',
      }
    : {
        code: 'transfer-not-effective',
        reason: `该人员自 ${refusal.leavesOn} 起才调离单位 ${refusal.unitId}`,
        action: `${refusal.leavesOn} 起重新导入这一行`,
      }

const homeFault = (line: number, unitId: string): ImportProblem => ({
  line,
  column: '所在机关或所',
  value: unitId,
  code: 'home-unit-unknown',
  reason: `“${unitId}”不是本单位或其下属的机关、所`,
  action: '先导入该单位，或改正编码后重新导入这一行',
})
