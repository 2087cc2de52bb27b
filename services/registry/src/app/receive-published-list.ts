import { appError } from '@dual-random/errors'
import { type Clock, type LocalDate, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { decodeTable, type ImportProblem, type ParsedItemTable, type Table } from '@dual-random/tables'
import { keep } from '../domain/published-list/keep.ts'
import type { PublishedList } from '../domain/published-list/published-list.ts'
import type { Caller } from './ports.ts'
import { notesOf, otherRowsOf, readList } from './published-list/read-list.ts'
import { resolveList } from './published-list/resolve.ts'
import { listContext, type PublishedListDeps, requireOwner } from './published-list-context.ts'

export interface PublishedListFile {
  readonly bytes: Uint8Array
  readonly listId: string
  readonly businessLine: string
  readonly effectiveFrom: LocalDate
  readonly fileName?: string
}

/** An import is one document, and its list one event: a file of more rows than offices publish is split by business line. */
const maxRows = 500

/** One file for one list is one import. */
const importIdOf = ({ unitId }: Caller, listId: string, fileDigest: string): string =>
  toHex(sha256(tlv('published-list', unitId, listId, fileDigest))).slice(0, 32)

/**
 * Receives a list as an office published it: what it says becomes items, what it leaves open becomes questions. The same file is looked up again
 * and keeps its answers; once applied it stays as it is (DQ-04).
 */
export async function receivePublishedList(
  deps: PublishedListDeps & { readonly clock: Clock },
  file: PublishedListFile,
  caller: Caller,
): Promise<{ readonly published: PublishedList; readonly created: boolean }> {
  await requireOwner(deps, file.listId, caller.unitId)
  const decoded = decodeTable(file.bytes, { maxRows })
  if (!decoded.ok) throw unreadable(decoded.error)
  const fileDigest = toHex(sha256(file.bytes))
  const importId = importIdOf(caller, file.listId, fileDigest)
  const existing = (await deps.publishedLists.load(importId))?.state
  if (existing?.state === 'APPLIED') return { published: existing, created: false }
  const told = toldAbout(file)
  const started = existing ?? newImport(told, caller, { importId, fileDigest, encoding: decoded.value.encoding, receivedAt: deps.clock() })
  const context = await listContext(deps, { ...started, ...told })
  const parsed = readList(decoded.value, context.names)
  if (parsed.items.length === 0) throw unreadable(parsed.problems[0] ?? emptyTable)
  await deps.blobs.put(file.bytes)
  const saved = await deps.publishedLists.update(importId, (current) => {
    if (current?.state.state === 'APPLIED') return undefined
    const base = { ...(current?.state ?? started), ...told, ...readFrom(decoded.value, parsed) }
    return { state: keep(base, base.answers, resolveList(parsed, base.answers, context)), events: [] }
  })
  return { published: saved?.state ?? started, created: existing === undefined }
}

const unreadable = ({ reason, action }: Pick<ImportProblem, 'reason' | 'action'>) =>
  appError('invalid', 'list-unreadable', { meta: { reason, action } })

const emptyTable = { reason: '没有找到抽查事项', action: '确认文件是抽查事项清单' }

/** What the sender says about the file; sent again it may say something else. */
const toldAbout = ({ listId, businessLine, effectiveFrom, fileName }: PublishedListFile) => ({
  listId,
  businessLine,
  effectiveFrom,
  ...(fileName === undefined ? {} : { fileName }),
})

const readFrom = (table: Table, parsed: ParsedItemTable) => ({ notes: notesOf(parsed), otherRows: otherRowsOf(table, parsed) })

function newImport(
  told: ReturnType<typeof toldAbout>,
  { unitId, regionCode, subject }: Caller,
  identity: Pick<PublishedList, 'importId' | 'fileDigest' | 'encoding' | 'receivedAt'>,
): PublishedList {
  return {
    ...identity,
    ...told,
    regionCode,
    unitId,
    state: 'OPEN',
    receivedBy: subject,
    items: [],
    questions: [],
    answers: [],
    notes: [],
    otherRows: [],
  }
}
