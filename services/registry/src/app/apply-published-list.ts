import { appError } from '@dual-random/errors'
import type { CheckItem } from '../domain/check-item.ts'
import type { ChangeTrigger, ListVersion } from '../domain/check-item-list.ts'
import { wholeItem } from '../domain/published-list/draft-item.ts'
import { keep } from '../domain/published-list/keep.ts'
import { openQuestions, type PublishedList } from '../domain/published-list/published-list.ts'
import { finishImport, type ImportDeps } from './import/finish.ts'
import { type ListImport, publishItems } from './import-check-item-list.ts'
import { type ListPublishingDeps, publishingProblems } from './list-publishing.ts'
import { ruleFault } from './list-rule-faults.ts'
import type { Caller } from './ports.ts'
import { reportRows } from './published-list/report-rows.ts'
import { resolveList, valuesOf } from './published-list/resolve.ts'
import { changeImport, listContext, ownImport, type PublishedListDeps, requireOwner, tableOf } from './published-list-context.ts'

type ApplyDeps = PublishedListDeps & ImportDeps & ListPublishingDeps

/**
 * Makes the next version of the list from a settled import, looked up once more against the register of now, as an imported file would. A version
 * that this import made before is not made again.
 */
export async function applyPublishedList(deps: ApplyDeps, importId: string, caller: Caller): Promise<PublishedList> {
  const stored = await ownImport(deps, importId, caller)
  if (stored.state === 'APPLIED') return stored
  await requireOwner(deps, stored.listId, caller.unitId)
  const made = await versionOf(deps, stored)
  if (made !== undefined) return markApplied(deps, stored, made.number, caller)
  const settled = await lookUpAgain(deps, stored)
  const open = openQuestions(settled).length
  if (open > 0) throw appError('failed-precondition', 'import-has-open-questions', { meta: { count: open } })
  const kept = settled.items.filter(({ omitted }) => omitted === undefined)
  if (kept.length === 0) throw appError('failed-precondition', 'list-import-without-items')
  const items = kept.map(({ lineNo, known }) => {
    const item = wholeItem(known)
    if (item === undefined) throw new Error(`row ${lineNo} of import ${importId} is settled and not whole`)
    return item
  })
  const listVersion = await publish(deps, settled, items, caller)
  return markApplied(deps, settled, listVersion, caller)
}

async function versionOf({ checkItemLists }: ApplyDeps, { listId, importId }: PublishedList): Promise<ListVersion | undefined> {
  return (await checkItemLists.load(listId))?.state.versions.find((version) => version.importId === importId)
}

async function lookUpAgain(deps: ApplyDeps, stored: PublishedList): Promise<PublishedList> {
  const context = await listContext(deps, stored)
  const parsed = await tableOf(deps, stored, context)
  return changeImport(deps, stored.importId, (current) => keep(current, current.answers, resolveList(parsed, current.answers, context)))
}

async function publish(deps: ApplyDeps, settled: PublishedList, items: readonly CheckItem[], caller: Caller): Promise<number> {
  const { importId, listId, fileDigest } = settled
  const before = (await deps.checkItemLists.load(listId))?.state.versions.at(-1)?.items ?? []
  const codes = new Set(items.map(({ code }) => code))
  const kept = valuesOf(settled.answers)['table/otherItems'] === 'keep' ? before.filter(({ code }) => !codes.has(code)) : []
  const upload = { type: 'text/csv', digest: fileDigest, chunks: () => deps.blobs.get(fileDigest) } as const
  const command = { importId, caller, upload }
  const about = aboutOf(settled)
  await refuseBrokenRules(deps, caller, about, [...items, ...kept])
  const { list, created, changed, unchanged, removed } = await publishItems(deps, command, about, [...items, ...kept])
  const listVersion = list.versions.at(-1)?.number ?? 0
  const omitted = settled.items.length - items.length
  const counts = { received: settled.items.length, created, changed, unchanged, removed, rejected: 0, omitted, listVersion }
  const report = reportRows(settled, { listVersion, itemCodes: itemCodesOf(settled) })
  await finishImport(deps, command, 'check-item-lists', counts, report)
  return listVersion
}

/** The rules of the jurisdiction hold for a published list as for any other; each fault names its item. */
async function refuseBrokenRules(deps: ApplyDeps, caller: Caller, about: ListImport, items: readonly CheckItem[]): Promise<void> {
  const broken = await publishingProblems(deps, caller, about, items)
  const [first] = broken
  if (first === undefined) return
  const metaOf = (problem: typeof first) => {
    const { reason, action } = ruleFault(problem)
    return { problem: problem.code, reason: `${problem.itemCode}：${reason}`, action }
  }
  throw appError('failed-precondition', 'import-refused', {
    meta: metaOf(first),
    violations: broken.map((problem) => ({ pointer: `/items/${problem.itemCode}`, code: 'import-problem', meta: metaOf(problem) })),
  })
}

/** The trigger is one of the questions once the list has a version (REG-11). */
function aboutOf({ listId, businessLine, effectiveFrom, answers }: PublishedList): ListImport {
  const answered = answers.findLast(({ values }) => values['table/trigger'] !== undefined)
  const trigger = answered?.values['table/trigger']
  return {
    listId,
    businessLine,
    effectiveFrom,
    trigger: typeof trigger === 'string' ? (trigger as ChangeTrigger) : null,
    triggerNote: answered?.answer.note ?? null,
  }
}

const markApplied = (deps: ApplyDeps, { importId }: PublishedList, listVersion: number, { subject: by }: Caller): Promise<PublishedList> =>
  changeImport(deps, importId, (current) => {
    if (current.state === 'APPLIED') return current
    return { ...current, state: 'APPLIED', applied: { by, at: deps.clock(), listVersion, itemCodes: itemCodesOf(current) } }
  })

function itemCodesOf({ items }: PublishedList): Readonly<Record<string, string>> {
  const kept = items.filter(({ omitted }) => omitted === undefined)
  return Object.fromEntries(kept.map(({ lineNo, known }) => [String(lineNo), known.code ?? '']))
}
