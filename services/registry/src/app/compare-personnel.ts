import { appError } from '@dual-random/errors'
import type { Instant, UnitId } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import type { SourceStaff } from '../domain/pool-completeness.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import { type CompletenessDeps, type MeasuredCompleteness, measureCompleteness } from './measure-completeness.ts'
import { certificateColumn, sourceStaffColumns } from './registers/source-staff.ts'

interface LinedStaff extends SourceStaff {
  readonly line: number
}

/** Compares the inspector pool with a file of its personnel source: nothing in the pool changes; who is missing stands in the report (REG-32). */
export async function comparePersonnel(
  deps: ImportDeps & CompletenessDeps,
  command: ImportCommand,
  source: { readonly name: string; readonly asOf: Instant },
): Promise<ImportAnswer> {
  if (source.asOf > deps.clock()) throw appError('invalid', 'source-from-the-future', { meta: { asOf: source.asOf } })
  const staff: LinedStaff[] = []
  const tally = await orRefused(
    importRows({
      reads: readUpload(command.upload, sourceStaffColumns),
      keyOf: ({ certificateNumber }) => certificateNumber,
      keyColumn: certificateColumn,
      apply: async (rows) => {
        for (const { line, value } of rows) {
          const { certificateNumber, name, validTo, status, unitId } = value
          const isServing = (status ?? 'ACTIVE') === 'ACTIVE'
          staff.push({ line, certificateNumber, name, validTo: validTo ?? null, isServing, unitId: (unitId ?? null) as UnitId | null })
        }
        return []
      },
    }),
  )
  const measured = await measureCompleteness(deps, command.caller, command.importId, { ...source, staff })
  const { certifiedInSource, inPool, missing, notCounted, absentFromSource, ofOtherUnits } = measured.report
  const counts = {
    received: tally.received,
    certifiedInSource,
    inPool,
    missing,
    notCounted,
    absentFromSource,
    ofOtherUnits,
    rejected: tally.rejected,
  }
  const answer = await finishImport(deps, command, 'personnel', counts, [...tally.problems, ...differencesOf(measured)])
  return measured.report.share === null ? answer : { ...answer, share: measured.report.share }
}

const differencesOf = ({
  missing,
  notCounted,
  ofOtherUnits,
  absentFromSource,
}: MeasuredCompleteness<LinedStaff>): readonly ImportProblem[] => [
  ...missing.map((each) =>
    difference(each, each.line, 'missing-from-pool', '有有效执法证，名录库中没有', '补录入库；已在别的单位入库的，由该单位核对'),
  ),
  ...notCounted.map((each) =>
    difference(each, each.line, 'not-counted', '执法证已到期或已不在岗，不计入应入库人数', '无须处理；与实际不符的，请来源系统更正'),
  ),
  ...ofOtherUnits.map((each) => difference(each, each.line, 'of-other-unit', '不是本单位及下属单位的人员，没有比对', '由该单位自行比对')),
  // Line 0: the person stands in no line of the file.
  ...absentFromSource.map((each) =>
    difference(each, 0, 'absent-from-source', '名录库中为有证在岗，来源中没有', '核实执法证是否有效，及时登记变动'),
  ),
]

const difference = (
  { certificateNumber, name }: { readonly certificateNumber: string; readonly name: string },
  line: number,
  code: string,
  reason: string,
  action: string,
): ImportProblem => ({ line, column: certificateColumn, value: certificateNumber, code, reason: `${name}：${reason}`, action })
