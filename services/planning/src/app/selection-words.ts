import type { LineUnit, Selection, SelectionGround } from '../domain/plan.ts'

/** How a policy's modes of choosing inspectors are called, and how many a team has at least; absent where it says nothing. */
export interface SelectionTerms {
  readonly mode: (mode: string) => string
  readonly leastTeam?: number
}

/** The grounds of DRW-09. */
const groundNames = {
  GEOGRAPHY: '地域情况',
  STAFFING: '人员情况',
  SPECIALITY: '专业要求',
  SUPPORT: '执法保障',
  OTHER: '其他情况',
} as const satisfies Readonly<Record<SelectionGround, string>>

/** `全局内随机，依据人员情况（说明）`, with the stations where some were named. */
export function selectionText(
  { mode, ground, note, stationUnitIds }: Selection,
  terms: SelectionTerms,
  unit: (id: string) => string,
): string {
  const stations = stationUnitIds.length === 0 ? '' : `（${stationUnitIds.map(unit).join('、')}）`
  return `${terms.mode(mode)}${stations}，依据${groundNames[ground]}${note === undefined ? '' : `（${note}）`}`
}

/** What a department does otherwise than the plan says for all of them: nothing where it does the same. */
export function selectionClause(
  { unitId, selection, teamSize }: LineUnit,
  planned: Selection | undefined,
  terms: SelectionTerms,
  unit: (id: string) => string,
): readonly string[] {
  const parts = [
    ...(planned !== undefined && isSame(selection, planned) ? [] : [selectionText(selection, terms, unit)]),
    ...(teamSize === terms.leastTeam ? [] : [`每组${teamSize}人`]),
  ]
  return parts.length === 0 ? [] : [`选派：${unit(unitId)}${parts.join('，')}`]
}

const isSame = (a: Selection, b: Selection): boolean =>
  a.mode === b.mode &&
  a.ground === b.ground &&
  a.note === b.note &&
  a.stationUnitIds.toSorted().join() === b.stationUnitIds.toSorted().join()

/** How inspectors are chosen where a line says nothing else. */
export function selectionNotice(planned: Selection | undefined, terms: SelectionTerms, unit: (id: string) => string): readonly string[] {
  const parts = [
    ...(planned === undefined ? [] : [selectionText(planned, terms, unit)]),
    ...(terms.leastTeam === undefined ? [] : [`每组${terms.leastTeam}人`]),
  ]
  return parts.length === 0 ? [] : [`注：执法检查人员选派（备注另有写明的除外）：${parts.join('，')}`]
}
