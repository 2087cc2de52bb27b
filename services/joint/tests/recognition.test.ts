import { type EventContract, events, recognitionTopicOf } from '@dual-random/contracts'
import { JointServiceClient } from '@dual-random/contracts/joint'
import { createGrpcClient } from '@dual-random/grpc'
import type { Instant } from '@dual-random/kernel'
import { KafkajsTransport, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { createLogger, newTraceId } from '@dual-random/runtime'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cities, type Harness, jointHarness } from './support/harness.ts'
import { fourCityPolicy } from './support/policies.ts'

const { publicationPublished, publicationStopped } = events.publication
const { recognitionShared, recognitionWithdrawn } = events.joint

/** A fifth city, in no group; and one whose policy nobody has bound yet. */
const outsider = '230200'
const unbound = '230100'
const objectCode = '91230300MA18B7XQ8Q'

/**
 * Policies are remembered for a minute by region and deciding date, so what changes a city's policy needs a date of its own. They are later
 * than any today, which would decide in their place.
 */
const dateOf = {
  others: '2099-04-20T06:00:00.000Z',
  off: '2099-04-21T06:00:00.000Z',
  otherAspectsOff: '2099-04-22T06:00:00.000Z',
  left: '2099-04-23T06:00:00.000Z',
  leftAsReceiver: '2099-04-24T06:00:00.000Z',
}

interface Copy {
  readonly recordId: string
  readonly issuingRegionCode: string
  readonly withdrawn: boolean
}

describe('records recognised across the four cities', () => {
  let joint: Harness
  let mirror: KafkajsTransport

  beforeAll(async () => {
    joint = await jointHarness()
    for (const regionCode of [...Object.values(cities), outsider]) joint.registry.bind(regionCode, fourCityPolicy())
    const { env, topicPrefix } = joint.scope
    const logger = createLogger({ service: 'test', level: 'silent' })
    mirror = new KafkajsTransport({ brokers: (env['KAFKA_BROKERS'] ?? '').split(','), clientId: 'mirror', topicPrefix, logger })
  })
  afterAll(async () => {
    await mirror?.close()
    await joint?.[Symbol.asyncDispose]()
  })

  const publication = (id: string, regionCode: string) => ({
    publicationId: `pub-${id}`,
    resultId: id,
    taskId: 't',
    regionCode,
    unitId: `${regionCode}-scj`,
  })
  const publish = (id: string, regionCode: string, { publishedAt = dateOf.others, object = objectCode } = {}) =>
    joint.bus.publish(publicationPublished, `pub-${id}`, {
      ...publication(id, regionCode),
      publishedAt,
      onTime: true,
      channel: 'publicitySystem',
      channelReference: 'x',
      objectCode: object,
      objectName: '示例企业',
      itemCode: 'L001',
      itemName: '营业执照规范使用情况的检查',
      resultType: 'RESULT_TYPE_ORDERED_CORRECT',
      negative: true,
    })
  const stop = (id: string, regionCode: string) =>
    joint.bus.publish(publicationStopped, `pub-${id}`, {
      ...publication(id, regionCode),
      reason: '信用修复',
      stoppedAt: '2099-05-01T00:00:00.000Z',
    })

  const shared = (recordId: string, issuingRegionCode: string, receiverRegionCodes: readonly string[]) => ({
    recordId,
    groupId: 'four-coal-cities',
    issuingRegionCode,
    unitId: `${issuingRegionCode}-scj`,
    kind: 'CHECK_RESULT',
    objectCode,
    objectName: '示例企业',
    content: '来自另一地区',
    issuedAt: dateOf.others,
    purpose: '监管信息互认',
    receiverRegionCodes: [...receiverRegionCodes],
  })
  const withdrawn = (recordId: string, issuingRegionCode: string) => ({
    recordId,
    groupId: 'four-coal-cities',
    issuingRegionCode,
    unitId: `${issuingRegionCode}-scj`,
    reason: '信用修复',
    withdrawnAt: '2099-05-01T00:00:00.000Z',
  })
  /** Puts an event with that seq on a region's exchange topic, as a mirror may. */
  const mirrored = async <M extends object>(alias: string, contract: EventContract<M>, aggregateId: string, seq: number, data: M) => {
    const { type, topic, json } = newEvent(contract, data, { topic: recognitionTopicOf(alias) })
    const at = '2099-05-01T00:00:00.000Z' as Instant
    await mirror.publish([toRecord({ aggregateId, seq, type, topic, service: 'joint', regionCode: '230300', at, traceId: '', json })])
  }
  const received = (alias: string, recordId: string, seq = 1) => joint.applied(recognitionTopicOf(alias), recordId, seq)

  const told = (recordId: string) => joint.bus.heard.filter((event) => event.aggregateId === recordId)
  const copiesIn = async (regionCode: string, query = '') => {
    const answer = await (await joint.as(`${regionCode}-scj`, 'PLANNER')).get<{ readonly items: readonly Copy[]; readonly next?: string }>(
      `/v1/recognised-records?regionCode=${regionCode}${query}`,
    )
    return answer.body
  }
  const allIn = async (regionCode: string, recordId: string) =>
    (await copiesIn(regionCode, '&limit=500')).items.filter((copy) => copy.recordId === recordId)
  const copyIn = async (regionCode: string, recordId: string) => (await allIn(regionCode, recordId))[0]
  /** Of Jixi, Shuangyashan, Qitaihe and Hegang; undefined where there is no copy. */
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
      issuedAt: dateOf.others,
      withdrawn: false,
    })
    await eventually(() =>
      expect(told('rec-a').map(({ type, topic }) => [type, topic])).toEqual([[recognitionShared.type, 'hegang.joint.recognition.v1']]),
    )
  })

  it('SEC-10 carries purpose and receivers on the record itself, XRG-10 and of persons nothing', () => {
    expect(told('rec-a')[0]?.payload).toEqual({
      recordId: 'rec-a',
      groupId: 'four-coal-cities',
      issuingRegionCode: cities.hegang,
      unitId: '230400-scj',
      kind: 'CHECK_RESULT',
      objectCode,
      objectName: '示例企业',
      content: '营业执照规范使用情况的检查：ORDERED_CORRECT',
      issuedAt: dateOf.others,
      purpose: '监管信息互认',
      receiverRegionCodes: [cities.jixi, cities.shuangyashan, cities.qitaihe],
    })
  })

  const switchedOff = (...ids: readonly string[]) =>
    fourCityPolicy((groups) =>
      groups.map((group) => ({
        ...group,
        aspects: group.aspects.map((aspect) => (ids.includes(aspect.id) ? { ...aspect, enabled: false } : aspect)),
      })),
    )

  it('XRG-03 shares nothing of a city that has recognition switched off, XRG-01 nor of one in no group', async () => {
    joint.registry.bind(cities.qitaihe, switchedOff('MUTUAL_RECOGNITION'))
    const off = await publish('off', cities.qitaihe, { publishedAt: dateOf.off })
    const outside = await publish('outside', outsider)
    await joint.applied(publicationPublished.topic, 'pub-off', off)
    await joint.applied(publicationPublished.topic, 'pub-outside', outside)
    for (const id of ['rec-off', 'rec-outside']) {
      expect(await withdraw(id, `${cities.qitaihe}-scj`)).toMatchObject({ status: 404 })
    }
    joint.registry.bind(cities.qitaihe, fourCityPolicy())
  })

  it('XRG-03 shares what a city publishes with the other two aspects switched off', async () => {
    joint.registry.bind(cities.qitaihe, switchedOff('INFORMATION_SHARING', 'UNIFIED_RULES'))
    await publish('others-off', cities.qitaihe, { publishedAt: dateOf.otherAspectsOff })
    await eventually(async () => expect(await withdrawnIn('rec-others-off')).toEqual([false, false, undefined, false]))
    joint.registry.bind(cities.qitaihe, fourCityPolicy())
  })

  it('XRG-10 shares nothing more of a city that has left the group', async () => {
    joint.registry.bind(
      cities.shuangyashan,
      fourCityPolicy(() => []),
    )
    const seq = await publish('left', cities.shuangyashan, { publishedAt: dateOf.left })
    await joint.applied(publicationPublished.topic, 'pub-left', seq)
    expect(await withdraw('rec-left', `${cities.shuangyashan}-scj`)).toMatchObject({ status: 404 })
    joint.registry.bind(cities.shuangyashan, fourCityPolicy())
  })

  it('XRG-10 recognises nothing more in a city that has left, though the others still name it', async () => {
    joint.registry.bind(
      cities.qitaihe,
      fourCityPolicy(() => []),
    )
    await publish('without', cities.hegang, { publishedAt: dateOf.leftAsReceiver })
    await received('hegang', 'rec-without')
    expect(await withdrawnIn('rec-without')).toEqual([false, false, undefined, undefined])
    joint.registry.bind(cities.qitaihe, fourCityPolicy())
  })

  it('XRG-07 XRG-10 SEC-10 is withdrawn everywhere by the unit that issued it, and only by that unit', async () => {
    await publish('b', cities.jixi)
    await eventually(async () => expect(await withdrawnIn('rec-b')).toEqual([undefined, false, false, false]))
    for (const unitId of ['230300-yzj', '230400-scj', '230000-scj']) {
      expect(await withdraw('rec-b', unitId)).toMatchObject({ status: 403 })
    }
    const planner = await joint.as('230300-scj', 'PLANNER')
    expect(await planner.post('/v1/shared-records/rec-b/withdraw', { reason: '信用修复' })).toMatchObject({ status: 403 })
    expect(await withdrawnIn('rec-b')).toEqual([undefined, false, false, false])
    expect(await withdraw('rec-b', '230300-scj')).toMatchObject({ status: 200, body: { withdrawn: { reason: '信用修复' } } })
    await eventually(async () => expect(await withdrawnIn('rec-b')).toEqual([undefined, true, true, true]))
    expect(await copyIn(cities.hegang, 'rec-b')).toMatchObject({ issuingRegionCode: cities.jixi, withdrawn: true })

    expect(await withdraw('rec-b', '230300-scj')).toMatchObject({ status: 200 })
    await eventually(() => expect(told('rec-b').map(({ type }) => type)).toEqual([recognitionShared.type, recognitionWithdrawn.type]))
    expect(await withdraw('rec-none', '230300-scj')).toMatchObject({ status: 404 })
  })

  it('XRG-07 is withdrawn everywhere when its own region stops showing it', async () => {
    await publish('c', cities.jixi)
    await stop('c', cities.jixi)
    await eventually(async () => expect(await withdrawnIn('rec-c')).toEqual([undefined, true, true, true]))
    await eventually(() =>
      expect(told('rec-c').at(-1)?.payload).toMatchObject({ reason: '信用修复', withdrawnAt: '2099-05-01T00:00:00.000Z' }),
    )
  })

  it('XRG-07 is withdrawn once by those who withdraw it at the same time', async () => {
    await publish('both', cities.jixi)
    await eventually(async () => expect(await copyIn(cities.hegang, 'rec-both')).toBeDefined())
    const [first, second, seq] = await Promise.all([
      withdraw('rec-both', '230300-scj'),
      withdraw('rec-both', '230300-scj'),
      stop('both', cities.jixi),
    ])
    expect([first.status, second.status]).toEqual([200, 200])
    await joint.applied(publicationStopped.topic, 'pub-both', seq)
    await eventually(async () => expect(await withdrawnIn('rec-both')).toEqual([undefined, true, true, true]))
    await received('jixi', 'rec-both', 2)
    await eventually(() => expect(told('rec-both').map(({ type }) => type)).toEqual([recognitionShared.type, recognitionWithdrawn.type]))
  })

  it('XRG-07 is withdrawn also where the withdrawal arrives before the share', async () => {
    await mirrored('hegang', recognitionWithdrawn, 'rec-early', 2, withdrawn('rec-early', cities.hegang))
    await mirrored('hegang', recognitionShared, 'rec-early', 1, shared('rec-early', cities.hegang, [cities.jixi]))
    await received('hegang', 'rec-early', 2)
    expect(await withdrawnIn('rec-early')).toEqual([true, undefined, undefined, undefined])
  })

  it('XRG-07 stays withdrawn where the share is told anew, as after a crash before its mark', async () => {
    await mirrored('jixi', recognitionShared, 'rec-c', 3, shared('rec-c', cities.jixi, [cities.hegang, cities.qitaihe]))
    await received('jixi', 'rec-c', 3)
    expect(await withdrawnIn('rec-c')).toEqual([undefined, true, true, true])
    expect(await allIn(cities.hegang, 'rec-c')).toHaveLength(1)
  })

  it('XRG-07 is neither withdrawn nor hidden by what another region sends under its id', async () => {
    await mirrored('jixi', recognitionShared, 'rec-d', 1, shared('rec-d', cities.jixi, [cities.qitaihe]))
    await received('jixi', 'rec-d')
    await publish('d', cities.hegang)
    await eventually(async () => expect((await copyIn(cities.jixi, 'rec-d'))?.withdrawn).toBe(false))
    await mirrored('jixi', recognitionWithdrawn, 'rec-d', 2, withdrawn('rec-d', cities.hegang))
    await received('jixi', 'rec-d', 2)
    expect((await copyIn(cities.jixi, 'rec-d'))?.withdrawn).toBe(false)
    expect(await allIn(cities.qitaihe, 'rec-d')).toMatchObject([
      { issuingRegionCode: cities.hegang, withdrawn: false },
      { issuingRegionCode: cities.jixi, withdrawn: true },
    ])
  })

  it('XRG-07 is shown only as issued by the region whose topic brings it', async () => {
    await mirrored('jixi', recognitionShared, 'rec-false', 1, shared('rec-false', cities.hegang, [cities.shuangyashan, cities.qitaihe]))
    await received('jixi', 'rec-false')
    expect(await withdrawnIn('rec-false')).toEqual([undefined, undefined, undefined, undefined])
  })

  it('XRG-07 ignores a record that comes back to its own region, and shares it no further', async () => {
    const everywhere = Object.values(cities)
    await mirrored('jixi', recognitionShared, 'rec-back', 1, shared('rec-back', cities.jixi, everywhere))
    await mirrored('hegang', recognitionShared, 'rec-back', 1, shared('rec-back', cities.jixi, everywhere))
    await received('jixi', 'rec-back')
    await received('hegang', 'rec-back')
    expect(await withdrawnIn('rec-back')).toEqual([undefined, false, false, false])
    await eventually(() => expect(told('rec-back')).toHaveLength(2))
    expect(await withdraw('rec-back', '230300-scj')).toMatchObject({ status: 404 })
  })

  it('INT-15 changes nothing when every event comes again', async () => {
    const before = ['rec-a', 'rec-b', 'rec-c'].flatMap(told).length
    const copies = await copiesIn(cities.qitaihe, '&limit=500')
    await joint.bus.repeat()
    await publish('e', cities.hegang)
    await eventually(async () => expect(await copyIn(cities.qitaihe, 'rec-e')).toBeDefined())
    const again = await copiesIn(cities.qitaihe, '&limit=500')
    expect(again.items.filter(({ recordId }) => recordId !== 'rec-e')).toEqual(copies.items)
    expect(['rec-a', 'rec-b', 'rec-c'].flatMap(told)).toHaveLength(before)
  })

  it('INT-15 shares once, and keeps withdrawn, what is published anew, as after a crash before its mark', async () => {
    const before = ['rec-a', 'rec-c'].flatMap(told).length
    await joint.applied(publicationPublished.topic, 'pub-a', await publish('a', cities.hegang))
    await joint.applied(publicationPublished.topic, 'pub-c', await publish('c', cities.jixi))
    await joint.applied(publicationPublished.topic, 'pub-c', await stop('c', cities.jixi))
    await publish('f', cities.hegang)
    await eventually(async () => expect(await copyIn(cities.jixi, 'rec-f')).toBeDefined())
    expect(['rec-a', 'rec-c'].flatMap(told)).toHaveLength(before)
    expect(await withdrawnIn('rec-c')).toEqual([undefined, true, true, true])
  })

  it('INT-15 waits for a policy without holding up the others', async () => {
    const seq = await publish('waiting', unbound)
    await publish('g', cities.hegang)
    await eventually(async () => expect(await copyIn(cities.jixi, 'rec-g')).toBeDefined())
    joint.registry.bind(unbound, fourCityPolicy())
    await joint.applied(publicationPublished.topic, 'pub-waiting', seq)
  })

  const known = '91230300MA18B7XQ34'

  it('XRG-04 finds what the other cities know of an object, page by page, JNT-21 for every department', async () => {
    await publish('k1', cities.hegang, { object: known })
    await publish('k2', cities.qitaihe, { object: known })
    await publish('k3', cities.shuangyashan, { object: known })
    await publish('own', cities.jixi, { object: known })
    await eventually(async () => expect((await copiesIn(cities.jixi, `&objectCode=${known}`)).items).toHaveLength(3))
    const all = await copiesIn(cities.jixi, `&objectCode=${known}&limit=3`)
    expect(all.items.map(({ recordId, issuingRegionCode }) => [recordId, issuingRegionCode])).toEqual([
      ['rec-k1', cities.hegang],
      ['rec-k2', cities.qitaihe],
      ['rec-k3', cities.shuangyashan],
    ])
    expect(all.next).toBeUndefined()
    const first = await copiesIn(cities.jixi, `&objectCode=${known}&limit=2`)
    expect(first).toEqual({ items: all.items.slice(0, 2), next: 'rec-k2' })
    expect(await copiesIn(cities.jixi, `&objectCode=${known}&limit=2&after=rec-k2`)).toEqual({ items: all.items.slice(2) })
    expect((await copiesIn(cities.jixi, '&objectCode=91230300MA18B7XQ42')).items).toEqual([])
    expect(await joint.recognisedRecords(cities.jixi, known)).toHaveLength(3)
    const police = await joint.as('230300-gaj', 'INSPECTOR')
    expect(await police.get(`/v1/recognised-records?regionCode=${cities.jixi}&objectCode=${known}`)).toEqual(
      expect.objectContaining({ status: 200, body: all }),
    )
  })

  it('SEC-02 shows a region’s copies to that region and those above it alone', async () => {
    const read = async (unitId: string, role: string) =>
      (await (await joint.as(unitId, role)).get(`/v1/recognised-records?regionCode=${cities.jixi}`)).status
    expect(await read('230300-scj', 'PLANNER')).toBe(200)
    expect(await read('230000-scj', 'PLANNER')).toBe(200)
    expect(await read('230400-scj', 'PLANNER')).toBe(403)
    expect(await read('230302-scj', 'PLANNER')).toBe(403)
    expect(await read('230300-scj', 'PUBLISHER')).toBe(403)
  })

  it('SEC-02 bounds the same copies over gRPC', async () => {
    const client = createGrpcClient(JointServiceClient, { address: `127.0.0.1:${joint.service.grpcPort}`, peer: 'joint' })
    const read = async (regionCode: string, role: string) => {
      const token = await joint.scope.issuer.token({ subject: 'wang', unitId: `${regionCode}-scj`, regionCode, roles: [role] })
      const context = { deadline: Date.now() + 10_000, token, traceId: newTraceId() }
      return await client.unary('listRecognisedRecords', { regionCode: cities.jixi, objectCode: known }, context)
    }
    expect((await read(cities.jixi, 'INSPECTOR')).records).toHaveLength(3)
    await expect(read(cities.hegang, 'INSPECTOR')).rejects.toMatchObject({ code: 'region-not-allowed' })
    await expect(read(cities.jixi, 'PUBLISHER')).rejects.toMatchObject({ code: 'role-required' })
    client.close()
  })
})
