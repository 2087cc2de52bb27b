import { randomUUID } from 'node:crypto'
import { fetch } from 'undici'
import { CommandError } from '../command.ts'
import type { PlanningConfig } from '../config.ts'
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
    readonly column: string
    readonly cell: string
    readonly message: string
    readonly state: 'OPEN' | 'ANSWERED' | 'MOOT'
    readonly options: readonly { readonly value: string; readonly label: string }[]
  }[]
  readonly notes: readonly { readonly line: number; readonly message: string }[]
  readonly problems: readonly { readonly line: number; readonly reason: string; readonly action: string }[]
}

export interface PlanFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly year: number
  readonly unitId: string
  readonly planType: 'INTERNAL' | 'JOINT'
}

const patienceMs = 120_000

/** Drafts the unit's plan of the year, or finds it, and hands planning the table. The same file again is the same import. */
export async function importPlan(planning: PlanningConfig, { name, bytes, year, unitId, planType }: PlanFile): Promise<PlanImport> {
  const draft = Buffer.from(JSON.stringify({ year, planType, unitId }))
  const plan = await post<{ readonly planId: string }>(planning, '/v1/plans', 'application/json', draft)
  const query = new URLSearchParams({ fileName: name, publisherUnitId: unitId })
  return await post<PlanImport>(planning, `/v1/plans/${plan.planId}/imports?${query.toString()}`, 'text/csv', bytes)
}

async function post<T>({ DR_PLANNING_URL: base, DR_TOKEN }: PlanningConfig, path: string, mediaType: string, body: Uint8Array): Promise<T> {
  const url = `${base.replace(/\/+$/, '')}${path}`
  const key = `cli-${randomUUID()}`
  const headers = { authorization: `Bearer ${DR_TOKEN}`, 'content-type': mediaType, 'idempotency-key': key }
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patienceMs) }).catch((error: unknown) => {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new CommandError(text(`连不上计划服务 ${url}：${why}`, `planning cannot be reached at ${url}: ${why}`))
  })
  const answer: unknown = await response.json().catch(() => ({}))
  if (response.ok) return answer as T
  const { code = '', detail = '' } = answer as { readonly code?: string; readonly detail?: string }
  const why = `${response.status} ${detail} ${code === '' ? '' : `(${code})`}`.trim()
  throw new CommandError(text(`计划服务拒绝：${why}`, `planning refuses: ${why}`))
}
