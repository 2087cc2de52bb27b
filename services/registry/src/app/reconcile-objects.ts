import type { ImportProblem } from '@dual-random/tables'
import { currentContent } from '../domain/check-object.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import type { ObjectPool } from './ports.ts'
import { column, textCell } from './registers/cells.ts'
import { objectCodeNames } from './registers/objects.ts'

const codeColumn = objectCodeNames[0] ?? ''

/** Compares the unit's pool with its source, in both directions, and changes nothing (REG-24). */
export async function reconcileObjects(deps: ImportDeps & { readonly objects: ObjectPool }, command: ImportCommand): Promise<ImportAnswer> {
  const inSource = new Map<string, number>()
  const tally = await orRefused(
    importRows({
      reads: readUpload(command.upload, [column('objectCode', objectCodeNames, true, textCell(96))]),
      keyOf: ({ objectCode }) => objectCode,
      keyColumn: codeColumn,
      apply: async (rows) => {
        for (const { line, value } of rows) inSource.set(value.objectCode, line)
        return []
      },
    }),
  )
  const absentFromSource: ImportProblem[] = []
  for await (const object of deps.objects.ofUnit(command.caller.unitId)) {
    if (inSource.delete(object.objectCode) || currentContent(object).status !== 'ACTIVE') continue
    absentFromSource.push(absentSource(object.objectCode, currentContent(object).name))
  }
  const absentFromPool = [...inSource].map(([code, line]) => absentPool(line, code))
  const counts = {
    received: tally.received,
    absentFromPool: absentFromPool.length,
    absentFromSource: absentFromSource.length,
    rejected: tally.rejected,
  }
  const remarks = tally.problems.filter(({ code }) => code !== 'unknown-column')
  return finishImport(deps, command, 'reconciliation', counts, [...remarks, ...absentFromPool, ...absentFromSource])
}

const absentPool = (line: number, value: string): ImportProblem => ({
  line,
  column: codeColumn,
  value,
  code: 'absent-from-pool',
  reason: '来源中有，名录库中没有',
  action: '导入该对象',
})

/** Line 0: the record stands in no line of the file. */
const absentSource = (value: string, name: string): ImportProblem => ({
  line: 0,
  column: codeColumn,
  value,
  code: 'absent-from-source',
  reason: `名录库中有“${name}”，来源中没有`,
  action: '核实后登记注销、吊销或迁出',
})
