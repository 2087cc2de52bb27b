import { planTypes } from '@dual-random/contracts'
import type { EarlierDraw, EarlierTasks as EarlierTasksMessage, FreezeRosterRequest } from '@dual-random/contracts/registry'
import { invalidRequest, violation } from '@dual-random/errors'
import { citationKinds, type RepeatGrounds } from '@dual-random/policy'
import type { DrawnEarlier } from '../app/drawn-before.ts'
import type { EarlierTasks } from '../domain/earlier-task.ts'
import { malformed, partField } from './request-fields.ts'

export const earlierDraw = ({ drawId, regionCode, labels, joint, tasks }: EarlierDraw): DrawnEarlier => {
  const part = partField(regionCode)
  return {
    drawId,
    ...(part === undefined ? {} : { regionCode: part }),
    labels,
    ...(joint === true ? { joint } : {}),
    ...(tasks === undefined ? {} : { tasks: tasksField(tasks, labels.length) }),
  }
}

/** A task that is named as a ground has to be one that was made: nothing of its number is left to be guessed. */
function tasksField({ positions, planType: wire, planUnitId, units, ...rest }: EarlierTasksMessage, labels: number): EarlierTasks {
  const planType = planTypes.toName(wire)
  if (planType === undefined) throw malformed('earlierDraws/tasks/planType', wire, planTypes.all.join(', '))
  if (planUnitId === '') throw invalidRequest([violation('/earlierDraws/tasks/planUnitId', 'missing-field')])
  if (positions.length !== labels) throw malformed('earlierDraws/tasks/positions', String(positions.length), String(labels))
  const { year, batch, redraw } = rest
  return { positions, year, planType, planUnitId, subject: subjectOf(rest), batch, ...(redraw === undefined ? {} : { redraw }), units }
}

function subjectOf({ lineId, clueTaskId }: Pick<EarlierTasksMessage, 'lineId' | 'clueTaskId'>): EarlierTasks['subject'] {
  if (clueTaskId !== undefined && lineId !== undefined) throw invalidRequest([violation('/earlierDraws/tasks/clueTaskId', 'two-subjects')])
  if (clueTaskId !== undefined) return { clueTask: { taskId: clueTaskId } }
  if (lineId === undefined) throw invalidRequest([violation('/earlierDraws/tasks/lineId', 'missing-field')])
  return { lineId }
}

export function repeatGroundField({ reason, citation }: NonNullable<FreezeRosterRequest['repeatGround']>): RepeatGrounds {
  if (reason === undefined && citation === undefined) throw invalidRequest([violation('/repeatGround', 'missing-field')])
  if (reason?.trim() === '') throw invalidRequest([violation('/repeatGround/reason', 'missing-field')])
  return { ...(reason === undefined ? {} : { reason }), ...(citation === undefined ? {} : { citation: citationOf(citation) }) }
}

function citationOf({ kind, text }: { readonly kind: string; readonly text: string }): NonNullable<RepeatGrounds['citation']> {
  const known = citationKinds.find((one) => one === kind)
  if (known === undefined) throw malformed('repeatGround/citation/kind', kind, citationKinds.join(', '))
  if (text.trim() === '') throw invalidRequest([violation('/repeatGround/citation/text', 'missing-field')])
  return { kind: known, text }
}
