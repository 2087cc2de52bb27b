import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordClue } from '../../services/planning/src/domain/clue.ts'
import { type ClueTaskFacts, proposeClueTask } from '../../services/planning/src/domain/clue-task.ts'
import { onTask } from '../../services/planning/src/events/on-task.ts'
import { tellClue, tellClueTask } from '../../services/planning/src/events/publish-clue.ts'
import { clueStore } from '../../services/planning/src/store/clue-store.ts'
import { clueTaskStore } from '../../services/planning/src/store/clue-task-store.ts'
import { lineCheckStore } from '../../services/planning/src/store/line-check-store.ts'
import { taskStore } from '../../services/planning/src/store/task-store.ts'
import { hear, hearEvents } from './support/consumer.ts'
import { golden, receivedAs } from './support/examples.ts'
import { listeningOutbox, testStore } from './support/test-store.ts'

describe('planning hears inspection', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('planning')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  const clueIds = golden('clue-task-accepted').data['clueIds'] as readonly string[]
  const ofClueTask = new Map<string, string>()
  /** At whom the completed task was, as inspection knows. */
  const checkedCode = '91230300MA0000001X'
  const parts = () => {
    const publishing = { relay: listeningOutbox().relay, clock: () => golden('task-completed').time as Instant }
    return {
      tasks: taskStore(store),
      lineChecks: lineCheckStore(store),
      clues: clueStore(store, publishing, tellClue),
      clueTasks: clueTaskStore(store, publishing, tellClueTask),
      draws: {
        ofPlans: async () => [],
        elsewhere: async () => [],
        ofClueTask: async () => [],
        clueTaskOf: async (drawId: string) => ofClueTask.get(drawId),
      },
      checkTasks: {
        get: async (taskId: string) => ({
          taskId,
          regionCode: golden('task-completed').data['regionCode'] as RegionCode,
          status: 'COMPLETED',
          objectCode: checkedCode,
        }),
      },
    }
  }

  it('DQ-03 counts each dispatched task once with what its plan says of it', async () => {
    const { tasks } = parts()
    await hear([onTask(store, parts())], 'task-dispatched', 'task-completed')
    await hear([onTask(store, parts())], 'task-dispatched')
    const { planId, drawId, unitId, itemCodes, window, unitCount } = golden('task-dispatched').data
    expect(await tasks.groupsOf(String(planId))).toEqual([{ drawId, unitId, itemCodes, window, unitCount, tasks: 1 }])
    expect(await tasks.groupsOf('another')).toEqual([])
  })

  it('TGT-05 takes a check that is of no line of key supervision for none', async () => {
    await hear([onTask(store, parts())], 'task-opened')
    expect(await parts().lineChecks.ofPlans(['plan-1'])).toEqual([])
  })

  it('PLN-20 PLN-24 keeps a check of a line without a draw with its line, once, and that it was completed', async () => {
    const another = await testStore('planning_line_checks')
    const lineChecks = lineCheckStore(another)
    const heard = [onTask(another, { ...parts(), lineChecks })]
    const { subject } = golden('task-completed')
    const { data, ...envelope } = golden('task-opened')
    const plannedCheck = { planId: 'plan-1', lineId: 'L05', objectMark: 'c'.repeat(32) }
    const opened = { ...envelope, subject, data: { ...data, taskId: subject, ground: 'PLANNED_LINE', duty: undefined, plannedCheck } }
    await hearEvents(heard, [receivedAs(opened, 1)])
    const check = { planId: 'plan-1', lineId: 'L05', mark: 'c'.repeat(32) }
    expect(await lineChecks.ofPlans(['plan-1'])).toEqual([{ ...check, completed: false }])
    await hearEvents(heard, [receivedAs(opened, 1), receivedAs(golden('task-completed'), 2)])
    expect(await lineChecks.ofPlans(['plan-1'])).toEqual([{ ...check, completed: true }])
    await another[Symbol.asyncDispose]()
  })

  it('DRW-30 DQ-03 tells the tasks of objects that left a draw from those that stand, and knows none of no plan', async () => {
    const { tasks } = parts()
    const { taskId, drawId, unitId } = golden('task-withdrawn').data as Readonly<Record<string, string>>
    const task = {
      drawId: drawId ?? '',
      unitId: unitId ?? '',
      lineId: 'L01',
      itemCodes: ['L001'],
      window: { start: '', end: '' },
      unitCount: 1,
    }
    await tasks.record({ ...task, planId: 'withdrawing', taskId: taskId ?? '' })
    await tasks.record({ ...task, planId: 'withdrawing', taskId: 'stays' })
    const another = await testStore('planning_withdrawn')
    await hear([onTask(another, parts())], 'task-withdrawn')
    const { lineId: _lineId, ...group } = task
    expect(await tasks.groupsOf('withdrawing')).toEqual(
      expect.arrayContaining([
        { ...group, tasks: 1 },
        { ...group, tasks: 1, withdrawn: true },
      ]),
    )
    await another[Symbol.asyncDispose]()
  })

  it('PLN-24 counts a plan’s tasks per draw, and those done, without those taken back', async () => {
    const another = await testStore('planning_progress')
    const tasks = taskStore(another)
    const { planId, drawId, unitCount } = golden('task-dispatched').data
    const counts = () => tasks.countsOf([String(planId)])
    const heard = [onTask(another, { ...parts(), tasks })]
    await hear(heard, 'task-dispatched')
    expect(await counts()).toEqual([{ planId, drawId, unitCount, tasks: 1, done: 0 }])
    await hear(heard, 'task-dispatched', 'task-completed')
    expect(await counts()).toEqual([{ planId, drawId, unitCount, tasks: 1, done: 1 }])
    await tasks.end(golden('task-dispatched').subject, 'WITHDRAWN')
    expect(await counts()).toEqual([])
    expect(await tasks.countsOf(['another'])).toEqual([])
    await another[Symbol.asyncDispose]()
  })

  it('PLN-24 TGT-11 counts the tasks of a draw on clues by its task on clues, and in no plan', async () => {
    const another = await testStore('planning_clue_tasks')
    const tasks = taskStore(another)
    const heard = [onTask(another, { ...parts(), tasks })]
    const dispatched = golden('task-dispatched')
    const clueTask = { taskId: 'ct-1', clueIds: ['clue-1'] }
    await hearEvents(heard, [receivedAs({ ...dispatched, data: { ...dispatched.data, planId: '', lineId: '', clueTask } }, 1)])
    const counts = async () => [...(await tasks.countsOfClueTasks(['ct-1', 'ct-2']))]
    expect(await counts()).toEqual([['ct-1', { tasks: 1, done: 0 }]])
    expect(await tasks.groupsOf(String(dispatched.data['planId']))).toEqual([])
    await tasks.end(dispatched.subject, 'DONE')
    expect(await counts()).toEqual([['ct-1', { tasks: 1, done: 1 }]])
    await tasks.end(dispatched.subject, 'WITHDRAWN')
    expect(await counts()).toEqual([])
    await another[Symbol.asyncDispose]()
  })

  it('TGT-15 a completed check settles the clues it was opened for where it lies in their region, and passes over those of other registers', async () => {
    const another = await testStore('planning_opened_clues')
    const publishing = { relay: listeningOutbox().relay, clock: () => golden('task-completed').time as Instant }
    const clues = clueStore(another, publishing, tellClue)
    const act = { by: 'zhao.liu', at: '2026-05-06T01:20:00.000Z' as Instant }
    const completed = golden('task-completed')
    const own = String(completed.data['regionCode'])
    const regions = { own, above: `${own.slice(0, 2)}0000`, beside: `${own.slice(0, 2)}0900`, below: `${own.slice(0, 4)}02` }
    for (const [clueId, regionCode] of Object.entries(regions)) {
      const scope = { regionCode: regionCode as RegionCode, unitId: `${regionCode}-scj` as UnitId }
      await clues.change(clueId, () =>
        recordClue({ ...scope, clueId, source: 'COMPLAINT', receivedAt: act.at, matter: '反映预付卡退费难', recorded: act }),
      )
    }
    const data = { ...completed.data, drawId: '', clueIds: ['12315-1', ...Object.keys(regions)] }
    await hearEvents([onTask(another, { ...parts(), clues })], [receivedAs({ ...completed, data }, 1)])
    const status = async (clueId: string) => (await clues.load(clueId))?.status
    expect(await Promise.all(Object.keys(regions).map(status))).toEqual(['CHECKED', 'CHECKED', 'OPEN', 'OPEN'])
    expect(await clues.load('12315-1')).toBeUndefined()
    await another[Symbol.asyncDispose]()
  })

  it('TGT-15 DRW-25 has the clues of a targeted draw checked by its first completed task, a case clue by the one at its own object alone', async () => {
    const another = await testStore('planning_clues')
    const { clues, clueTasks } = parts()
    const { drawId, checkEndedAt, taskId: checkTaskId } = golden('task-completed').data
    const taskId = golden('clue-task-accepted').subject
    const act = { by: 'zhao.liu', at: '2026-05-06T01:20:00.000Z' as Instant }
    const scope = { regionCode: '230300' as RegionCode, unitId: '230300-scj' as UnitId }
    for (const clueId of clueIds) {
      await clues.change(clueId, () =>
        recordClue({ ...scope, clueId, source: 'COMPLAINT', receivedAt: act.at, matter: '反映预付卡退费难', recorded: act }),
      )
    }
    const cases = { 'case-own': checkedCode, 'case-other': '91230300MA0000002X' }
    for (const [clueId, code] of Object.entries(cases)) {
      const object = { code, name: '示例健身馆' }
      await clues.change(clueId, () =>
        recordClue({ ...scope, clueId, source: 'COMPLAINT', receivedAt: act.at, matter: '反映预付卡退费难', object, recorded: act }),
      )
    }
    const facts = {
      ...scope,
      taskId,
      clueIds: [...clueIds, ...Object.keys(cases)],
      form: 'TARGETED_DRAW',
      trigger: { id: 'MANY_COMPLAINTS', text: '' },
    } as unknown as ClueTaskFacts
    await clueTasks.change(taskId, () => proposeClueTask(facts))
    ofClueTask.set(String(drawId), taskId)
    await hear([onTask(another, { ...parts(), clues, clueTasks })], 'task-dispatched', 'task-completed')
    for (const clueId of [...clueIds, 'case-own']) {
      expect(await clues.load(clueId)).toMatchObject({ status: 'CHECKED', check: { at: checkEndedAt, checkTaskId } })
    }
    expect((await clues.load('case-other'))?.status).toBe('OPEN')
    await another[Symbol.asyncDispose]()
  })
})
