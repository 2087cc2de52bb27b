import { appError } from '@dual-random/errors'
import { assertNever, canonicalJson, type LocalDate, ok, utf8 } from '@dual-random/kernel'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { type CheckItem, type CheckItemProblem, checkItemProblems } from '../domain/check-item.ts'
import { type ChangeTrigger, currentVersion, type ListChange, type ListRefusal, publishList } from '../domain/check-item-list.ts'
import { checkEdition } from '../domain/list-edition.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows } from './import/rows.ts'
import { retiredTagProblem } from './import/tagged-rows.ts'
import { readUpload } from './import/upload.ts'
import { includeProposals } from './include-proposals.ts'
import { type ListPublishingDeps, policyIfBound, publishingProblems } from './list-publishing.ts'
import { editionFault, ruleFault } from './list-rule-faults.ts'
import type { Caller } from './ports.ts'
import { checkItemColumns, checkItemOf } from './registers/check-items.ts'
import type { KnownLists, TagBook } from './tag-book.ts'

export interface ListImport {
  readonly listId: string
  readonly businessLine: string
  readonly effectiveFrom: LocalDate
  readonly trigger: ChangeTrigger | null
  readonly triggerNote: string | null
  /** The edition the file claims to be, held against the policy's count (REG-16). */
  readonly edition?: string
}

export interface ImportListDeps extends ImportDeps, ListPublishingDeps {
  readonly tagBook: TagBook
}

/** An event stays under 256 KiB (design §5); the list is its content. */
const maxListBytes = 200 * 1024

/** Publishes the next version of a list (REG-11). One bad row keeps the whole version back: a list with a hole would put items off the list in force. */
export async function importCheckItemList(deps: ImportListDeps, command: ImportCommand, about: ListImport): Promise<ImportAnswer> {
  const known = await deps.tagBook.knownListsIn(command.caller.regionCode)
  const items: LinedRecord<CheckItem>[] = []
  const tally = await orRefused(
    importRows({
      reads: readUpload(command.upload, checkItemColumns(known.lists)),
      keyOf: ({ code }) => code,
      keyColumn: '事项编码',
      apply: async (rows) => {
        items.push(...rows.map(({ line, value }) => ({ line, value: checkItemOf(value) })))
        return []
      },
    }),
  )
  const current = (await deps.checkItemLists.load(about.listId))?.state
  const before = new Map((current && currentVersion(current)?.items)?.map(({ code, applicability }) => [code, applicability.tags]))
  const faults = items.map(({ line, value }) => [
    ...checkItemProblems(value).map((problem) => itemFault(line, problem)),
    ...retiredTagFaults(line, value, before.get(value.code) ?? [], known),
  ])
  const own = tally.rejected + faults.filter((found) => found.length > 0).length
  const broken = own > 0 ? [] : await brokenRules(deps, command, about, items)
  const problems = [...tally.problems, ...faults.flat(), ...broken]
  const rejected = own + new Set(broken.map(({ line }) => line)).size
  if (rejected > 0) {
    const counts = { received: tally.received, created: 0, changed: 0, unchanged: 0, removed: 0, rejected }
    return finishImport(deps, command, 'check-item-lists', counts, problems)
  }
  const change = await publishItems(
    deps,
    command,
    about,
    items.map(({ value }) => value),
  )
  const { created, changed, unchanged, removed } = change
  const counts = {
    received: tally.received,
    created,
    changed,
    unchanged,
    removed,
    rejected,
    listVersion: currentVersion(change.list)?.number ?? 0,
  }
  return finishImport(deps, command, 'check-item-lists', counts, problems)
}

/** What the jurisdiction's rules and the claimed edition say against the items, by the lines they stand on. */
async function brokenRules(
  deps: ImportListDeps,
  { caller }: ImportCommand,
  about: ListImport,
  items: readonly LinedRecord<CheckItem>[],
): Promise<readonly ImportProblem[]> {
  const lines = new Map<string, number>(items.map(({ line, value }) => [value.code, line]))
  const values = items.map(({ value }) => value)
  const edition = about.edition === undefined ? ok(undefined) : await heldAgainstEdition(deps, caller, about, about.edition, values)
  if (!edition.ok) return [{ line: headerLine, code: edition.error.code, ...editionFault(edition.error) }]
  const found = await publishingProblems(deps, caller, about, values)
  return found.map(({ code, itemCode }) => ({ line: lines.get(itemCode) ?? headerLine, value: itemCode, code, ...ruleFault({ code }) }))
}

/** Where a fault of the whole file is reported. */
const headerLine = 1

async function heldAgainstEdition(
  { book }: ListPublishingDeps,
  { regionCode }: Caller,
  { effectiveFrom }: ListImport,
  edition: string,
  items: readonly CheckItem[],
) {
  const policy = await policyIfBound(book, regionCode, effectiveFrom)
  const counted = policy?.find('plan.coverage')?.lists ?? []
  const isBase = [policy?.find('item.divisionAdditions'), policy?.find('item.provincialList')].some((rule) => rule?.baseEdition === edition)
  // A base edition whose number of items no document gives is taken as it comes.
  return isBase && !counted.some(({ list }) => list === edition) ? ok(undefined) : checkEdition(items, edition, counted)
}

/** Makes the next version of the list from items that are whole; the event goes out with it, and approved proposals are marked included. */
export async function publishItems(
  { checkItemLists, itemProposals, clock }: Pick<ImportListDeps, 'checkItemLists' | 'itemProposals' | 'clock'>,
  { caller, upload, importId }: ImportCommand,
  about: ListImport,
  items: readonly CheckItem[],
): Promise<ListChange> {
  const bytes = utf8(canonicalJson(items)).length
  if (bytes > maxListBytes) throw appError('invalid', 'list-too-large', { meta: { bytes } })
  const decision = { ...about, regionCode: caller.regionCode, unitId: caller.unitId, load: upload.digest, importId, items }
  let change: ListChange | undefined
  await checkItemLists.update(about.listId, (current) => {
    const published = publishList(current?.state, decision, clock())
    if (!published.ok) throw refusalOf(published.error)
    change = published.value
    if (!change.published) return undefined
    const { list } = change
    const version = currentVersion(list)
    return {
      state: list,
      events: [
        {
          type: 'check-item-list-published',
          listId: list.listId,
          regionCode: list.regionCode,
          unitId: list.unitId,
          listVersion: version?.number ?? 0,
          businessLine: list.businessLine,
          items: version?.items ?? [],
        },
      ],
    }
  })
  const done = change as ListChange
  await includeProposals({ itemProposals, clock }, caller, done.list)
  return done
}

function refusalOf(refusal: ListRefusal) {
  switch (refusal.code) {
    case 'owned-by-other-unit':
      return appError('forbidden', 'owned-by-other-unit', { meta: { unitId: refusal.unitId } })
    case 'business-line-differs':
      return appError('failed-precondition', 'business-line-differs', { meta: { businessLine: refusal.businessLine } })
    case 'trigger-missing':
      return appError('invalid', 'list-trigger-missing')
    case 'effective-too-early':
      return appError('failed-precondition', 'list-effective-too-early', { meta: { earliest: refusal.earliest } })
    default:
      return assertNever(refusal)
  }
}

/** A version may keep the tags of retired dimensions that its items had, and give them no others (REG-26). */
function retiredTagFaults(line: number, item: CheckItem, before: readonly string[], known: KnownLists): readonly ImportProblem[] {
  const retired = known.newOfRetired(before, item.applicability.tags)
  return retired === undefined ? [] : [retiredTagProblem(line, '适用标签', retired)]
}

const partNames = { legalBasis: '抽查依据', checkingBody: '抽查主体', checkContent: '抽查内容', checkMethod: '抽查方式' } as const

function itemFault(line: number, problem: CheckItemProblem): ImportProblem {
  const { code } = problem
  switch (code) {
    case 'mandatory-part-missing':
      return {
        line,
        column: partNames[problem.part],
        code,
        reason: `“${partNames[problem.part]}”不能为空`,
        action: '填写后重新导入整个清单',
      }
    case 'key-ground-missing':
      return {
        line,
        column: '重点事由',
        code,
        reason: '重点检查事项至少要写明一项重点事由',
        action: '填写安全、质量、公共利益或其他重要领域',
      }
    case 'key-ground-on-general-item':
      return { line, column: '重点事由', code, reason: '一般检查事项不应有重点事由', action: '删去重点事由，或改为重点检查事项' }
    case 'cap-on-key-item':
      return { line, column: '比例上限', code, reason: '重点检查事项不设比例上限', action: '删去比例上限，或改为一般检查事项' }
    case 'kinds-missing':
      return { line, column: '适用对象类型', code, reason: '没有写明适用的对象类型', action: '填写如“企业；个体工商户”' }
    default:
      return assertNever(problem)
  }
}
