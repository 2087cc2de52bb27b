import { appError } from '@dual-random/errors'
import { decide } from '../domain/decide.ts'
import { keep } from '../domain/import/keep.ts'
import type { PlanImport } from '../domain/import/plan-import.ts'
import { type Plan, workingVersion } from '../domain/plan.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import { tableOf } from './answer-import.ts'
import { orThrow, planFailure } from './failures.ts'
import { openQuestions } from './import/question-groups.ts'
import { resolveTable } from './import/resolve.ts'
import { resolutionContext } from './import-context.ts'
import { importOf, noSuchImport } from './import-table.ts'
import { buildLines, lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'

/**
 * Adds the lines of an import to the draft once nothing is open, looked up once more against the registry of now. The lines bear the import as
 * their command, so an interrupted request adds them once.
 */
export async function applyImport(ports: Ports, planId: string, importId: string, caller: Caller): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  const stored = await importOf(ports, planId, importId)
  if (stored.state === 'APPLIED') return plan
  const line = await lineContext(ports, plan, caller)
  const context = resolutionContext(stored, line)
  const parsed = await tableOf(ports, stored, context)
  const planImport = await ports.imports.change(importId, (current) => {
    if (current === undefined) throw noSuchImport(importId)
    return keep(current, current.answers, resolveTable(parsed, current.answers, context))
  })
  const open = openQuestions(planImport).length
  if (open > 0) throw appError('failed-precondition', 'import-has-open-questions', { meta: { count: open } })
  const inputs = planImport.lines.flatMap(({ input }) => input ?? [])
  if (inputs.length === 0) throw appError('failed-precondition', 'import-without-lines')
  const changed = await ports.plans.change(planId, (current) => {
    if (current === undefined) throw noSuchPlan(planId)
    const lines = buildLines(inputs, line, current, importId, (index) => `/lines/${index}`)
    return orThrow(decide(current, { type: 'add-lines', lines, act: line.act }), planFailure(planId))
  })
  await ports.imports.change(importId, (current) => (current === undefined ? undefined : applied(current, changed)))
  return changed
}

function applied(planImport: PlanImport, plan: Plan): PlanImport {
  const lines = workingVersion(plan).lines.filter(({ source }) => source?.importId === planImport.importId)
  const lineIds = Object.fromEntries(lines.map(({ source, lineId }) => [String(source?.lineNo), lineId]))
  return { ...planImport, state: 'APPLIED', lineIds }
}
