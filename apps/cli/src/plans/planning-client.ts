import { randomUUID } from 'node:crypto'
import { fetch, type Response } from 'undici'
import { CommandError } from '../command.ts'
import type { PlanningConfig } from '../config.ts'
import { reasonOf } from '../reason-of.ts'
import { text } from '../text.ts'
import type { PlanningLine } from './shown-line.ts'

/** An import as planning keeps it. */
export interface PlanImport {
  readonly importId: string
  readonly planId: string
  readonly state: 'OPEN' | 'APPLIED'
  readonly openQuestions: number
  readonly lines: readonly PlanningLine[]
  readonly questions: readonly {
    readonly questionId: string
    readonly line: number
    /** Where several rows ask the same. */
    readonly rows?: readonly number[]
    readonly column: string
    readonly cell: string
    readonly message: string
    readonly state: 'OPEN' | 'ANSWERED' | 'MOOT'
    readonly options: readonly { readonly value: string; readonly label: string }[]
  }[]
  readonly notes: readonly { readonly line: number; readonly message: string }[]
  readonly problems: readonly { readonly line: number; readonly reason: string; readonly action: string }[]
}

/** A unit has one plan of a kind in a year. */
export interface PlanOfUnit {
  readonly year: number
  readonly unitId: string
  readonly planType: 'INTERNAL' | 'JOINT'
}

export interface PlanFile extends PlanOfUnit {
  readonly name: string
  readonly bytes: Uint8Array
  /** Of a workbook. */
  readonly sheet: string | undefined
}

/** Forms in which planning writes a plan, by the ending of the file. */
export const planFormats = ['xlsx', 'csv', 'html'] as const
export type PlanFormat = (typeof planFormats)[number]

/** Which version of a plan in which form. */
export interface ExportedForm {
  readonly format: PlanFormat
  readonly isPublished: boolean
  /** Its checks without a draw alone. */
  readonly isUndrawn: boolean
}

const patienceMs = 120_000

/** Drafts the unit's plan of the year, or finds it, and hands planning the table. The same file again is the same import. */
export async function importPlan(planning: PlanningConfig, { name, bytes, sheet, year, unitId, planType }: PlanFile): Promise<PlanImport> {
  const draft = Buffer.from(JSON.stringify({ year, planType, unitId }))
  const plan = await post<{ readonly planId: string }>(planning, '/v1/plans', 'application/json', draft)
  const query = new URLSearchParams({ fileName: name, publisherUnitId: unitId, ...(sheet === undefined ? {} : { sheet }) })
  // Planning sees by the bytes whether it is a workbook or CSV.
  return await post<PlanImport>(planning, `/v1/plans/${plan.planId}/imports?${query.toString()}`, 'application/octet-stream', bytes)
}

/** Which import into which plan. */
export interface ImportOfPlan {
  readonly planId: string
  readonly importId: string
}

const pathOf = ({ planId, importId }: ImportOfPlan): string => `/v1/plans/${planId}/imports/${importId}`

export const readImport = async (planning: PlanningConfig, place: ImportOfPlan): Promise<PlanImport> =>
  (await (await call(planning, pathOf(place), { method: 'GET' })).json()) as PlanImport

const postJson = <T>(planning: PlanningConfig, path: string, body: unknown): Promise<T> =>
  post<T>(planning, path, 'application/json', Buffer.from(JSON.stringify(body)))

/** Takes all the answers or none. */
export const answerImport = (planning: PlanningConfig, place: ImportOfPlan, answers: readonly object[]): Promise<PlanImport> =>
  postJson(planning, `${pathOf(place)}/answers`, { answers })

/** Adds the lines of an import without open questions to the draft; answers the plan. */
export const applyImport = (planning: PlanningConfig, place: ImportOfPlan): Promise<{ readonly lines: readonly unknown[] }> =>
  postJson(planning, `${pathOf(place)}/apply`, {})

/** The table of a plan, of its working version or of the one that is published. */
export async function planTable(
  planning: PlanningConfig,
  { year, unitId, planType, format, isPublished, isUndrawn }: PlanOfUnit & ExportedForm,
): Promise<Uint8Array> {
  const query = new URLSearchParams({ year: String(year), unitId, planType })
  const found = await call(planning, `/v1/plans?${query.toString()}`, { method: 'GET' })
  const { items = [] } = (await found.json()) as { readonly items?: readonly { readonly planId: string }[] }
  const [plan] = items
  if (plan === undefined) throw new CommandError(text(`${unitId} 没有 ${year} 年的这种计划`, `${unitId} has no such plan of ${year}`))
  const path = `${isPublished ? '/v1/public/plans' : '/v1/plans'}/${plan.planId}/export?format=${format}${isUndrawn ? '&table=undrawn' : ''}`
  return new Uint8Array(await (await call(planning, path, { method: 'GET' })).arrayBuffer())
}

async function post<T>(planning: PlanningConfig, path: string, mediaType: string, body: Uint8Array): Promise<T> {
  const headers = { 'content-type': mediaType, 'idempotency-key': `cli-${randomUUID()}` }
  return (await (await call(planning, path, { method: 'POST', headers, body })).json()) as T
}

interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string }[]
}

interface Call {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** What planning answers; throws a `CommandError` that says why there is no good answer. */
async function call({ DR_PLANNING_URL: base, DR_TOKEN }: PlanningConfig, path: string, { headers, ...request }: Call): Promise<Response> {
  const url = `${base.replace(/\/+$/, '')}${path}`
  const options = { ...request, headers: { ...headers, authorization: `Bearer ${DR_TOKEN}` }, signal: AbortSignal.timeout(patienceMs) }
  const response = await fetch(url, options).catch((error: unknown) => {
    const why = reasonOf(error)
    throw new CommandError(text(`连不上计划服务 ${url}：${why}`, `planning cannot be reached at ${url}: ${why}`))
  })
  if (response.ok) return response
  const { code = '', detail = '', errors = [] } = (await response.json().catch(() => ({}))) as Problem
  const places = errors.map(({ pointer = '', detail: what = '' }) => `；${pointer} ${what}`).join('')
  const why = `${response.status} ${detail} ${code === '' ? '' : `(${code})`}`.trim() + places
  throw new CommandError(text(`计划服务拒绝：${why}`, `planning refuses: ${why}`))
}
