import { events } from '@dual-random/contracts'
import type { DrawMatched, RedrawRef } from '@dual-random/contracts/drawing'
import { type Api, eventually } from '@dual-random/testkit'
import { changed, policyOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { city, completedAt, type World, world } from './support/world.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}
interface Subject {
  readonly subjectId: string
  readonly objectName: string
  readonly status?: string
}

const silentCity = '230400'
const earlyCity = '230900'
const noDueCity = '230800'
const one = { objectId: 'object-1', code: '91230300MA18XXXX0A', name: '鸡西市兴达煤矿机械有限公司' }
const two = { objectId: 'object-2', code: '91230300MA19YYYY1B', name: '鸡西市恒山洗煤有限公司' }
const { drawnListOpened } = events.publication

let w: World
let publisher: Api

const matched = (
  drawId: string,
  regionCode = city,
  redraw?: RedrawRef,
  joint?: { readonly planId: string; readonly regionCodes: string[] },
): Promise<number> => {
  const data: DrawMatched = {
    drawId,
    regionCode,
    unitId: `${regionCode}-scj`,
    planId: joint?.planId ?? 'plan-1',
    lineId: 'L01',
    batch: 1,
    drawn: 2,
    shortOfTeam: 0,
    transcriptDigest: 'a'.repeat(64),
    yearEnterprises: undefined,
    redraw,
    joint: joint === undefined ? undefined : { regionCodes: joint.regionCodes },
  }
  return w.broker.publish(events.drawing.drawMatched, drawId, data)
}
/** A peer that was too slow parks the event for 5 s, then for a minute. */
const applied = (topic: string, id: string, seq: number): Promise<void> =>
  eventually(async () => expect(await w.inboxMarks(topic, id)).toBe(seq), { timeoutMs: 90_000 })
const opened = async (drawId: string, regionCode = city, redraw?: RedrawRef): Promise<void> =>
  applied(events.drawing.drawMatched.topic, drawId, await matched(drawId, regionCode, redraw))

/** A check of an object of a draw, from its result to the completion of its task, both applied. */
async function checked(drawId: string, resultId: string, object: typeof one, regionCode = city): Promise<void> {
  const ids = { drawId, regionCode, unitId: `${regionCode}-scj` }
  const named = { objectId: object.objectId, objectCode: object.code, objectName: object.name }
  await applied(events.inspection.resultRecorded.topic, resultId, await w.recorded(resultId, { ...ids, ...named }))
  const taskId = `task-${resultId}`
  await applied(events.inspection.taskCompleted.topic, taskId, await w.completed(taskId, [resultId], ids))
}

const publicList = (drawId: string) =>
  w.public.get<{ readonly published: number; readonly drawn: number }>(`/v1/public/drawn-lists/${drawId}`)
const publicSubjects = async (drawId: string, query = ''): Promise<Page<Subject>> =>
  (await w.public.get<Page<Subject>>(`/v1/public/drawn-lists/${drawId}/subjects${query}`)).body
const namesOf = async (drawId: string): Promise<readonly string[]> =>
  (await publicSubjects(drawId)).items.map(({ objectName }) => objectName)
const sweep = (): Promise<void> => w.service.runSweep('drawn-subjects')
const subjectsOf = async (drawId: string): Promise<readonly Subject[]> =>
  (await publisher.get<Page<Subject>>(`/v1/drawn-subjects?drawId=${drawId}`)).body.items

beforeAll(async () => {
  w = await world()
  publisher = await w.as(['PUBLISHER'])
  w.registry.bind(
    silentCity,
    policyOf('samr-2024', { 'publish.due': { workingDays: 20 }, 'publication.negativeTypes': [{ type: 'UNREACHABLE' }] }),
  )
  w.registry.bind(earlyCity, changed(policyOf('local/four-coal-cities'), 'draw.publishList.timing', 'BEFORE_VISIT'))
  w.registry.bind(noDueCity, changed(policyOf('local/four-coal-cities'), 'draw.publishList.due', undefined))
})
afterAll(() => w.dispose())

describe('a list published after the visits', () => {
  it('DRW-27 DRW-34 SEC-05 shows draw and number at once, and each subject once its check is completed and the channel confirmed it', async () => {
    await opened('draw-a')
    expect(await publicList('draw-a')).toMatchObject({
      status: 200,
      body: { drawn: 2, published: 0, timing: 'AFTER_VISIT', unitId: '230300-scj' },
    })
    await applied(events.inspection.resultRecorded.topic, 'ra1', await w.recorded('ra1', { drawId: 'draw-a' }))
    await sweep()
    expect(await namesOf('draw-a')).toEqual([])
    expect(await subjectsOf('draw-a')).toEqual([])
    await applied(events.inspection.taskCompleted.topic, 'task-ra1', await w.completed('task-ra1', ['ra1'], { drawId: 'draw-a' }))
    expect(await namesOf('draw-a')).toEqual([])

    w.channel.mood = 'forgetful'
    await sweep()
    expect(await subjectsOf('draw-a')).toMatchObject([{ status: 'pending', push: { attempts: 1, lastFailure: 'channel-differs' } }])
    expect(await namesOf('draw-a')).toEqual([])
    w.channel.mood = 'well'
    await eventually(async () => {
      await sweep()
      expect(await publicSubjects('draw-a')).toMatchObject({
        items: [{ objectName: one.name, checkedBy: '230300-scj', checkedOn: '2026-04-08' }],
      })
    })
    const [{ subjectId } = { subjectId: '' }] = await subjectsOf('draw-a')
    expect(w.channel.records.get(subjectId)).toMatchObject({ publicationId: subjectId, drawId: 'draw-a', objectName: one.name })
    await eventually(() => expect(w.broker.of(subjectId)).toEqual(['published']))
    expect(JSON.stringify(await publicSubjects('draw-a'))).not.toMatch(/object-1|task-|visit/)
  })

  it('DRW-27 stays as it is when its events come again, and a second unit’s check adds no second entry', async () => {
    const before = await subjectsOf('draw-a')
    await opened('draw-a')
    await checked('draw-a', 'ra2', one)
    await w.completed('task-ra1', ['ra1'], { drawId: 'draw-a' })
    await checked('draw-a', 'ra3', two)
    const after = await subjectsOf('draw-a')
    expect(after).toHaveLength(2)
    expect(after).toEqual(expect.arrayContaining([...before]))
    await eventually(() => expect(w.broker.of('draw-a')).toEqual(['opened']))
    await sweep()
    const first = await publicSubjects('draw-a', '?limit=1')
    const second = await publicSubjects('draw-a', `?limit=1&after=${first.next ?? ''}`)
    expect([...first.items, ...second.items].map(({ objectName }) => objectName).sort()).toEqual([one.name, two.name].sort())
    expect(second.next).toBeUndefined()
    expect(await publicList('draw-a')).toMatchObject({ body: { published: 2 } })
  })

  it('DRW-27 is not there under a preset that does not require it', async () => {
    await opened('draw-silent', silentCity)
    await checked('draw-silent', 'rs1', one, silentCity)
    await sweep()
    expect(await publicList('draw-silent')).toMatchObject({ status: 404, body: { code: 'drawn-list-unknown' } })
    const lists = await w.public.get<Page<{ readonly drawId: string }>>(`/v1/public/drawn-lists?regionCode=${silentCity}`)
    expect(lists.body.items).toEqual([])
    expect(w.broker.heard.filter(({ type, regionCode }) => type === drawnListOpened.type && regionCode === silentCity)).toEqual([])
  })

  it('DRW-30 of a re-match there is none, of an escalation one of its own', async () => {
    const parent = { parentDrawId: 'draw-a', number: 1 }
    await opened('draw-rematch', city, { ...parent, purpose: 'REDRAW_PURPOSE_REMATCH' })
    await opened('draw-more', city, { ...parent, purpose: 'REDRAW_PURPOSE_ESCALATION' })
    expect((await publicList('draw-rematch')).status).toBe(404)
    expect(await publicList('draw-more')).toMatchObject({ status: 200, body: { parentDrawId: 'draw-a' } })
    const { body } = await w.public.get<Page<{ readonly drawId: string }>>('/v1/public/drawn-lists?regionCode=230300')
    expect(body.items.map(({ drawId }) => drawId)).toEqual(['draw-a', 'draw-more'])
  })
})

describe('a list published before the visits', () => {
  it('DRW-27 is public whole after the match, by the labels that drawing and registry open to services', { timeout: 120_000 }, async () => {
    expect(w.peers.opened()).toBe(0)
    w.peers.drew('draw-early', [one, two])
    await opened('draw-early', earlyCity)
    await sweep()
    expect([...(await namesOf('draw-early'))].sort()).toEqual([one.name, two.name].sort())
    expect(w.peers.opened()).toBe(2)
  })

  it('DRW-30 marks whom a redraw replaced, for the public and on the channel', async () => {
    w.peers.replaced('draw-instead', 'draw-early', two.objectId)
    const seq = await w.broker.publish(events.inspection.taskWithdrawn, 'task-early', {
      taskId: 'task-early',
      regionCode: earlyCity,
      unitId: `${earlyCity}-scj`,
      drawId: 'draw-early',
      redrawId: 'draw-instead',
      withdrawnAt: completedAt,
    })
    await applied(events.inspection.taskWithdrawn.topic, 'task-early', seq)
    await sweep()
    const { items } = await publicSubjects('draw-early')
    const marked = items.filter((each) => 'replacedOn' in each)
    expect(marked).toMatchObject([{ objectName: two.name, replacedOn: '2026-04-10' }])
    expect(items).toHaveLength(2)
    const id = marked[0]?.subjectId ?? ''
    expect(w.channel.records.get(id)).toMatchObject({ replacedOn: '2026-04-10' })
    await eventually(() => expect(w.broker.of(id)).toEqual(['published', 'replaced']))
  })
})

describe('the lists of a draw of several cities', () => {
  const three = { objectId: 'object-3', code: '91230900MA1AZZZZ2C', name: '七台河市茄子河洗煤有限公司' }
  const early = { regionCode: earlyCity, initiatorUnitId: `${earlyCity}-gaj`, unitIds: [`${earlyCity}-gaj`] }
  const ofCity = (path: string, regionCode?: string) =>
    w.public.get<{ readonly items?: readonly Subject[] }>(`${path}${regionCode === undefined ? '' : `?regionCode=${regionCode}`}`)

  it('DRW-26 DRW-27 are each published under the policy of its city, with that city’s objects alone', { timeout: 120_000 }, async () => {
    w.peers.joined('plan-joint', [early])
    w.peers.drew('draw-joint', [
      { ...one, regionCode: city },
      { ...two, regionCode: city },
      { ...three, regionCode: earlyCity },
    ])
    await applied(
      events.drawing.drawMatched.topic,
      'draw-joint',
      await matched('draw-joint', city, undefined, { planId: 'plan-joint', regionCodes: [earlyCity] }),
    )
    await sweep()
    const path = '/v1/public/drawn-lists/draw-joint'
    expect((await ofCity(path)).body).toMatchObject({
      regionCode: city,
      unitId: `${city}-scj`,
      drawn: 2,
      published: 0,
      timing: 'AFTER_VISIT',
    })
    expect((await ofCity(path, earlyCity)).body).toMatchObject({
      regionCode: earlyCity,
      unitId: `${earlyCity}-gaj`,
      organiserRegionCode: city,
      drawn: 1,
      published: 1,
      timing: 'BEFORE_VISIT',
    })
    expect(await ofCity(path, silentCity)).toMatchObject({ status: 404, body: { code: 'drawn-list-unknown' } })
    const subjects = async (regionCode?: string) =>
      (await ofCity(`${path}/subjects`, regionCode)).body.items?.map(({ objectName }) => objectName)
    expect([await subjects(), await subjects(earlyCity)]).toEqual([[], [three.name]])

    await checked('draw-joint', 'rj1', one)
    await sweep()
    expect([await subjects(), await subjects(earlyCity)]).toEqual([[one.name], [three.name]])
    const { body } = await ofCity('/v1/public/drawn-lists', earlyCity)
    expect(body.items).toEqual(expect.arrayContaining([expect.objectContaining({ drawId: 'draw-joint', organiserRegionCode: city })]))
  })
})

describe('the prescribed time', () => {
  it('DRW-27 makes overdue what the channel has not confirmed by the end of the due date, counted for its organiser', async () => {
    await opened('draw-late')
    w.channel.mood = 'down'
    await checked('draw-late', 'rl1', one)
    await opened('draw-free', noDueCity)
    await checked('draw-free', 'rf1', one, noDueCity)
    await sweep()
    w.clock.advance(Date.parse('2026-05-12T15:59:59.999Z') - Date.parse(w.clock.now()))
    await w.service.runSweep('deadlines')
    expect(await subjectsOf('draw-late')).toMatchObject([{ overdue: false, dueDate: '2026-05-12' }])
    w.clock.advance(1)
    await w.service.runSweep('deadlines')
    await w.service.runSweep('deadlines')
    const [late] = await subjectsOf('draw-late')
    expect(late).toMatchObject({ status: 'pending', overdue: true })
    expect((await publisher.get('/v1/drawn-lists/draw-late')).body).toMatchObject({
      dueWorkingDays: 20,
      counts: { overdue: 1, pending: 1, published: 0 },
    })
    const overdue = await publisher.get<Page<Subject>>('/v1/drawn-subjects?overdue=true')
    expect(overdue.body.items.map(({ subjectId }) => subjectId)).toEqual([late?.subjectId])

    const auditor = await w.as(['AUDITOR'], { unitId: '230000-scj', regionCode: '230000' })
    const { body } = await auditor.get<Page<Subject>>('/v1/drawn-subjects?drawId=draw-free')
    expect(body.items).toMatchObject([{ status: 'pending', overdue: false }])
    expect(body.items[0]).not.toHaveProperty('dueDate')
    w.channel.mood = 'well'
    await eventually(async () => {
      await sweep()
      expect([await namesOf('draw-late'), await namesOf('draw-free')]).toEqual([[one.name], [one.name]])
    })
    expect(await subjectsOf('draw-late')).toMatchObject([{ overdue: true, onTime: false }])
    await eventually(() => expect(w.broker.of(late?.subjectId ?? '')).toEqual(['overdue', 'published']))
    const stranger = await w.as(['PUBLISHER'], { unitId: '230300-xfj' })
    expect((await stranger.get('/v1/drawn-lists/draw-late')).status).toBe(403)
    expect((await stranger.get<Page<Subject>>('/v1/drawn-subjects')).body.items).toEqual([])
  })
})

describe('the list of a targeted draw', () => {
  it('DRW-25 DRW-27 names its task on clues in the place of a plan line, and opens like any other', async () => {
    const clueTask = { taskId: 'clue-task-1', clueIds: ['clue-1', 'clue-2'] }
    const facts = {
      drawId: 'draw-t',
      regionCode: city,
      unitId: `${city}-scj`,
      batch: 1,
      drawn: 2,
      shortOfTeam: 0,
      transcriptDigest: 'a'.repeat(64),
    }
    const seq = await w.broker.publish(events.drawing.drawMatched, 'draw-t', { ...facts, planId: '', lineId: '', clueTask })
    await applied(events.drawing.drawMatched.topic, 'draw-t', seq)
    const { body } = await publicList('draw-t')
    expect(body).toMatchObject({ drawn: 2, published: 0, taskName: '预付卡经营者定向抽查', clueTask })
    expect(body).not.toHaveProperty('planId')
    await eventually(() => expect(w.broker.of('draw-t')).toEqual(['opened']))
  })
})
