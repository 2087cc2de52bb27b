import { readFileSync } from 'node:fs'
import { events } from '@dual-random/contracts'
import type { Instant, LocalDate, RegionCode, TaskId, UnitId, VisitId } from '@dual-random/kernel'
import { newEvent } from '@dual-random/mongo'
import { describe, expect, it } from 'vitest'
import { item, newTask, task } from '../../tests/support/records.ts'
import { openTask } from '../domain/task.ts'
import { taskEvent } from './task-events.ts'

const golden = JSON.parse(
  readFileSync(new URL('../../../../proto/dualrandom/inspection/v1/examples/task-opened.json', import.meta.url), 'utf8'),
) as { readonly type: string; readonly data: Readonly<Record<string, string>> }
const { taskOpened } = events.inspection
const told = taskOpened.message.fromJSON(golden.data)

describe('events of a check without a draw', () => {
  const {
    drawId: _draw,
    label: _label,
    planId: _plan,
    lineId: _line,
    clueTask: _clues,
    planType: _type,
    batch: _batch,
    checkBatch: _checkBatch,
    mergeWindowId: _merge,
    leading: _leading,
    ...facts
  } = newTask
  const opening = {
    ground: 'STATUTORY_DUTY',
    mode: 'TARGETED',
    duty: { name: told.duty?.name ?? '', legalBasis: told.duty?.legalBasis ?? '', description: told.duty?.description ?? '' },
    by: told.openedBy,
    at: golden.data['openedAt'] as Instant,
  } as const
  const opened = openTask(
    {
      ...facts,
      taskId: told.taskId as TaskId,
      taskNumber: told.taskNumber,
      regionCode: told.regionCode as RegionCode,
      unitId: told.unitId as UnitId,
      visitId: told.visitId as VisitId,
      window: { start: told.window?.start as LocalDate, end: told.window?.end as LocalDate },
      items: [{ itemCode: item(told.itemCodes[0] ?? ''), itemName: '计量器具强制检定检查' }],
      opening,
    },
    opening.at,
  ).task

  it('TGT-12 TGT-14 tells of its opening as the golden event says', () => {
    expect(golden.type).toBe(taskOpened.type)
    expect(taskEvent(opened, { type: 'opened' })).toEqual(newEvent(taskOpened, told))
  })

  it('TGT-15 tells with its completion which clues are settled by it', () => {
    const completed = { type: 'completed', checkEndedAt: opening.at, completedAt: opening.at } as const
    const completionOf = (of: typeof opened) => JSON.parse(taskEvent(of, completed)?.json ?? '{}') as { readonly clueIds?: unknown }
    const { duty: _duty, ...rest } = opening
    const onClue = { ...rest, ground: 'CLUE', source: 'COMPLAINT', reference: 'r', clueIds: ['c1', 'c2'] } as const
    expect(completionOf({ ...opened, opening: onClue } as typeof opened).clueIds).toEqual(['c1', 'c2'])
    expect(completionOf(opened).clueIds ?? []).toEqual([])
    const { by, at } = opening
    const onSite = [
      { ground: 'COMPLAINT', source: '12315-1', clueIds: ['c2', 'c3'], by, at },
      { override: { rule: 'whiteList.onSite', by, unitId: 'u', at, reason: 'r', legalBasis: 'l' }, by, at },
    ]
    expect(completionOf({ ...opened, opening: onClue, onSite } as unknown as typeof opened).clueIds).toEqual(['c1', 'c2', 'c3'])
    expect(completionOf(task).clueIds ?? []).toEqual([])
  })

  it('tells no draw of what only a draw needs to hear', () => {
    expect(taskEvent(opened, { type: 'reassigned', reassignedAt: opening.at })).toBeUndefined()
    expect(taskEvent(task, { type: 'reassigned', reassignedAt: opening.at })).toMatchObject({ type: events.inspection.taskReassigned.type })
  })

  it('TGT-01 a drawn task is told as double-random', () => {
    expect(JSON.parse(taskEvent(task, { type: 'dispatched', unitCount: 1 })?.json ?? '{}')).toMatchObject({
      supervisionMode: 'DOUBLE_RANDOM',
    })
  })
})
