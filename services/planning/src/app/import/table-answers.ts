import { formatPercent } from '@dual-random/kernel'
import { type Answers, flatAnswer, noneAnswer, type ParsedPlanTable, type Question, questionsUnder } from '@dual-random/tables'
import type { Directory } from '../../domain/import/directory.ts'
import type { LinePatch, PatchMember } from '../../domain/import/patch.ts'

/** Which structured members settle a question of the table, by its field. */
export const settlingMembers: Readonly<Record<string, readonly PatchMember[]>> = {
  taskName: ['taskName'],
  objectScope: ['objectScope'],
  objectMarks: ['scope'],
  itemNames: ['itemCodes', 'units'],
  ratio: ['ratio', 'ratios', 'count'],
  amount: ['ratio', 'ratios', 'count'],
  count: ['count', 'ratio', 'ratios'],
  tiers: ['ratios', 'ratio', 'count'],
  timesPerYear: ['times', 'batches'],
  window: ['window', 'batches'],
  initiator: ['initiatorUnitId', 'units'],
  participants: ['participantUnitIds', 'units'],
  remarkedBatches: ['batches'],
  basis: ['ratio', 'ratios', 'count'],
  among: ['ratio', 'ratios', 'count'],
  duties: ['units'],
}

/** What a patch says to a question of the table, in the form that question takes; undefined when it says nothing. */
export function answerOf(question: Question, patch: LinePatch, directory: Directory): string | readonly string[] | undefined {
  switch (question.field) {
    case 'taskName':
      return patch.taskName
    case 'objectScope':
      return patch.objectScope
    case 'objectMarks':
      return patch.scope === undefined ? undefined : 'without'
    case 'itemNames':
      return itemNames(patch, directory)
    case 'ratio':
      return shareOf(question, patch)
    case 'amount':
      return patch.count === undefined ? (hasRatio(patch) ? 'ratio' : undefined) : 'count'
    case 'count':
      return patch.count === undefined ? (hasRatio(patch) ? '1' : undefined) : String(patch.count)
    case 'tiers':
      return hasRatio(patch) || patch.count !== undefined ? tiersOf(question, patch) : undefined
    case 'timesPerYear':
      return times(patch)
    case 'window':
      return windowOf(patch)
    case 'initiator':
      return unitName(initiatorOf(patch), directory)
    case 'participants':
      return participantNames(patch, directory)
    case 'remarkedBatches':
      return patch.batches === undefined ? undefined : 'even'
    case 'basis':
      return hasRatio(patch) || patch.count !== undefined || isOneDraw(patch) ? 'year' : undefined
    case 'among':
      return hasRatio(patch) || patch.count !== undefined ? 'own' : undefined
    case 'duties':
      return patch.units === undefined ? undefined : 'by-body'
    default:
      return undefined
  }
}

const isOneDraw = ({ times: number, batches }: LinePatch): boolean => number === 1 || batches?.length === 1

const hasRatio = (patch: LinePatch): boolean => patch.ratio !== undefined || patch.ratios !== undefined

function itemNames(patch: LinePatch, directory: Directory): readonly string[] | undefined {
  const codes = patch.itemCodes ?? patch.units?.flatMap((unit) => unit.itemCodes ?? [])
  return codes === undefined || codes.length === 0 ? undefined : [...new Set(codes)].map((code) => directory.item(code)?.name ?? code)
}

/** Ratios by grade stand in the patch; the table then only needs a share within what it states. */
function shareOf({ bounds }: Question, { ratio, ratios, count }: LinePatch): string | undefined {
  if (count !== undefined) return `${count}户`
  const share = ratio ?? bounds?.min ?? bounds?.max ?? ratios?.[0]?.ratio
  return share === undefined || (ratio ?? ratios) === undefined ? undefined : formatPercent(share)
}

const tiersOf = ({ options }: Question, { ratio, ratios }: LinePatch): string | undefined => {
  if (options?.some(({ value }) => value === flatAnswer) === true) return flatAnswer
  const share = ratio ?? ratios?.[0]?.ratio
  return share === undefined ? undefined : formatPercent(share)
}

const times = ({ times: number, batches }: LinePatch): string | undefined =>
  number === undefined ? (batches === undefined ? undefined : String(batches.length)) : String(number)

function windowOf({ window, batches }: LinePatch): string | undefined {
  if (window !== undefined) return `${window.start}/${window.end}`
  const starts = batches?.map((batch) => batch.window.start).toSorted()
  const ends = batches?.map((batch) => batch.window.end).toSorted()
  return starts?.[0] === undefined ? undefined : `${starts[0]}/${ends?.at(-1)}`
}

export const initiatorOf = ({ initiatorUnitId, units }: LinePatch): string | undefined => initiatorUnitId ?? units?.[0]?.unitId

const unitName = (id: string | undefined, directory: Directory): string | undefined =>
  id === undefined ? undefined : (directory.unit(id)?.name ?? id)

function participantNames(patch: LinePatch, directory: Directory): string | readonly string[] | undefined {
  const ids = patch.participantUnitIds ?? patch.units?.map(({ unitId }) => unitId).filter((unitId) => unitId !== initiatorOf(patch))
  if (ids === undefined) return undefined
  return ids.length === 0 ? noneAnswer : ids.map((id) => directory.unit(id)?.name ?? id)
}

/** The answers the table reader needs: those given in its own form, then what the patches of the lines say. */
export function tableAnswers(
  parsed: ParsedPlanTable,
  values: Answers,
  patches: ReadonlyMap<number, LinePatch>,
  directory: Directory,
): Answers {
  const said = (questions: readonly Question[]): Answers => saidTo(questions, values, patches, directory)
  return said(questionsUnder(parsed, { ...values, ...said(parsed.questions) }))
}

function saidTo(questions: readonly Question[], values: Answers, patches: ReadonlyMap<number, LinePatch>, directory: Directory): Answers {
  const answers: Record<string, Answers[string]> = {}
  for (const question of questions) {
    const patch = question.lineNo === undefined ? undefined : patches.get(question.lineNo)
    const said = patch === undefined ? undefined : answerOf(question, patch, directory)
    const given = said === undefined ? values[question.id] : { value: said, by: 'patch' }
    if (given !== undefined) answers[question.id] = given
  }
  return answers
}
