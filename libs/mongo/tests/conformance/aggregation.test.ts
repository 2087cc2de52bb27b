import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, openConformance, type TextCollection } from './bench.ts'

let bench: ConformanceBench
let results: TextCollection
let followUps: TextCollection

const scope = { 'state.regionCode': { $gte: '2303', $lt: '2303~' } }
const within = { $gte: '2026-01-01', $lte: '2026-12-31' }

beforeAll(async () => {
  bench = await openConformance()
  results = await bench.collection([
    { _id: 'r1', mark: 1, state: { regionCode: '230301', recordedOn: '2026-01-01', problem: true, visitId: 'v1', drawn: 3 } },
    { _id: 'r2', mark: 1, state: { regionCode: '230302', recordedOn: '2026-05-01', problem: true, visitId: 'v1', drawn: 4 } },
    { _id: 'r3', mark: 1, state: { regionCode: '230300', recordedOn: '2026-12-31', problem: false, visitId: 'v2', drawn: 5 } },
    { _id: 'r4', mark: 1, state: { regionCode: '2304', recordedOn: '2026-05-01', problem: true, visitId: 'v3', drawn: 7 } },
    { _id: 'r5', mark: 2, state: null },
  ])
  followUps = await bench.collection([
    { _id: 'f1', state: { regionCode: '230301', resultId: 'r1', closed: true } },
    { _id: 'f2', state: { regionCode: '230302', resultId: 'r2', closed: false } },
    { _id: 'f3', state: { regionCode: '230302', resultId: 'r2', closed: true } },
    { _id: 'f4', state: { regionCode: '230302', resultId: 'gone', closed: true } },
  ])
})
afterAll(() => bench[Symbol.asyncDispose]())

const byText = (left: unknown, right: unknown): number => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)

describe('an aggregation', () => {
  it('sums a path and a one over all that matches, and gives no row for nothing', async () => {
    const total = [
      { $match: { ...scope, 'state.recordedOn': within } },
      { $group: { _id: null, total: { $sum: '$state.drawn' }, count: { $sum: 1 } } },
    ]
    expect(await results.aggregate(total).toArray()).toEqual([{ _id: null, total: 12, count: 3 }])
    expect(
      await results.aggregate([{ $match: { 'state.regionCode': '99' } }, { $group: { _id: null, total: { $sum: 1 } } }]).toArray(),
    ).toEqual([])
    // A path that a document lacks adds nothing.
    expect(await results.aggregate([{ $group: { _id: null, total: { $sum: '$state.drawn' } } }]).toArray()).toEqual([
      { _id: null, total: 19 },
    ])
  })

  it('groups by a field with the least of another, and matches groups', async () => {
    const visits = [
      { $match: { 'state.recordedOn': { $gt: '', $lte: '2026-12-31' } } },
      { $group: { _id: '$state.visitId', first: { $min: '$state.recordedOn' } } },
    ]
    expect((await results.aggregate(visits).toArray()).sort(byText)).toEqual([
      { _id: 'v1', first: '2026-01-01' },
      { _id: 'v2', first: '2026-12-31' },
      { _id: 'v3', first: '2026-05-01' },
    ])
    const counted = [...visits, { $match: { first: { $gte: '2026-05-01' } } }, { $group: { _id: null, total: { $sum: 1 } } }]
    expect(await results.aggregate(counted).toArray()).toEqual([{ _id: null, total: 2 }])
  })

  it('groups by several fields at once', async () => {
    const keys = [{ $match: { mark: 1 } }, { $group: { _id: { visit: '$state.visitId', problem: '$state.problem' } } }]
    expect((await results.aggregate(keys).toArray()).sort(byText)).toEqual([
      { _id: { visit: 'v1', problem: true } },
      { _id: { visit: 'v2', problem: false } },
      { _id: { visit: 'v3', problem: true } },
    ])
  })

  it('looks another collection up, indexed or not, as an array that conditions reach into', async () => {
    const closed = [
      { $match: { ...scope, 'state.closed': true } },
      { $lookup: { from: results.collectionName, localField: 'state.resultId', foreignField: '_id', as: 'result' } },
      { $match: { 'result.state.recordedOn': within, 'result.state.problem': true } },
      { $group: { _id: null, total: { $sum: 1 } } },
    ]
    expect(await followUps.aggregate(closed).toArray()).toEqual([{ _id: null, total: 2 }])
    const withoutClosed = [
      { $match: { ...scope, 'state.problem': true } },
      { $lookup: { from: followUps.collectionName, localField: '_id', foreignField: 'state.resultId', as: 'followUp' } },
      { $match: { 'followUp.state.closed': { $ne: true } } },
    ]
    expect(await results.aggregate(withoutClosed).toArray()).toEqual([])
    await followUps.updateOne({ _id: 'f3' }, { $set: { 'state.closed': false } })
    for (const indexed of [false, true]) {
      if (indexed) await followUps.createIndex({ 'state.resultId': 1 })
      const found = await results.aggregate(withoutClosed).toArray()
      expect(found.map(({ _id, followUp }) => [_id, (followUp as unknown[]).length])).toEqual([['r2', 2]])
    }
  })

  it('unwinds what it looked up: one row for each, none for nothing', async () => {
    const rows = [
      { $lookup: { from: followUps.collectionName, localField: '_id', foreignField: 'state.resultId', as: 'followUp' } },
      { $unwind: '$followUp' },
      { $match: { 'followUp.state.regionCode': { $gte: '2303', $lt: '2303~' } } },
      { $group: { _id: null, total: { $sum: '$state.drawn' } } },
    ]
    expect(await results.aggregate(rows).toArray()).toEqual([{ _id: null, total: 3 + 4 + 4 }])
  })
})
