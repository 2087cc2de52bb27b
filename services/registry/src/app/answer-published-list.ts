import { appError, invalidRequest, violation } from '@dual-random/errors'
import type { Clock } from '@dual-random/kernel'
import { keep } from '../domain/published-list/keep.ts'
import type { ListAnswer, PublishedList } from '../domain/published-list/published-list.ts'
import type { Caller } from './ports.ts'
import { takeAnswers } from './published-list/take-answers.ts'
import { changeImport, listContext, ownImport, type PublishedListDeps, tableOf } from './published-list-context.ts'

/** Settles questions of a published list; all answers of a request are taken or none. */
export async function answerPublishedList(
  deps: PublishedListDeps & { readonly clock: Clock },
  importId: string,
  answers: readonly ListAnswer[],
  caller: Caller,
): Promise<PublishedList> {
  const published = await ownImport(deps, importId, caller)
  refuseApplied(published)
  const context = await listContext(deps, published)
  const parsed = await tableOf(deps, published, context)
  const act = { by: caller.subject, at: deps.clock() }
  return changeImport(deps, importId, (current) => {
    refuseApplied(current)
    const taken = takeAnswers(answers, current.answers, { parsed, context, act, known: current.questions })
    if (!taken.ok) throw invalidRequest(taken.error.map(({ index, code, meta }) => violation(`/answers/${index}`, code, meta)))
    return keep(current, taken.value.recorded, taken.value.resolution, taken.value.asked)
  })
}

function refuseApplied({ state }: PublishedList): void {
  if (state === 'APPLIED') throw appError('failed-precondition', 'list-import-applied')
}
