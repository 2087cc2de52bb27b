import { appError } from '@dual-random/errors'
import { concatBytes } from '@dual-random/kernel'
import { decodeTable, type ImportProblem, type ParsedRoster, parseRosterTable, type RosterRow } from '@dual-random/tables'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps } from './import/finish.ts'
import type { MatchedRosterRow, PublishedRosters } from './people-ports.ts'
import type { ObjectPool, Units } from './ports.ts'
import { visibleUnitIds } from './visible-units.ts'

export interface ImportRosterDeps extends ImportDeps {
  readonly objects: ObjectPool
  readonly units: Units
  readonly publishedRosters: PublishedRosters
}

const limits = { maxRows: 20_000 } as const

/**
 * Imports a published list of drawn objects (抽取名单) as an office published it, and finds its objects in the pools the caller's unit keeps. Each
 * row stands in the report at its line, with what became of it: a clerk finds every row again.
 */
export async function importRoster(deps: ImportRosterDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, importId, upload } = command
  const roster = await readRoster(upload.chunks())
  const rows = await matched(deps, await visibleUnitIds(deps.units, caller), roster.rows)
  const { unitId, regionCode, subject: by } = caller
  const { problems: leftOut } = roster
  await deps.publishedRosters.put({ id: importId, unitId, regionCode, fileDigest: upload.digest, at: deps.clock(), by, rows })
  const counts = {
    received: rows.length + leftOut.length,
    matched: rows.filter(({ objectIds }) => objectIds.length === 1).length,
    ambiguous: rows.filter(({ objectIds }) => objectIds.length > 1).length,
    unmatched: rows.filter(({ objectIds }) => objectIds.length === 0).length,
    resultsPending: rows.filter(({ result }) => result === null).length,
    rejected: leftOut.length,
  }
  const faults = roster.fault === undefined ? [] : [roster.fault]
  const outcomes = rows.map((row) => outcomeOf(row, roster.headings))
  return finishImport(deps, command, 'rosters', counts, [...faults, ...leftOut, ...outcomes, ...remarksOf(roster)])
}

async function readRoster(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRoster> {
  const pieces: Uint8Array[] = []
  for await (const piece of chunks) pieces.push(piece)
  const table = decodeTable(concatBytes(pieces), limits)
  if (!table.ok) throw unreadable(table.error)
  const roster = parseRosterTable(table.value)
  if (roster.rows.length + roster.problems.length === 0) throw unreadable(roster.fault)
  return roster
}

const unreadable = (problem: ImportProblem | undefined) =>
  appError('invalid', 'import-refused', {
    meta: { problem: problem?.code ?? '', reason: problem?.reason ?? '', action: problem?.action ?? '' },
  })

/** A code names one object; a name may be borne by several. */
async function matched(
  { objects }: ImportRosterDeps,
  unitIds: readonly string[],
  rows: readonly RosterRow[],
): Promise<readonly MatchedRosterRow[]> {
  const own = new Set<string>(unitIds)
  const found = new Map<string, Set<string>>()
  const add = (key: string, { objectId, unitId }: CheckObject): void => {
    if (own.has(unitId)) found.set(key, (found.get(key) ?? new Set<string>()).add(objectId))
  }
  for (const object of await objects.byCodes(rows.flatMap(({ objectCode }) => objectCode ?? []))) add(`code ${object.objectCode}`, object)
  for (const object of await objects.byNames(
    unitIds,
    rows.flatMap(({ objectName }) => objectName ?? []),
  ))
    add(`name ${currentContent(object).name}`, object)
  return rows.map((row) => {
    const key = row.objectCode === null ? `name ${row.objectName}` : `code ${row.objectCode}`
    return { ...row, objectIds: [...(found.get(key) ?? [])].sort() }
  })
}

function outcomeOf(
  { line, objectCode, objectName, objectIds }: MatchedRosterRow,
  { object, code }: ParsedRoster['headings'],
): ImportProblem {
  const column = objectCode === null ? object : code
  const at = { line, ...(column === undefined ? {} : { column }), value: objectCode ?? objectName ?? '' }
  if (objectIds.length === 1) return { ...at, code: 'matched', reason: '与名录库中的一个对象一致', action: '无须处理' }
  if (objectIds.length === 0)
    return {
      ...at,
      code: 'object-unknown',
      reason: '本单位及下属单位的名录库中没有这个对象',
      action: '核对名称，或导入该对象后重新导入名单',
    }
  return {
    ...at,
    code: 'object-ambiguous',
    reason: `名录库中有 ${objectIds.length} 个对象叫这个名称`,
    action: '在名单中补填统一社会信用代码后重新导入',
  }
}

const remarksOf = ({ notes, questions }: ParsedRoster): readonly ImportProblem[] => [
  ...notes.map(({ line, column, code, textZh }) => ({
    line,
    ...(column === undefined ? {} : { column }),
    code,
    reason: textZh,
    action: code === 'result-pending' ? '逐户补录检查结果' : '核对',
  })),
  ...questions.map(({ line, column, raw, code, textZh }) => ({
    line,
    column,
    value: raw,
    code,
    reason: textZh,
    action: '改正表格后重新导入，或确认忽略',
  })),
]
