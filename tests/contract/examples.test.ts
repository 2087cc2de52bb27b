import { contractOf, events, missingFields } from '@dual-random/contracts'
import { deriveDrawId } from '@dual-random/draw'
import { creditCodeProblem, isId, parseInstant, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { decodePayload, fromRecord, toRecord } from '@dual-random/messaging'
import { describe, expect, it } from 'vitest'
import { type Example, examples, golden, outgoing } from './support/examples.ts'

const contractFor = ({ event }: Example) => {
  const contract = contractOf(event.type)
  if (contract === undefined) throw new Error(`${event.type} is not in the catalogue`)
  return contract
}

describe('golden events', () => {
  it.each(examples)('$service/$name is whole, and the same after a trip through its message', (example) => {
    const { message, optional } = contractFor(example)
    const decoded = message.fromJSON(example.event.data)
    expect(missingFields(message, decoded, optional)).toEqual([])
    expect(message.toJSON(decoded)).toEqual(example.event.data)
    expect(message.toJSON(message.decode(message.encode(decoded).finish()))).toEqual(example.event.data)
  })

  it.each(examples)('$service/$name crosses the broker as it is', (example) => {
    const record = toRecord(outgoing(example.event))
    const { data, datacontenttype, ...attributes } = example.event
    expect(record.headers).toMatchObject(Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])))
    expect(record.headers['content-type']).toBe(datacontenttype)
    const event = fromRecord(record)
    expect(event.ok && event.value.payload).toEqual(data)
    expect(event.ok && decodePayload(contractFor(example), event.value)).toBeTruthy()
  })

  it.each(examples)('$service/$name names its owner, its aggregate and its file alike', ({ service, name, event }) => {
    const [, , owner, aggregate, past] = event.type.split('.')
    expect([owner, `${aggregate}-${past}`]).toEqual([service, name])
    expect(event.source).toBe(`/${event.regioncode}/${service}`)
    expect(event.id).toBe(`${event.subject}:${event.sequence}`)
    expect(isId(event.subject)).toBe(true)
    expect(parseInstant(event.time)).toBeDefined()
    expect(Object.values(event.data)).toContain(event.subject)
  })

  it('have one name each', () => {
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length)
  })

  it('refuse to decode when a field is gone', () => {
    const { topic, at, ...event } = outgoing(golden('draw-matched'))
    const { transcriptDigest: _gone, ...data } = JSON.parse(event.json) as Record<string, unknown>
    const read = fromRecord(toRecord({ ...event, topic, at, json: JSON.stringify(data) }))
    expect(() => read.ok && decodePayload(events.drawing.drawMatched, read.value)).toThrow(/transcriptDigest/)
  })

  it('carry ids that the rules of the draw make', () => {
    const { planId, lineId, batch, attempt, regionCode, drawId } = golden('draw-frozen').data
    const subject = { kind: 'plan-line', planId: String(planId), lineId: String(lineId) } as const
    const hash = { name: 'sha256', digest: sha256 } as const
    expect(deriveDrawId(hash, { regionCode: String(regionCode), subject, batch: Number(batch), attempt: Number(attempt) })).toBe(drawId)
    const { taskId, itemCode, resultId, objectCode } = golden('result-recorded').data
    expect(toHex(sha256(tlv('result', String(taskId), String(itemCode)))).slice(0, 32)).toBe(resultId)
    expect(creditCodeProblem(String(objectCode))).toBeUndefined()
    expect(golden('publication-published').data['publicationId']).toBe(`pub-${String(resultId)}`)
  })

  it('DRW-34 tell of a draw and of its tasks without an object or an inspector', () => {
    const { objectId, objectCode, objectName } = golden('result-recorded').data
    const beforeVisits = examples.filter(({ service, event }) => service === 'drawing' || /\.(task|list-match)\./.test(event.type))
    expect(beforeVisits.length).toBeGreaterThan(8)
    for (const { name, event } of beforeVisits) {
      for (const secret of [objectId, objectCode, objectName]) expect(JSON.stringify(event.data), name).not.toContain(secret)
      expect(Object.keys(event.data).join(' '), name).not.toMatch(/inspector|object/i)
    }
  })

  it('cover the topics that services hear of each other', () => {
    const covered = new Set(examples.map(({ event }) => event.type))
    const heard = ['planning', 'drawing', 'inspection', 'publication', 'joint'] as const
    const alone = new Set([events.drawing.regionLogAppended.topic])
    const wanted = heard.flatMap((service) => Object.values(events[service]).filter(({ topic }) => !alone.has(topic)))
    expect(wanted.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([])
  })
})
