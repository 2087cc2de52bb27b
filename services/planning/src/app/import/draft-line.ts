import type { ItemCode, RegionCode, UnitId } from '@dual-random/kernel'
import type { NamedRatio, ParsedPlanLine, PublishedDuty, SettledPlanLine } from '@dual-random/tables'
import type { BatchInput } from '../../domain/batches.ts'
import { type Directory, itemsByBody } from '../../domain/import/directory.ts'
import type { LineQuestion } from '../../domain/import/line-questions.ts'
import type { LinePatch } from '../../domain/import/patch.ts'
import { scopeOfMarks } from '../../domain/import/scope-marks.ts'
import type { LineInput, LineUnitInput } from '../../domain/line-input.ts'
import type { Reason, StratumRatio } from '../../domain/plan.ts'
import { allStrata } from '../../domain/ratio-rules.ts'
import { stratumNamed } from '../../domain/stratum-names.ts'
import { scopeOf } from './scope-question.ts'
import { initiatorOf } from './table-answers.ts'

/** A line put together from what the table says and what people settled, with what stays open. */
export interface Assembled {
  readonly input: LineInput
  readonly questions: readonly LineQuestion[]
  /** What does not keep the line from being judged by the rules. */
  readonly beside: readonly LineQuestion[]
}

export interface AssemblyContext {
  readonly importId: string
  readonly directory: Directory
  readonly regionCode: RegionCode
  readonly grades: readonly string[]
  /** Who answers for a reason that stands in the table itself. */
  readonly received: Pick<Reason, 'by' | 'at'>
}

export function assembleLine(settled: SettledPlanLine, parsed: ParsedPlanLine, patch: LinePatch, context: AssemblyContext): Assembled {
  const items = itemsOf(settled, patch, context.directory)
  const scope = scopeOf({ settled, parsed, patch, onlyKind: onlyKindOf(settled, context.grades)?.name }, items.codes, context)
  const units = unitsOf(settled, patch, items.codes, context.directory)
  const quantity = quantityOf(settled, patch, context.grades)
  const timing = timingOf(settled, parsed, patch)
  const objectScope = patch.objectScope ?? settled.objectScope?.raw
  const checkBatches = patch.checkBatches ?? settled.checkBatches
  const reasons = [...tableReasons(parsed, context), ...(patch.reasons ?? [])]
  return {
    input: {
      taskName: patch.taskName ?? settled.taskName,
      ...(objectScope === undefined ? {} : { objectScope }),
      ...scope.value,
      itemCodes: items.codes,
      ...quantity.value,
      ...units.value,
      ...timing.value,
      ...(checkBatches === undefined ? {} : { checkBatches }),
      ...(reasons.length === 0 ? {} : { reasons }),
      ...(patch.jointException === undefined ? {} : { jointException: patch.jointException }),
      source: { importId: context.importId, lineNo: settled.lineNo, rows: parsed.rows },
    },
    questions: [...items.questions, ...units.questions, ...quantity.questions, ...timing.questions],
    // Until it is known what is checked, nobody can say what of it.
    beside: items.questions.length > 0 ? [] : scope.questions,
  }
}

interface Timing {
  readonly value: Pick<LineInput, 'window' | 'times' | 'batches'>
  readonly questions: readonly LineQuestion[]
}

/** Batches of the table stand as long as nobody gives another time or number of them, or has them even; then nobody has said what each draws from where one drew from less. */
function timingOf(settled: SettledPlanLine, { readings }: ParsedPlanLine, patch: LinePatch): Timing {
  if (patch.batches !== undefined) return { value: { batches: patch.batches }, questions: [] }
  const { start, end } = patch.window ?? settled.window
  const times = patch.times ?? settled.timesPerYear
  const isOther = start !== settled.window.start || end !== settled.window.end || times !== settled.timesPerYear
  const value = { window: { start, end }, times }
  const asked = (message: string): readonly LineQuestion[] => [
    { field: 'batches', code: 'batch-scope-unclear', message, accepts: ['batches'] },
  ]
  if (settled.batches === undefined || isOther) {
    const message = '备注写明了批次的对象，而检查时间、次数或者分批另有答复：各批次在什么时间、各查哪些对象？'
    return { value, questions: readings.remarks?.batches?.isNarrowed === true ? asked(message) : [] }
  }
  const batches = settled.batches.flatMap(({ objectMarks, ...batch }): readonly BatchInput[] => {
    if (objectMarks === undefined) return [batch]
    const scope = scopeOfMarks(objectMarks)
    return scope === undefined ? [] : [{ ...batch, scope }]
  })
  if (batches.length === settled.batches.length) return { value: { ...value, batches }, questions: [] }
  const message = '备注写明的批次对象里，有登记库没有的类型、行业代码或者地区：各批次各查哪些对象？'
  return { value, questions: asked(message) }
}

/** A table that says the task knows no credit-risk grades gives the reason for one ratio over all of them, not its legal basis. */
const tableReasons = ({ readings, cells }: ParsedPlanLine, { received }: AssemblyContext): readonly Reason[] =>
  readings.grades?.kind === 'none' ? [{ rule: 'RATIO_BAND', reason: cells.grades?.raw.trim() ?? '', ...received }] : []

interface Items {
  readonly codes: readonly ItemCode[]
  readonly questions: readonly LineQuestion[]
}

function itemsOf({ itemNames }: SettledPlanLine, patch: LinePatch, directory: Directory): Items {
  const given = patch.itemCodes ?? patch.units?.flatMap((unit) => unit.itemCodes ?? [])
  if (given !== undefined && given.length > 0) return { codes: [...new Set(given)], questions: [] }
  const codes: ItemCode[] = []
  const questions: LineQuestion[] = []
  for (const name of itemNames) {
    const found = directory.itemsNamed(name)
    const [item] = found
    if (item !== undefined && found.length === 1) codes.push(item.code)
    else {
      const options = (item === undefined ? directory.similarItems(name) : found).map(({ code, name: label }) => ({ value: code, label }))
      const message = item === undefined ? `现行清单中没有“${name}”：是清单中的哪些事项？` : `清单中有几项都叫“${name}”：是哪一项？`
      const code = item === undefined ? 'item-not-on-list' : 'item-ambiguous'
      questions.push({ field: 'itemCodes', code, message, accepts: ['itemCodes', 'units'], options })
    }
  }
  return { codes: [...new Set(codes)], questions: questions.slice(0, 1) }
}

interface Units {
  readonly value: Pick<LineInput, 'units' | 'initiatorUnitId'>
  readonly questions: readonly LineQuestion[]
}

function unitsOf(settled: SettledPlanLine, patch: LinePatch, codes: readonly ItemCode[], directory: Directory): Units {
  const initiator = (initiatorOf(patch) as UnitId | undefined) ?? directory.unitNamed(settled.initiator)?.unitId
  const named = settled.participants.map((name) => ({ name, unitId: directory.unitNamed(name)?.unitId }))
  const participants = patch.participantUnitIds ?? named.flatMap(({ unitId }) => unitId ?? [])
  const stranger = patch.participantUnitIds === undefined ? named.find(({ unitId }) => unitId === undefined)?.name : undefined
  if (initiator === undefined || stranger !== undefined) {
    const message = `不认识“${initiator === undefined ? settled.initiator : stranger}”：是本地的哪个单位？`
    const options = directory.departments.map(({ unitId, name }) => ({ value: unitId, label: name }))
    const accepts = ['initiatorUnitId', 'participantUnitIds', 'units'] as const
    return { value: {}, questions: [{ field: 'units', code: 'unit-unknown', message, accepts, options }] }
  }
  if (patch.units !== undefined) return { value: { units: withSelection(patch.units, patch), initiatorUnitId: initiator }, questions: [] }
  const unitIds = [...new Set([initiator, ...participants])]
  const assigned =
    settled.duties === undefined ? itemsByBody(codes, unitIds, directory) : itemsByDuty(settled.duties, codes, unitIds, directory)
  if (assigned !== undefined) return { value: { units: withSelection(assigned, patch), initiatorUnitId: initiator }, questions: [] }
  return {
    value: { initiatorUnitId: initiator },
    questions:
      codes.length === 0
        ? []
        : [{ field: 'unitItems', code: 'unit-items-unclear', message: '看不出各部门检查哪些事项：请逐一指定', accepts: ['units'] }],
  }
}

/** Who checks which item, as the remarks say; undefined where that does not fit the departments and items of the line as it stands now. */
function itemsByDuty(
  duties: readonly PublishedDuty[],
  codes: readonly ItemCode[],
  unitIds: readonly UnitId[],
  directory: Directory,
): readonly LineUnitInput[] | undefined {
  const assigned = duties.flatMap(({ unit, itemNames }) => {
    const unitId = directory.unitNamed(unit)?.unitId
    return unitId === undefined ? [] : [{ unitId, itemCodes: itemNames.flatMap((name) => only(directory.itemsNamed(name))?.code ?? []) }]
  })
  const named = new Set(assigned.map(({ unitId }) => unitId))
  const covered = new Set(assigned.flatMap(({ itemCodes }) => itemCodes))
  const fits =
    named.size === unitIds.length &&
    unitIds.every((unitId) => named.has(unitId)) &&
    covered.size === codes.length &&
    codes.every((code) => covered.has(code))
  return fits ? assigned : undefined
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

const withSelection = (units: readonly LineUnitInput[], { selection }: LinePatch): readonly LineUnitInput[] =>
  selection === undefined ? units : units.map((unit) => ({ selection, ...unit }))

interface Quantity {
  readonly value: Pick<LineInput, 'ratios' | 'count'>
  readonly questions: readonly LineQuestion[]
}

/** Grades, classes and levels in whatever words: no kind of object. */
const graded = /风险|信用|[级类档]$|^[A-E]$/

/** A share of one kind of objects and of no others, 10%的星级饭店: it says which objects are meant. */
function onlyKindOf({ ratio, tiers = [] }: SettledPlanLine, grades: readonly string[]): NamedRatio | undefined {
  const [first, another] = tiers
  if (first === undefined || another !== undefined || ratio !== undefined) return undefined
  return graded.test(first.name) || stratumNamed(first.name, grades) !== undefined ? undefined : first
}

function quantityOf(settled: SettledPlanLine, patch: LinePatch, grades: readonly string[]): Quantity {
  const { ratio, tiers, count } = settled
  if (patch.ratios !== undefined) return { value: { ratios: patch.ratios }, questions: [] }
  if (patch.ratio !== undefined) return { value: { ratios: [{ stratum: allStrata, ratio: patch.ratio }] }, questions: [] }
  const number = patch.count ?? count
  if (number !== undefined) return { value: { count: number }, questions: [] }
  const ofOneKind = onlyKindOf(settled, grades)
  if (ofOneKind !== undefined) return { value: { ratios: [{ stratum: allStrata, ratio: ofOneKind.ratio }] }, questions: [] }
  if (tiers !== undefined) {
    const named = tiers.flatMap(({ name, ratio: ofTier }): readonly StratumRatio[] => {
      const stratum = stratumNamed(name, grades)
      return stratum === undefined ? [] : [{ stratum, ratio: ofTier }]
    })
    if (named.length === tiers.length) return { value: { ratios: named }, questions: [] }
    const message = `“${tiers.map(({ name }) => name).join('、')}”不是信用风险等级：请给出每个等级和未分级对象的比例，或一个比例，或一个数量`
    return { value: {}, questions: [{ field: 'quantity', code: 'stratum-unknown', message, accepts: ['ratio', 'ratios', 'count'] }] }
  }
  return ratio === undefined
    ? { value: {}, questions: [] }
    : { value: { ratios: [{ stratum: allStrata, ratio: ratio.chosen }] }, questions: [] }
}
