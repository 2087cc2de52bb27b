import { chinaDateOf, type DrawId, type ObjectId, type RegionCode, type UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { listUnder, opening, publishing, subjectObject } from '../../tests/support/drawn-lists.ts'
import { changed, policyOf } from '../../tests/support/policies.ts'
import { at, content, end, history, identity, known } from '../../tests/support/records.ts'
import { type DrawnList, listIdOf } from '../domain/drawn-list.ts'
import { type DrawnSubject, type SubjectObject, subjectIdOf } from '../domain/drawn-subject.ts'
import type { Publication } from '../domain/publication.ts'
import { type DrawnListDependencies, listCheckedSubject, openDrawnList, replaceDrawnSubjects } from './open-drawn-list.ts'

const { rules: _rules, taskName, ...listed } = listUnder(publishing)
const draw = { ...listed, ofSeveralCities: false }
const jointDraw = { ...listed, ofSeveralCities: true }
const beforeVisits = changed(publishing, 'draw.publishList.timing', 'BEFORE_VISIT')
const other: SubjectObject = { ...subjectObject, objectId: 'o2' as ObjectId, objectName: '鸡西市鸡冠区老王粮油店' }
const id = (objectId: ObjectId) => subjectIdOf(draw.drawId, objectId)

/** The ports, in memory; how often they were asked for what policy may not let them be asked. */
function ports(policy: Policy, records: readonly Publication[] = []) {
  const lists = new Map<string, DrawnList>()
  const subjects = new Map<string, DrawnSubject>()
  const asked: string[] = []
  const dates: string[] = []
  const unused = () => Promise.reject(new Error('not asked here'))
  const dependencies: DrawnListDependencies = {
    lists: {
      load: async (drawId, regionCode) =>
        [...lists.values()].find((list) => list.drawId === drawId && list.regionCode === (regionCode ?? draw.regionCode)),
      open: async (list) => {
        lists.set(listIdOf(list), lists.get(listIdOf(list)) ?? list)
        return list
      },
      list: unused,
    },
    subjects: {
      open: async (opened) => {
        for (const each of opened) subjects.set(each.subjectId, subjects.get(each.subjectId) ?? each)
      },
      change: async (subjectId, decide) => {
        const current = subjects.get(subjectId)
        const change = current === undefined ? undefined : decide(current)
        if (change !== undefined) subjects.set(subjectId, change.subject)
        return subjects.get(subjectId)
      },
      list: unused,
      count: unused,
      newlyOverdue: unused,
      duePushes: unused,
      provisional: unused,
    },
    publications: {
      load: unused,
      apply: unused,
      applyMany: unused,
      list: unused,
      search: unused,
      newlyOverdue: unused,
      duePushes: unused,
      unscheduled: unused,
      provisional: unused,
      ofDraw: async (_drawId, page) => (page.after === undefined ? records : []),
    },
    findPolicy: async (_region, date) => {
      dates.push(date)
      return { policy, digest: 'digest-1' }
    },
    describeDrawn: async () => ({ taskName, cities: [] }),
    drawnByRegion: unused,
    drawnObjects: async function* drawnObjects() {
      asked.push('drawn')
      yield [subjectObject]
      yield [other]
    },
    replacedObjects: async () => {
      asked.push('replaced')
      return [
        { drawId: draw.drawId, objectId: subjectObject.objectId },
        { drawId: 'elsewhere' as DrawId, objectId: other.objectId },
      ]
    },
    workingDays: opening.counter,
    systemClock: () => opening.retryAt,
  }
  return { dependencies, lists, subjects, asked, dates }
}

const withdrawn = {
  drawId: draw.drawId,
  regionCode: draw.regionCode,
  redrawId: 'd2' as DrawId,
  withdrawnAt: at('2026-03-10T01:00:00.000Z'),
}

describe('the list of a targeted draw', () => {
  it('DRW-25 DRW-27 is opened under its task on clues in the place of plan and line, with that task’s name', async () => {
    const { dependencies, lists } = ports(policyOf('shanghai-2019'))
    const { planId: _planId, lineId: _lineId, ...rest } = draw
    const clueTask = { taskId: 'clue-task-1', clueIds: ['clue-1', 'clue-2'] }
    const asked: unknown[] = []
    const describeDrawn: DrawnListDependencies['describeDrawn'] = async (subject) => {
      asked.push(subject.clueTask)
      return { taskName: '餐饮定向抽查', cities: [] }
    }
    await openDrawnList({ ...dependencies, describeDrawn }, { ...rest, clueTask })
    expect(asked).toEqual([clueTask])
    expect(lists.get(draw.drawId)).toMatchObject({ clueTask, taskName: '餐饮定向抽查' })
    expect(lists.get(draw.drawId)).not.toHaveProperty('planId')
  })
})

describe('a list published after the visits', () => {
  it('DRW-27 DRW-34 SEC-05 is opened under shanghai-2019 with nobody on it, and nobody is asked who was drawn', async () => {
    const { dependencies, lists, subjects, asked, dates } = ports(policyOf('shanghai-2019'))
    await openDrawnList(dependencies, draw)
    expect(lists.get(draw.drawId)).toMatchObject({ taskName, drawn: 3, unitId: '230300-scj', rules: { timing: 'AFTER_VISIT' } })
    expect(subjects.size).toBe(0)
    expect(asked).toEqual([])
    expect(dates).toEqual([chinaDateOf(draw.matchedAt)])
  })

  it('DRW-27 gets a subject with the completion of its check, once, however often it is told', async () => {
    const { dependencies, subjects } = ports(publishing)
    await openDrawnList(dependencies, draw)
    await listCheckedSubject(dependencies, history({ type: 'content-recorded', identity, content }))
    await listCheckedSubject(dependencies, history({ type: 'task-ended', identity, end }))
    expect(subjects.size).toBe(0)
    await listCheckedSubject(dependencies, history(...known))
    await listCheckedSubject(dependencies, history(...known))
    await openDrawnList(dependencies, draw)
    expect([...subjects.values()]).toMatchObject([
      {
        object: { objectId: 'o1' },
        openedAt: end.taskCompletedAt,
        visit: { unitId: '230300-scj', checkedOn: '2026-04-08' },
        deadline: { dueDate: '2026-05-12' },
      },
    ])
  })

  it('DRW-27 gets those whose check was completed before it was heard of', async () => {
    const { dependencies, subjects } = ports(publishing, [history(...known)])
    await listCheckedSubject(dependencies, history(...known))
    expect(subjects.size).toBe(0)
    await openDrawnList(dependencies, draw)
    expect([...subjects.keys()]).toEqual([id(content.objectId)])
  })

  it('DRW-30 has no replaced subject to take off', async () => {
    const { dependencies, asked } = ports(publishing)
    await openDrawnList(dependencies, draw)
    await replaceDrawnSubjects(dependencies, withdrawn)
    expect(asked).toEqual([])
  })
})

describe('a list published before the visits', () => {
  it('DRW-27 is whole at once, due from the day of the match, and completed checks change nothing', async () => {
    const { dependencies, subjects } = ports(beforeVisits, [history(...known)])
    await openDrawnList(dependencies, draw)
    expect([...subjects.values()]).toMatchObject([
      { object: { objectId: 'o1' }, openedAt: draw.matchedAt },
      { object: { objectId: 'o2' }, openedAt: draw.matchedAt },
    ])
    const first = subjects.get(id(subjectObject.objectId))
    await listCheckedSubject(dependencies, history(...known))
    await openDrawnList(dependencies, draw)
    expect(subjects.size).toBe(2)
    expect(subjects.get(id(subjectObject.objectId))).toEqual(first)
  })

  it('DRW-30 takes off whom a redraw replaced, and nobody else', async () => {
    const { dependencies, subjects } = ports(beforeVisits)
    await openDrawnList(dependencies, draw)
    await replaceDrawnSubjects(dependencies, withdrawn)
    await replaceDrawnSubjects(dependencies, withdrawn)
    expect(subjects.get(id(subjectObject.objectId))).toMatchObject({ status: 'replaced', replaced: { redrawId: 'd2' } })
    expect(subjects.get(id(other.objectId))?.status).toBe('pending')
  })

  it('DRW-30 waits with a replacement that is heard of before the list', async () => {
    const { dependencies } = ports(beforeVisits)
    await expect(replaceDrawnSubjects(dependencies, withdrawn)).rejects.toMatchObject({ code: 'drawn-list-unknown' })
  })
})

describe('the lists of a draw of several cities', () => {
  const hegang = { regionCode: '230400' as RegionCode, unitId: '230400-scj' as UnitId }
  const inHegang = { ...identity, regionCode: hegang.regionCode, unitId: hegang.unitId }
  const jointly = (policy: Policy, records: readonly Publication[] = []) => {
    const { dependencies, ...rest } = ports(policy, records)
    const counted: string[] = []
    const told: DrawnListDependencies = {
      ...dependencies,
      describeDrawn: async () => ({ taskName, cities: [hegang] }),
      drawnByRegion: async (drawId) => {
        counted.push(drawId)
        return new Map([
          [draw.regionCode, 2],
          [hegang.regionCode, 1],
        ])
      },
      drawnObjects: async function* drawnObjects(_drawId, regionCode) {
        yield [regionCode === hegang.regionCode ? other : subjectObject]
      },
    }
    return { dependencies: told, ...rest, counted }
  }

  it('DRW-26 DRW-27 are one per city, each under its own unit and with its own number', async () => {
    const { dependencies, lists, counted } = jointly(publishing)
    await openDrawnList(dependencies, jointDraw)
    expect([...lists.values()]).toMatchObject([
      { regionCode: draw.regionCode, unitId: draw.unitId, drawn: 2 },
      { ...hegang, drawn: 1, organiserRegionCode: draw.regionCode },
    ])
    expect([...lists.keys()]).toEqual([draw.drawId, `${draw.drawId}-${hegang.regionCode}`])
    expect(counted).toEqual([draw.drawId])
  })

  it('DRW-26 DRW-27 DRW-30 are of the city that draws again, under its own unit', async () => {
    const { dependencies, lists } = jointly(publishing)
    const again = { ...draw, drawId: 'ce'.repeat(32) as typeof draw.drawId, parentDrawId: draw.drawId }
    // Drawing tells a redraw with the unit that initiates in its city.
    await openDrawnList(dependencies, { ...again, ...hegang })
    await openDrawnList(dependencies, { ...again, drawId: 'cf'.repeat(32) as typeof draw.drawId })
    expect([...lists.values()].map(({ regionCode, unitId, drawn }) => [regionCode, unitId, drawn])).toEqual([
      [hegang.regionCode, hegang.unitId, draw.drawn],
      [draw.regionCode, draw.unitId, draw.drawn],
    ])
  })

  it('DRW-26 DRW-27 follow each its own region’s policy', async () => {
    const { dependencies, lists } = jointly(publishing)
    const findPolicy: DrawnListDependencies['findPolicy'] = async (regionCode) => ({
      policy: regionCode === hegang.regionCode ? publishing : policyOf('samr-2024'),
      digest: 'digest-1',
    })
    await openDrawnList({ ...dependencies, findPolicy }, jointDraw)
    expect([...lists.values()].map(({ regionCode }) => regionCode)).toEqual([hegang.regionCode])
    await listCheckedSubject({ ...dependencies, findPolicy }, history(...known))
    expect(await dependencies.lists.load(draw.drawId)).toBeUndefined()
  })

  it('DRW-26 DRW-27 get the completed checks of their own city alone, heard of before or after them', async () => {
    const theirs = history(...known.map((event) => ({ ...event, identity: inHegang })))
    const before = jointly(publishing, [theirs])
    await openDrawnList(before.dependencies, jointDraw)
    expect([...before.subjects.values()]).toMatchObject([{ regionCode: hegang.regionCode, unitId: hegang.unitId }])
    const after = jointly(publishing)
    await openDrawnList(after.dependencies, jointDraw)
    await listCheckedSubject(after.dependencies, theirs)
    expect([...after.subjects.values()]).toMatchObject([{ regionCode: hegang.regionCode, unitId: hegang.unitId }])
  })

  it('DRW-26 DRW-27 have before the visits whom their own city drew', async () => {
    const { dependencies, subjects } = jointly(beforeVisits)
    await openDrawnList(dependencies, jointDraw)
    expect([...subjects.values()].map(({ regionCode, object }) => [regionCode, object.objectId])).toEqual([
      [draw.regionCode, subjectObject.objectId],
      [hegang.regionCode, other.objectId],
    ])
  })
})

describe('without the rule', () => {
  it.each(['samr-2024', 'heilongjiang', 'samr-2023-draft', 'shaoxing-2019-draft'])(
    'DRW-27 %s makes no list, whatever happens',
    async (preset) => {
      const { dependencies, lists, subjects, asked } = ports(policyOf(preset), [history(...known)])
      await openDrawnList(dependencies, draw)
      await listCheckedSubject(dependencies, history(...known))
      await replaceDrawnSubjects(dependencies, withdrawn)
      expect([lists.size, subjects.size, asked]).toEqual([0, 0, []])
    },
  )

  it('POL-05 a list keeps the rules that it was opened under', async () => {
    const { dependencies, lists } = ports(publishing)
    await openDrawnList(dependencies, draw)
    await openDrawnList({ ...dependencies, findPolicy: async () => ({ policy: policyOf('samr-2024'), digest: 'later' }) }, draw)
    expect(lists.get(draw.drawId)?.rules.policy.digest).toBe('digest-1')
  })
})
