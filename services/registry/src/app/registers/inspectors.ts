import { err, ok, type Result, type UnitId } from '@dual-random/kernel'
import type { CellFault, RecordOf } from '@dual-random/tables'
import { canonicalEntries, parseRecusalEntry, type RecusalEntry } from '../../domain/recusal.ts'
import { column, dateCell, idCell, listCell, textCell, wordCell } from './cells.ts'

export const inspectorStatusWords = {
  在岗: 'ACTIVE',
  落编: 'ACTIVE',
  退休: 'RETIRED',
  调转: 'TRANSFERRED',
  调离: 'TRANSFERRED',
  离职: 'LEFT',
  停岗: 'SUSPENDED',
} as const

/** What the recusal column says of a scope that stays sealed in an export, and an import takes for "as recorded" (SEC-04). */
export const sealedRecusal = '已密封'

/** What it says of an inspector of whom nobody is barred. */
export const noRecusal = '无'

/** Entries, none of them, or the word for a scope that stays as it is recorded. */
const recusalCell = (text: string): Result<readonly RecusalEntry[] | typeof sealedRecusal, CellFault> => {
  if (text === sealedRecusal) return ok(sealedRecusal)
  if (text === noRecusal) return ok([])
  const entries: RecusalEntry[] = []
  for (const part of text.split(/[；;|]/)) {
    if (part.trim() === '') continue
    const entry = parseRecusalEntry(part)
    if (entry === undefined) {
      return err({
        code: 'recusal-malformed',
        reason: '回避范围中有一项没有写明对象',
        action: '写成“对象:编码或名称=事由”“单位:名称”“人员:姓名”，没有的写“无”',
      })
    }
    entries.push(entry)
  }
  return ok(canonicalEntries(entries))
}

/** Columns of an inspector file (README); a jurisdiction that lists classes of personnel nature takes no others (REG-34). */
export const inspectorColumns = (natures: Readonly<Record<string, string>> | undefined) =>
  [
    column('certificateNumber', ['执法证号', '执法证件号'], true, textCell(60)),
    column('name', ['姓名'], true, textCell(60)),
    column('subject', ['登录名', '登录账号'], true, textCell(100)),
    column('homeUnitId', ['所在机关或所', '所在机关或所编码'], true, idCell),
    column('specialities', ['业务专长'], false, listCell(textCell(60))),
    column('qualificationKind', ['执法证类型', '执法证件类型'], false, textCell(60)),
    column('qualificationValidFrom', ['执法资质有效期起', '发证日期'], false, dateCell),
    column('qualificationValidTo', ['执法资质有效期至', '资质有效期至'], false, dateCell),
    column('recusalScope', ['回避范围'], false, recusalCell),
    column('personnelNature', ['人员性质'], false, natures === undefined ? textCell(60) : wordCell(natures)),
    column('status', ['状态', '在岗状态'], false, wordCell(inspectorStatusWords)),
    column('entersOn', ['到岗日期', '落编日期'], false, dateCell),
    column('leavesOn', ['离岗日期'], false, dateCell),
  ] as const

export type InspectorColumn = ReturnType<typeof inspectorColumns>[number]
export type InspectorRow = RecordOf<ReturnType<typeof inspectorColumns>>

export const homeUnitOf = (row: InspectorRow): UnitId => row.homeUnitId as UnitId
