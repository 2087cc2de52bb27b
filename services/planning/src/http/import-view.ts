import { formatPercent } from '@dual-random/kernel'
import { openQuestions, questionGroups } from '../app/import/question-groups.ts'
import type { DraftLine, PlanImport } from '../domain/import/plan-import.ts'

/** An import with its questions and answers; ratios as percent texts. */
export function importView(planImport: PlanImport) {
  return {
    ...planImport,
    lines: planImport.lines.map(lineView),
    questions: questionsView(planImport),
    openQuestions: openQuestions(planImport).length,
    answers: planImport.answers.map(({ at, by, answer, settled }) => ({ at, by, answer: withPercents(answer), settled })),
  }
}

const questionsView = ({ questions }: PlanImport) =>
  questionGroups(questions).map(({ id, question, lineNos, rows }) => ({
    ...question,
    questionId: id,
    ...(lineNos.length > 1 ? { lineNos, rows } : {}),
  }))

function lineView({ input, omitted, ...line }: DraftLine) {
  const units = input?.units
  const { ratios, source: _source, ...rest } = input ?? {}
  return {
    ...line,
    ...rest,
    omitted: omitted !== undefined,
    ...(omitted === undefined ? {} : { omitReason: omitted }),
    ...(ratios === undefined ? {} : { ratios: withPercents({ ratios }).ratios }),
    ...(units === undefined
      ? {}
      : { participantUnitIds: units.map(({ unitId }) => unitId).filter((unitId) => unitId !== input?.initiatorUnitId) }),
  }
}

type Ratio = Parameters<typeof formatPercent>[0]

function withPercents<
  T extends { readonly ratio?: Ratio; readonly ratios?: readonly { readonly stratum: string; readonly ratio: Ratio }[] },
>({ ratio, ratios, ...rest }: T) {
  return {
    ...rest,
    ...(ratio === undefined ? {} : { ratio: formatPercent(ratio) }),
    ...(ratios === undefined ? {} : { ratios: ratios.map((each) => ({ stratum: each.stratum, ratio: formatPercent(each.ratio) })) }),
  }
}

/** An import in lists. */
export const summaryOf = (planImport: PlanImport) => {
  const { importId, planId, state, fileName, fileDigest, receivedAt, receivedBy } = planImport
  const named = fileName === undefined ? {} : { fileName }
  return { importId, planId, state, ...named, fileDigest, receivedAt, receivedBy, openQuestions: openQuestions(planImport).length }
}
