import { appError } from '@dual-random/errors'
import { assertNever, canonicalJson, type LocalDate, regionLevel, utf8 } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { allowedFields, type KeyMatterProblem, keyFieldOf, keyMatterProblems } from '../domain/key-matter-rules.ts'
import { type KeyListChange, type KeyListRefusal, type KeyMatter, publishKeyList } from '../domain/key-supervision-list.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import { itemsOnLists } from './items.ts'
import type { KeySupervisionLists } from './key-list-ports.ts'
import { type PolicyBook, requireRule } from './policy-book.ts'
import type { CheckItemLists, Units } from './ports.ts'
import { factorColumns, keyMatterColumns, keyMatterOf } from './registers/key-matters.ts'
import type { TagBook } from './tag-book.ts'

export interface KeyListImport {
  readonly listId: string
  readonly title: string
  readonly effectiveFrom: LocalDate
  readonly effectiveTo?: LocalDate
  readonly note?: string
}

export interface ImportKeyListDeps extends ImportDeps {
  readonly keySupervisionLists: KeySupervisionLists
  readonly checkItemLists: CheckItemLists
  readonly units: Units
  readonly book: PolicyBook
  readonly tagBook: TagBook
}

/** An event stays under 256 KiB (design §5); the list is its content. */
const maxListBytes = 200 * 1024

/**
 * Publishes the next version of a key-supervision list (TGT-03). One bad row keeps the whole version back: a list with a hole would put
 * matters out of key supervision.
 */
export async function importKeyList(deps: ImportKeyListDeps, command: ImportCommand, about: KeyListImport): Promise<ImportAnswer> {
  const { caller } = command
  const { policy } = await deps.book.inForce(caller.regionCode, about.effectiveFrom)
  await requireMaintainer(deps, command, policy)
  const lists = await deps.tagBook.listsIn(caller.regionCode)
  const matters: LinedRecord<KeyMatter>[] = []
  const tally = await orRefused(
    importRows({
      reads: readUpload(command.upload, keyMatterColumns(lists)),
      keyOf: ({ matterId }) => matterId,
      keyColumn: '事项编码',
      apply: async (rows) => {
        matters.push(...rows.map(({ line, value }) => ({ line, value: keyMatterOf(value) })))
        return []
      },
    }),
  )
  const items = await itemsOnLists(deps.checkItemLists, caller.regionCode, about.effectiveFrom)
  const listed = new Set<string>(items.map(({ code }) => code))
  const read = matters.map(({ line, value }) => ({ line, ...readMatter(policy, value, line, listed) }))
  const problems = [...tally.problems, ...read.flatMap((row) => row.problems)]
  const rejected = tally.rejected + read.filter((row) => row.problems.length > 0).length
  if (rejected > 0) {
    const counts = { received: tally.received, created: 0, changed: 0, unchanged: 0, removed: 0, rejected }
    return finishImport(deps, command, 'key-supervision-lists', counts, problems)
  }
  const change = await publish(
    deps,
    command,
    about,
    policy,
    read.map(({ matter }) => matter),
  )
  const { created, changed, unchanged, removed, version } = change
  const counts = { received: tally.received, created, changed, unchanged, removed, rejected, listVersion: version.number }
  return finishImport(deps, command, 'key-supervision-lists', counts, problems)
}

/** The unit that policy has maintain the list: of one level and department (TGT-03). */
async function requireMaintainer({ units }: ImportKeyListDeps, { caller }: ImportCommand, policy: Policy): Promise<void> {
  const { level, department } = requireRule(policy.get('keySupervision.list'))
  const unit = (await units.load(caller.unitId))?.state
  if (unit?.department !== department || regionLevel(caller.regionCode) !== level) {
    throw appError('failed-precondition', 'key-list-maintainer', { meta: { level, department } })
  }
}

interface ReadMatter {
  readonly matter: KeyMatter
  readonly problems: readonly ImportProblem[]
}

function readMatter(policy: Policy, given: KeyMatter, line: number, listed: ReadonlySet<string>): ReadMatter {
  const field = keyFieldOf(policy, given.field)
  const matter = { ...given, field: field ?? given.field }
  const found: readonly KeyMatterProblem[] = [
    ...(field === undefined ? [{ code: 'key-field-unknown', allowed: allowedFields(policy) } as const] : []),
    ...keyMatterProblems(policy, matter),
  ]
  const offList = matter.itemCodes.filter((code) => !listed.has(code))
  return { matter, problems: [...found.map((problem) => fault(line, problem)), ...offList.map((code) => offListFault(line, code))] }
}

const offListFault = (line: number, code: string): ImportProblem => ({
  line,
  column: '检查事项编码',
  value: code,
  code: 'item-not-in-force',
  reason: `事项 ${code} 不在现行清单上`,
  action: '改为现行抽查事项清单上的事项编码',
})

function fault(line: number, problem: KeyMatterProblem): ImportProblem {
  const { code } = problem
  switch (code) {
    case 'key-field-unknown':
      return { line, column: '重点领域', code, reason: '现行策略没有这个重点领域', action: `改为下列之一：${problem.allowed}` }
    case 'stages-missing':
      return { line, column: '监管环节', code, reason: '全链条、全过程监管的事项须写明监管环节', action: '填写如“生产；经营；使用”' }
    case 'times-missing':
      return { line, column: '每年次数', code, reason: '全时空监管的事项须写明每年检查次数', action: '填写如 2' }
    case 'matter-items-missing':
      return { line, column: '检查事项编码', code, reason: '全方位监管的事项须写明检查事项', action: '填写现行清单上的事项编码' }
    case 'factor-missing': {
      const column = (factorColumns as Readonly<Record<string, string>>)[problem.id] ?? problem.text
      return { line, column, code, reason: `重点监管须统筹${problem.text}`, action: `在“${column}”一栏写明` }
    }
    default:
      return assertNever(problem)
  }
}

async function publish(
  { keySupervisionLists, clock }: ImportKeyListDeps,
  { caller, upload, importId }: ImportCommand,
  about: KeyListImport,
  policy: Policy,
  matters: readonly KeyMatter[],
): Promise<KeyListChange> {
  const bytes = utf8(canonicalJson(matters)).length
  if (bytes > maxListBytes) throw appError('invalid', 'list-too-large', { meta: { bytes } })
  const attributes = (policy.find('keySupervision.attributes') ?? []).map((attribute) => ({ ...attribute }))
  const { regionCode, unitId, subject: by } = caller
  const asked = { ...about, regionCode, unitId, by, load: upload.digest, importId, attributes, matters }
  let change: KeyListChange | undefined
  await keySupervisionLists.update(about.listId, (current) => {
    const published = publishKeyList(current?.state, asked, clock())
    if (!published.ok) throw refusal(published.error)
    change = published.value
    if (!change.published) return undefined
    const { list, version } = change
    const { listId, title } = list
    const { number: listVersion, effectiveFrom, effectiveTo } = version
    const event = { type: 'key-supervision-list-published', listId, regionCode, unitId, listVersion, title, effectiveFrom } as const
    return { state: list, events: [{ ...event, effectiveTo, matters: version.matters }] }
  })
  return change as KeyListChange
}

function refusal({ code, ...meta }: KeyListRefusal) {
  return appError(code === 'owned-by-other-unit' ? 'forbidden' : code === 'key-list-dates' ? 'invalid' : 'failed-precondition', code, {
    meta,
  })
}
