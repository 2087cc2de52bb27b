import { appError, invalidRequest, violation } from '@dual-random/errors'
import { type ParsedPlanTable, readPublishedTable } from '@dual-random/tables'
import { keep } from '../domain/import/keep.ts'
import type { ImportAnswer, PlanImport } from '../domain/import/plan-import.ts'
import { ownPlan } from './access.ts'
import { type AnswerProblem, takeAnswers } from './import/answer.ts'
import { readTable } from './import/resolve.ts'
import { resolutionContext } from './import-context.ts'
import { importOf, noSuchImport } from './import-table.ts'
import { lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'

/** Settles questions of an import; all answers of a request are taken or none. */
export async function answerImport(
  ports: Ports,
  planId: string,
  importId: string,
  answers: readonly ImportAnswer[],
  caller: Caller,
): Promise<PlanImport> {
  const plan = await ownPlan(ports, planId, caller)
  const planImport = await importOf(ports, planId, importId)
  if (planImport.state === 'APPLIED') throw appError('failed-precondition', 'import-applied')
  const line = await lineContext(ports, plan, caller)
  const context = resolutionContext(planImport, line)
  const parsed = await tableOf(ports, planImport, context)
  return ports.imports.change(importId, (current) => {
    if (current === undefined) throw noSuchImport(importId)
    if (current.state === 'APPLIED') throw appError('failed-precondition', 'import-applied')
    const taken = takeAnswers(answers, current.answers, { parsed, context, act: line.act })
    if (!taken.ok) throw invalidRequest(taken.error.map(violationOf))
    return keep(current, taken.value.recorded, taken.value.resolution, taken.value.asked)
  })
}

/** The table of an import, read again from the file as it was received. */
export async function tableOf(
  { blobs }: Pick<Ports, 'blobs'>,
  planImport: PlanImport,
  context: Parameters<typeof readTable>[1],
): Promise<ParsedPlanTable> {
  const { fileDigest, sheet } = planImport
  const decoded = await readPublishedTable(await blobs.bytes(fileDigest), sheet === undefined ? {} : { sheet })
  if (!decoded.ok) throw new Error(`stored table ${fileDigest} does not decode: ${decoded.error.reason}`)
  return readTable(decoded.value, context, planImport.title)
}

const violationOf = ({ index, code, ...meta }: AnswerProblem) => violation(`/answers/${index}`, code, meta)
