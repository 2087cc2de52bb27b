import { noneAnswer } from '../answer.ts'
import { readRemarkedUnits } from '../cells/remarked-units.ts'
import { readLevelsCell } from '../cells/words.ts'
import { ask, type Finding, type QuestionDraft } from '../finding.ts'
import { readInitiator, readLeadAndHelpers, readParticipants } from '../read-departments.ts'
import { cleanName, squash } from '../text.ts'
import { hasColumn, type PlanContext, type PlanRow, sourceOf } from './plan-context.ts'
import type { PlanReadings, PlanValues } from './plan-line.ts'

type UnitsFinding = Finding<
  Pick<PlanReadings, 'initiator' | 'participants' | 'levels'>,
  Partial<Pick<PlanValues, 'initiator' | 'participants'>>
>

const unnamedJoint = /联合/
const unnamedOthers = /其他|其它|有关|相关/

/** A remark that other departments take part without naming them. */
function askUnnamed(row: PlanRow, context: PlanContext): QuestionDraft | undefined {
  const raw = row.cells.remarks?.raw ?? ''
  if (!unnamedJoint.test(raw) || !unnamedOthers.test(raw)) return undefined
  const source = sourceOf(row, row.cells.remarks, ['remarks'], context)
  const textZh = `备注“${cleanName(raw)}”没有点名：有哪些部门参与？`
  return ask(source, { field: 'participants', code: 'participants-unnamed', textZh, form: 'units' })
}

/** Where reasons begin, which may name anybody. */
const reasons = /(?:^|；)理由：.*$/s

/** A remark that names departments which no column has: 与市公安局联合开展. */
function askRemarked(row: PlanRow, named: readonly string[], context: PlanContext): QuestionDraft | undefined {
  const raw = (row.cells.remarks?.raw ?? '').replace(reasons, '')
  // Duties and delegations are read and asked about by their own names.
  if (/^分工：|委托/.test(raw)) return undefined
  const resolve = context.options.resolveUnit ?? ((name: string) => name)
  const others = readRemarkedUnits(raw)
    .map((name) => resolve(name) ?? name)
    .filter((name) => !named.some((known) => known.endsWith(name) || name.endsWith(known)))
  if (others.length === 0) return undefined
  const source = sourceOf(row, row.cells.remarks, ['remarks'], context)
  const textZh = `备注“${cleanName(raw)}”提到${others.join('、')}，参与部门中没有：有哪些部门参与？`
  const [only = ''] = others
  const options = [
    ...(named.length > 1 || others.length > 1 ? [] : [{ value: only, textZh: only }]),
    { value: noneAnswer, textZh: '没有参与部门' },
  ]
  return ask(source, { field: 'participants', code: 'participants-in-remarks', textZh, form: 'units', options })
}

/** Departments in a line that a column says is not checked jointly: 是否联合抽查, 否. */
function askNotJoint(row: PlanRow, named: readonly string[], context: PlanContext): QuestionDraft | undefined {
  const { flag, participants } = row.cells
  if (named.length === 0 || flag === undefined || !flag.column.includes('联合') || !/^(?:否|不|不是|N|NO)$/i.test(squash(flag.raw)))
    return undefined
  const source = sourceOf(row, participants, ['participants'], context)
  const textZh = `“${flag.column}”写的是“${cleanName(flag.raw)}”，“${source.column}”写的是“${cleanName(source.raw)}”：有哪些部门参与？`
  const options = [
    ...(named.slice(1).length > 0 ? [] : named.map((name) => ({ value: name, textZh: name }))),
    { value: noneAnswer, textZh: '没有参与部门' },
  ]
  return ask(source, { field: 'participants', code: 'participants-not-joint', textZh, form: 'units', options })
}

/** Reads who initiates and who takes part; a table without such columns is asked about as a whole, elsewhere. */
export function readUnits(row: PlanRow, context: PlanContext): UnitsFinding {
  const { cells } = row
  const { resolveUnit } = context.options
  const initiating = sourceOf(row, cells.initiator, ['initiator'], context)
  const isAlone = squash(cells.participants?.raw ?? '') === ''
  const together = hasColumn(context, 'initiator') && isAlone ? readLeadAndHelpers(initiating, resolveUnit) : undefined
  const initiator = together?.initiator ?? (hasColumn(context, 'initiator') ? readInitiator(initiating, resolveUnit) : {})
  const named =
    together?.participants ??
    (hasColumn(context, 'participants') ? readParticipants(sourceOf(row, cells.participants, ['participants'], context), resolveUnit) : {})
  const [unit] = initiator.names ?? []
  const all = [...(initiator.names ?? []), ...(named.names ?? [])]
  const unnamed = named.names !== undefined && named.names.length > 0 ? undefined : askUnnamed(row, context)
  const flagged = askNotJoint(row, named.names ?? [], context)
  const remarked = unnamed ?? flagged ?? (named.draft === undefined ? askRemarked(row, all, context) : undefined)
  const participants = remarked === undefined ? named : { ...named, names: undefined, draft: remarked }
  const levels = readLevelsCell(cells.level?.raw ?? '')
  return {
    readings: {
      ...(initiator.reading === undefined ? {} : { initiator: initiator.reading }),
      ...(participants.reading === undefined ? {} : { participants: participants.reading }),
      ...(levels === undefined ? {} : { levels }),
    },
    known: {
      ...(unit === undefined ? {} : { initiator: unit }),
      ...(participants.names === undefined ? {} : { participants: participants.names }),
    },
    asks: [initiator.draft, participants.draft].filter((draft) => draft !== undefined),
  }
}
