import type { UnitId } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import { currentContent } from '../domain/check-object.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows, type RowTally } from './import/rows.ts'
import { readUpload, type Upload } from './import/upload.ts'
import type { Blobs, ImportRecord, ObjectPool } from './ports.ts'
import { column, textCell } from './registers/cells.ts'
import { objectCodeNames } from './registers/objects.ts'

const codeColumn = objectCodeNames[0] ?? ''

/** Compares the unit's pool with its source, in both directions, and changes nothing (REG-24). */
export async function reconcileObjects(deps: ImportDeps & { readonly objects: ObjectPool }, command: ImportCommand): Promise<ImportAnswer> {
  const { codes, tally } = await orRefused(readCodes(command.upload))
  const { absentFromPool, absentFromSource } = await compareWithSource(deps.objects, command.caller.unitId, codes)
  const counts = {
    received: tally.received,
    absentFromPool: absentFromPool.length,
    absentFromSource: absentFromSource.length,
    rejected: tally.rejected,
  }
  const remarks = tally.problems.filter(({ code }) => code !== 'unknown-column')
  return finishImport(deps, command, 'reconciliation', counts, [...remarks, ...absentFromPool, ...absentFromSource])
}

/** Object codes of a source's list by the line they stand on. */
type SourceCodes = ReadonlyMap<string, number>

/** The codes of a list that was sent for reconciliation, from the file as it was received. */
export async function sourceCodes(blobs: Blobs, { fileDigest, fileType = 'text/csv' }: ImportRecord): Promise<SourceCodes> {
  return (await readCodes({ type: fileType, digest: fileDigest, chunks: () => blobs.get(fileDigest) })).codes
}

async function readCodes(upload: Upload): Promise<{ readonly codes: SourceCodes; readonly tally: RowTally }> {
  const codes = new Map<string, number>()
  const tally = await importRows({
    reads: readUpload(upload, [column('objectCode', objectCodeNames, true, textCell(96))]),
    keyOf: ({ objectCode }) => objectCode,
    keyColumn: codeColumn,
    apply: async (rows) => {
      for (const { line, value } of rows) codes.set(value.objectCode, line)
      return []
    },
  })
  return { codes, tally }
}

/** What a unit's pool and its source lack of each other. */
export async function compareWithSource(
  objects: ObjectPool,
  unitId: UnitId,
  codes: SourceCodes,
): Promise<{ readonly absentFromPool: readonly ImportProblem[]; readonly absentFromSource: readonly ImportProblem[] }> {
  const inSource = new Map(codes)
  const absentFromSource: ImportProblem[] = []
  for await (const object of objects.ofUnit(unitId)) {
    if (inSource.delete(object.objectCode) || currentContent(object).status !== 'ACTIVE') continue
    absentFromSource.push(absentSource(object.objectCode, currentContent(object).name))
  }
  return { absentFromPool: [...inSource].map(([code, line]) => absentPool(line, code)), absentFromSource }
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
