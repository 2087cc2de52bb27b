import { canonicalJson } from '@dual-random/kernel'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { type Unit, type UnitProblem, unitProblem } from '../domain/unit.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import type { RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import { writeRows } from './import/write-rows.ts'
import type { Units } from './ports.ts'
import type { NationalLists } from './registers/fields.ts'
import { unitColumns, unitOf } from './registers/units.ts'

const parentReasons: Readonly<Record<UnitProblem['code'], string>> = {
  'parent-missing': '局机关和所必须写明上级单位',
  'parent-unknown': '没有这个上级单位',
  'parent-elsewhere': '上级单位不在本单位的地区或其上级地区',
  'parent-is-part': '上级单位本身是局机关或所',
}

/** Imports bureaux, offices, stations and departments (REG-39). A parent may stand anywhere in the same file. */
export async function importUnits(
  deps: ImportDeps & { readonly units: Units; readonly lists: NationalLists },
  command: ImportCommand,
): Promise<ImportAnswer> {
  const { units, lists, clock } = deps
  const rows: LinedRecord<Unit>[] = []
  const tally = await orRefused(
    importRows({
      reads: readUpload(command.upload, unitColumns(lists, command.caller.regionCode)),
      keyOf: ({ unitId }) => unitId,
      keyColumn: '单位编码',
      apply: async (batch) => {
        rows.push(...batch.map(({ line, value }) => ({ line, value: unitOf(value) })))
        return []
      },
    }),
  )
  const inFile = new Map(rows.map(({ value }) => [value.unitId as string, value]))
  const stored = await units.loadMany(rows.flatMap(({ value }) => value.parentUnitId ?? []))
  const parentOf = ({ parentUnitId }: Unit): Unit | undefined =>
    parentUnitId === null ? undefined : (inFile.get(parentUnitId) ?? stored.get(parentUnitId)?.state)
  const problems: ImportProblem[] = []
  const good = rows.filter(({ line, value }) => {
    const problem = unitProblem(value, parentOf(value))
    if (problem !== undefined) problems.push(parentProblem(line, value, problem))
    return problem === undefined
  })
  const results = await writeRows(units, good.map(changeOf), clock)
  const counts = countsOf({ ...tally, ...outcomes(results), rejected: tally.rejected + problems.length })
  return finishImport(deps, command, 'units', counts, [...tally.problems, ...problems])
}

const changeOf = ({ line, value }: LinedRecord<Unit>) => ({
  line,
  id: value.unitId,
  decide: (state: Unit | undefined) =>
    state !== undefined && canonicalJson({ ...state }) === canonicalJson({ ...value })
      ? ({ outcome: 'unchanged' } as const)
      : {
          outcome: state === undefined ? ('created' as const) : ('changed' as const),
          state: value,
          events: [{ type: 'unit-registered', unit: value } as const],
        },
})

const outcomes = (results: readonly RowResult[]) => {
  const counts = { created: 0, changed: 0, unchanged: 0, unmatched: 0, rejected: 0 }
  for (const { outcome } of results) counts[outcome] += 1
  return counts
}

const parentProblem = (line: number, unit: Unit, { code }: UnitProblem): ImportProblem => ({
  line,
  column: '上级单位',
  value: unit.parentUnitId ?? '',
  code,
  reason: parentReasons[code],
  action: '改正上级单位后重新导入这一行',
})
