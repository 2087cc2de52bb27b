import { events, recognitionTopicOf } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cities, type Harness, jointHarness } from './support/harness.ts'
import { fourCityPolicy } from './support/policies.ts'

const { publicationPublished, publicationStopped } = events.publication
const { recognitionShared, recognitionWithdrawn } = events.joint

/** A fifth city, in no group; and a member whose own policy has recognition switched off. */
const outsider = '230200'
const objectCode = '91230300MA18B7XQ26'

interface Copy {
  readonly recordId: string
  readonly withdrawn: boolean
}

describe('records recognised across the four cities', () => {
  let joint: Harness

  beforeAll(async () => {
    joint = await jointHarness()
    for (const regionCode of [...Object.values(cities), outsider]) joint.registry.bind(regionCode, fourCityPolicy())
  })
  afterAll(() => joint?.[Symbol.asyncDispose]())

  const publication = (id: string, regionCode: string) => ({
    publicationId: `pub-${id}`,
    resultId: id,
    taskId: 't',
    regionCode,
    unitId: `${regionCode}-scj`,
  })
  const publish = (id: string, regionCode: string, publishedAt = '2026-04-20T06:00:00.000Z') =>
    joint.bus.send(publicationPublished, `pub-${id}`, {
      ...publication(id, regionCode),
      publishedAt,
      onTime: true,
      channel: 'publicitySystem',
      channelReference: 'x',
      objectCode,
      objectName: '示例企业',
      itemCode: 'L001',
      itemName: '营业执照规范使用情况的检查',
      resultType: 'RESULT_TYPE_ORDERED_CORRECT',
      negative: true,
    })
  const stop = (id: string, regionCode: string) =>
    joint.bus.send(publicationStopped, `pub-${id}`, {
      ...publication(id, regionCode),
      reason: '信用修复',
      stoppedAt: '2026-05-01T00:00:00.000Z',
    })
  const told = (recordId: string) => joint.bus.heard.filter((event) => event.aggregateId === recordId)
  const copiesIn = async (regionCode: string, query = '') => {
    const answer = await (await joint.as(`${regionCode}-scj`, 'PLANNER')).get<{ readonly items: readonly Copy[]; readonly next?: string }>(
      `/v1/recognised-records?regionCode=${regionCode}${query}`,
    )
    return answer.body
  }
  const copyIn = async (regionCode: string, recordId: string) =>
    (await copiesIn(regionCode, '&limit=500')).items.find((copy) => copy.recordId === recordId)
  const withdrawnIn = (recordId: string) =>
    Promise.all(Object.values(cities).map(async (regionCode) => (await copyIn(regionCode, recordId))?.withdrawn))
  const withdraw = async (recordId: string, unitId: string) =>
    (await joint.as(unitId, 'JOINT_COORDINATOR')).post(`/v1/shared-records/${recordId}/withdraw`, { reason: '信用修复' })

  it('XRG-01 XRG-06 shares a published result on its own city’s topic, and the three others recognise it', async () => {
    await publish('a', cities.hegang)
    await eventually(async () => expect(await withdrawnIn('rec-a')).toEqual([false, false, false, undefined]))
    expect(await copyIn(cities.jixi, 'rec-a')).toEqual({
      regionCode: cities.jixi,
      recordId: 'rec-a',
      groupId: 'four-coal-cities',
      issuingRegionCode: cities.hegang,
      kind: 'CHECK_RESULT',
      objectCode,
      objectName: '示例企业',
      content: '营业执照规范使用情况的检查：ORDERED_CORRECT',
      issuedAt: '2026-04-20T06:00:00.000Z',
      withdrawn: false,
    })
    expect(told('rec-a').map(({ type, topic }) => [type, topic])).toEqual([[recognitionShared.type, 'hegang.joint.recognition.v1']])
  })

  it('SEC-10 says for what purpose and for whom, on the record itself', () => {
    expect(told('rec-a')[0]?.payload).toMatchObject({
      purpose: '监管信息互认',
      issuingRegionCode: cities.hegang,
      receiverRegionCodes: [cities.jixi, cities.shuangyashan, cities.qitaihe],
    })
  })

  it('XRG-03 shares nothing of a city whose policy has recognition switched off, XRG-01 nor of one in no group', async () => {
    const off = fourCityPolicy((groups) =>
      groups.map((group) => ({
        ...group,
        aspects: group.aspects.map((aspect) => (aspect.id === 'MUTUAL_RECOGNITION' ? { ...aspect, enabled: false } : aspect)),
      })),
    )
    // Another date than the other tests': policies are remembered for a minute by region and date.
    joint.registry.bind(cities.qitaihe, off)
    const switchedOff = await publish('off', cities.qitaihe, '2026-04-21T06:00:00.000Z')
    const outside = await publish('outside', outsider)
    await joint.applied(publicationPublished.topic, 'pub-off', switchedOff)
    await joint.applied(publicationPublished.topic, 'pub-outside', outside)
    for (const id of ['rec-off', 'rec-outside']) {
      expect(await withdraw(id, `${cities.qitaihe}-scj`)).toMatchObject({ status: 404 })
    }
    joint.registry.bind(cities.qitaihe, fourCityPolicy())
  })

  it('XRG-10 shares nothing more of a city that has left the group', async () => {
    joint.registry.bind(
      cities.shuangyashan,
      fourCityPolicy(() => []),
    )
    const seq = await publish('left', cities.shuangyashan, '2026-04-22T06:00:00.000Z')
    await joint.applied(publicationPublished.topic, 'pub-left', seq)
    expect(await withdraw('rec-left', `${cities.shuangyashan}-scj`)).toMatchObject({ status: 404 })
    joint.registry.bind(cities.shuangyashan, fourCityPolicy())
  })

  it('XRG-07 XRG-10 is withdrawn everywhere by the unit that issued it, and only by that unit', async () => {
    await publish('b', cities.jixi)
    await eventually(async () => expect(await withdrawnIn('rec-b')).toEqual([undefined, false, false, false]))
    for (const unitId of ['230300-yzj', '230400-scj', '230000-scj']) {
      expect(await withdraw('rec-b', unitId)).toMatchObject({ status: 403 })
    }
    const planner = await joint.as('230300-scj', 'PLANNER')
    expect(await planner.post('/v1/shared-records/rec-b/withdraw', { reason: '信用修复' })).toMatchObject({ status: 403 })
    expect(await withdraw('rec-b', '230300-scj')).toMatchObject({ status: 200, body: { withdrawn: { reason: '信用修复' } } })
    await eventually(async () => expect(await withdrawnIn('rec-b')).toEqual([undefined, true, true, true]))
    expect(await copyIn(cities.hegang, 'rec-b')).toMatchObject({ issuingRegionCode: cities.jixi, withdrawn: true })

    expect(await withdraw('rec-b', '230300-scj')).toMatchObject({ status: 200 })
    expect(told('rec-b').map(({ type }) => type)).toEqual([recognitionShared.type, recognitionWithdrawn.type])
    expect(await withdraw('rec-none', '230300-scj')).toMatchObject({ status: 404 })
  })

  it('XRG-07 is withdrawn everywhere when its own region stops showing it', async () => {
    await publish('c', cities.jixi)
    await stop('c', cities.jixi)
    await eventually(async () => expect(await withdrawnIn('rec-c')).toEqual([undefined, true, true, true]))
    expect(told('rec-c').at(-1)?.payload).toMatchObject({ reason: '信用修复', withdrawnAt: '2026-05-01T00:00:00.000Z' })
  })

  it('XRG-07 is not withdrawn by what another region sends', async () => {
    await publish('d', cities.hegang)
    await eventually(async () => expect((await copyIn(cities.jixi, 'rec-d'))?.withdrawn).toBe(false))
    const topic = recognitionTopicOf('jixi')
    const seq = await joint.bus.send(
      recognitionWithdrawn,
      'rec-d',
      {
        recordId: 'rec-d',
        groupId: 'four-coal-cities',
        issuingRegionCode: cities.hegang,
        unitId: '230400-scj',
        reason: '冒名',
        withdrawnAt: '2026-05-01T00:00:00.000Z',
      },
      { topic },
    )
    await joint.applied(topic, 'rec-d', seq)
    expect((await copyIn(cities.jixi, 'rec-d'))?.withdrawn).toBe(false)
  })

  it('INT-15 changes nothing when every event comes again', async () => {
    const before = told('rec-a').length + told('rec-b').length + told('rec-c').length
    const copies = await copiesIn(cities.qitaihe, '&limit=500')
    await joint.bus.repeat()
    await publish('e', cities.hegang)
    await eventually(async () => expect(await copyIn(cities.qitaihe, 'rec-e')).toBeDefined())
    const again = await copiesIn(cities.qitaihe, '&limit=500')
    expect(again.items.filter(({ recordId }) => recordId !== 'rec-e')).toEqual(copies.items)
    expect(told('rec-a').length + told('rec-b').length + told('rec-c').length).toBe(before)
  })

  it('XRG-04 finds what the other cities know of an object, page by page, JNT-21 for every department', async () => {
    const all = (await copiesIn(cities.jixi, `&objectCode=${objectCode}&limit=500`)).items
    expect(all.map(({ recordId }) => recordId)).toEqual(['rec-a', 'rec-d', 'rec-e'])
    const first = await copiesIn(cities.jixi, `&objectCode=${objectCode}&limit=2`)
    expect(first.next).toBe('rec-d')
    expect((await copiesIn(cities.jixi, `&objectCode=${objectCode}&limit=2&after=rec-d`)).items).toEqual(all.slice(2))
    expect((await copiesIn(cities.jixi, '&objectCode=91230300MA18B7XQ27')).items).toEqual([])
    expect(await joint.recognisedRecords(cities.jixi, objectCode)).toHaveLength(3)
    const police = await joint.as('230300-gaj', 'INSPECTOR')
    expect(await police.get(`/v1/recognised-records?regionCode=${cities.jixi}`)).toMatchObject({ status: 200, body: { items: all } })
  })

  it('SEC-02 shows a region’s copies to that region alone', async () => {
    const neighbour = await joint.as('230400-scj', 'PLANNER')
    expect(await neighbour.get(`/v1/recognised-records?regionCode=${cities.jixi}`)).toMatchObject({ status: 403 })
  })
})
