import { readFileSync } from 'node:fs'
import { parseNdjson } from '@dual-random/draw'
import type { Shape } from '@dual-random/draw/forms'
import type { Json } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { exclusionLineShape, matchInputLineShape, matchRecordShape, privateObjectShape, repeatEvidence } from './private-shapes.ts'

type Members = Readonly<Record<string, Json>>
const digest = '0'.repeat(64)
const faultOf = (shape: Shape, value: Json): string => shape(value, '')?.where ?? 'good'

const object: Members = {
  label: digest,
  id: 'o',
  salt: digest,
  ownerRegion: '230300',
  stratum: 'A',
  grade: { value: 'A', source: 'GENERAL_RESULT', asOf: '2026-02-01' },
  needs: ['food'],
}
const exclusion: Members = { label: digest, ground: 'g', evidence: 'e' }
const exclusions: Members = { type: 'dual-random/exclusions/v1', nonce: digest }
const inspector: Members = {
  label: digest,
  id: 'i',
  salt: digest,
  homeKind: 'OFFICE',
  homeUnitId: 'u',
  specialities: ['food'],
  validTo: '2026-12-31',
  available: true,
  load: 0,
}
const needs: Members = {
  label: digest,
  specialities: ['food'],
  recusals: [{ inspector: digest, ground: 'g' }],
  lastInspectors: [digest],
}
const header: Members = {
  type: 'dual-random/match-input/v1',
  drawId: digest,
  unitId: 'u',
  nonce: digest,
  day: '2026-06-30',
  teamSize: 1,
  initiator: true,
  selection: { mode: 'm', ground: 'g', offices: true, stations: ['s'], paired: false },
  loadCap: { cap: 0, rule: 'strict' },
  lastInspector: 'ignore',
}
const shortage: Members = { unitId: 'u', needed: 1, available: 0, missingSide: 'OFFICE', ruledOut: [{ filter: 'f', count: 1 }] }
const matched: Members = {
  position: 1,
  object: digest,
  stratum: 'A',
  teams: [{ unitId: 'u', members: [digest] }],
  leader: digest,
  shortages: [shortage],
}
const record: Members = { type: 'dual-random/match/v1', drawId: digest, transcriptDigest: digest, nonce: digest, matches: [matched] }

const plain = (value: Members): Json => value
/** A value with the shape it must have, how a file holds it, and the pointer of its members there. */
const forms: readonly (readonly [string, Shape, Members, (value: Members) => Json, string])[] = [
  ['an object', privateObjectShape, object, plain, ''],
  ['its grade', privateObjectShape, object['grade'] as Members, (grade) => ({ ...object, grade }), '/grade'],
  ['an exclusion', exclusionLineShape, exclusion, plain, ''],
  ['the head of the exclusions', exclusionLineShape, exclusions, plain, ''],
  ['an inspector', matchInputLineShape, inspector, (value) => ({ inspector: value }), '/inspector'],
  ['what an object asks for', matchInputLineShape, needs, (value) => ({ object: value }), '/object'],
  [
    'what it asks for in a rematch',
    matchInputLineShape,
    { ...needs, kept: [digest], leader: digest },
    (value) => ({ object: value }),
    '/object',
  ],
  ['the head of a unit’s file', matchInputLineShape, header, plain, ''],
  ['that of a rematch', matchInputLineShape, { ...header, rematch: true }, plain, ''],
  ['its selection', matchInputLineShape, header['selection'] as Members, (selection) => ({ ...header, selection }), '/selection'],
  ['its cap', matchInputLineShape, header['loadCap'] as Members, (loadCap) => ({ ...header, loadCap }), '/loadCap'],
  ['a record of matching', matchRecordShape, record, plain, ''],
  ['one of its objects', matchRecordShape, matched, (value) => ({ ...record, matches: [value] }), '/matches/0'],
  [
    'a shortage',
    matchRecordShape,
    shortage,
    (value) => ({ ...record, matches: [{ ...matched, shortages: [value] }] }),
    '/matches/0/shortages/0',
  ],
]
/** Members that tell one kind of line from another: without them it is another kind that is asked for. */
const tells = new Set(['type', 'rematch', 'kept'])
const nullable = new Set(['grade', 'validTo', 'loadCap', 'stations', 'leader', 'missingSide'])

describe.each(forms)('%s', (_, shape, value, held, at) => {
  it('is of its form, member by member, and has no other', () => {
    expect(faultOf(shape, held(value))).toBe('good')
    for (const name of Object.keys(value)) {
      expect([name, faultOf(shape, held({ ...value, [name]: -1 }))]).toEqual([name, `${at}/${name}`])
      expect([name, faultOf(shape, held({ ...value, [name]: null }))]).toEqual([name, nullable.has(name) ? 'good' : `${at}/${name}`])
    }
    for (const name of Object.keys(value).filter((one) => !tells.has(one))) {
      const { [name]: _left, ...others } = value
      expect([name, faultOf(shape, held(others))]).toEqual([name, `${at}/${name}`])
    }
    expect(faultOf(shape, held({ ...value, zz: 1 }))).toBe(`${at}/zz`)
  })
})

describe('the words of the private files', () => {
  it.each<readonly [string, Shape, (word: string) => Json, readonly string[]]>([
    ['/inspector/homeKind', matchInputLineShape, (homeKind) => ({ inspector: { ...inspector, homeKind } }), ['OFFICE', 'STATION']],
    ['/loadCap/rule', matchInputLineShape, (rule) => ({ ...header, loadCap: { cap: 1, rule } }), ['strict', 'prefer']],
    ['/lastInspector', matchInputLineShape, (lastInspector) => ({ ...header, lastInspector }), ['strict', 'prefer', 'ignore']],
    [
      '/matches/0/shortages/0/missingSide',
      matchRecordShape,
      (missingSide) => ({ ...record, matches: [{ ...matched, shortages: [{ ...shortage, missingSide }] }] }),
      ['OFFICE', 'STATION'],
    ],
    ['/type', exclusionLineShape, (type) => ({ ...exclusions, type }), ['dual-random/exclusions/v1']],
    ['/type', matchInputLineShape, (type) => ({ ...header, type }), ['dual-random/match-input/v1']],
    ['/type', matchRecordShape, (type) => ({ ...record, type }), ['dual-random/match/v1']],
  ])('at %s are these and no others', (pointer, shape, held, words) => {
    for (const word of words) expect(faultOf(shape, held(word))).toBe('good')
    for (const word of ['', 'other']) expect(faultOf(shape, held(word))).toBe(pointer)
  })

  it('say yes or no where they say either, and a rematch only yes', () => {
    for (const truth of [true, false]) {
      expect(faultOf(matchInputLineShape, { inspector: { ...inspector, available: truth } })).toBe('good')
      const selection = { ...(header['selection'] as Members), offices: truth, paired: truth }
      expect(faultOf(matchInputLineShape, { ...header, initiator: truth, selection })).toBe('good')
    }
    expect(faultOf(matchInputLineShape, { ...header, rematch: false })).toBe('/rematch')
  })

  it('are of lists whose every element is of its form', () => {
    const bad: readonly (readonly [Shape, Json, string])[] = [
      [privateObjectShape, { ...object, needs: [''] }, '/needs/0'],
      [matchInputLineShape, { inspector: { ...inspector, specialities: [''] } }, '/inspector/specialities/0'],
      [matchInputLineShape, { object: { ...needs, specialities: [''] } }, '/object/specialities/0'],
      [matchInputLineShape, { object: { ...needs, recusals: [{ inspector: '', ground: 'g' }] } }, '/object/recusals/0/inspector'],
      [matchInputLineShape, { object: { ...needs, recusals: [{ inspector: digest, ground: '' }] } }, '/object/recusals/0/ground'],
      [matchInputLineShape, { object: { ...needs, lastInspectors: [''] } }, '/object/lastInspectors/0'],
      [matchInputLineShape, { object: { ...needs, kept: [''], leader: null } }, '/object/kept/0'],
      [matchInputLineShape, { ...header, selection: { ...(header['selection'] as Members), stations: [''] } }, '/selection/stations/0'],
      [matchRecordShape, { ...record, matches: [{ ...matched, teams: [{ unitId: '', members: [] }] }] }, '/matches/0/teams/0/unitId'],
      [matchRecordShape, { ...record, matches: [{ ...matched, teams: [{ unitId: 'u', members: [''] }] }] }, '/matches/0/teams/0/members/0'],
      [
        matchRecordShape,
        { ...record, matches: [{ ...matched, shortages: [{ ...shortage, ruledOut: [{ filter: '', count: 1 }] }] }] },
        '/matches/0/shortages/0/ruledOut/0/filter',
      ],
      [
        matchRecordShape,
        { ...record, matches: [{ ...matched, shortages: [{ ...shortage, ruledOut: [{ filter: 'f', count: 0 }] }] }] },
        '/matches/0/shortages/0/ruledOut/0/count',
      ],
    ]
    for (const [shape, value, where] of bad) expect(faultOf(shape, value)).toBe(where)
  })

  it('are of records, whatever else stands in the line', () => {
    for (const shape of [privateObjectShape, exclusionLineShape, matchInputLineShape, matchRecordShape])
      for (const value of [null, 'a', 0, []]) expect(shape(value, '')).toMatchObject({ where: '', expected: 'an object' })
  })
})

describe('the evidence of a repeat', () => {
  const evidence = ({ drawId = digest, label = 'f'.repeat(64), number = '-', why = 'BARRED' } = {}): string =>
    [drawId, label, number, why].join(' ')

  it.each([
    evidence(),
    evidence({ why: 'NEEDS_REASON' }),
    evidence({ number: '2303002026-N-scj-L01B1-00007-01' }),
    evidence({ number: '2303002026-L-230302_gaj-L01B2R1-00007-01' }),
    evidence({ number: '7' }),
  ])('DRW-20 names draw, label, task and why: %s', (good) => expect(faultOf(repeatEvidence, good)).toBe('good'))

  it.each([
    '',
    'drawn before',
    evidence({ drawId: '0'.repeat(63) }),
    evidence({ drawId: '0'.repeat(65) }),
    evidence({ drawId: 'A'.repeat(64) }),
    evidence({ drawId: '-' }),
    evidence({ label: 'f'.repeat(63) }),
    evidence({ label: 'f'.repeat(65) }),
    evidence({ label: 'g'.repeat(64) }),
    evidence({ label: '-' }),
    evidence({ number: '' }),
    evidence({ number: '--' }),
    evidence({ number: '_7' }),
    evidence({ number: '任务7' }),
    evidence({ number: 'two words' }),
    evidence({ why: '' }),
    evidence({ why: 'barred' }),
    evidence({ why: 'OTHER' }),
    ` ${evidence()}`,
    `${evidence()} `,
    `${evidence()}\n`,
    `${evidence()} BARRED`,
    evidence().replace(' ', '  '),
  ])('DRW-20 is nothing else: %j', (bad) => expect(repeatEvidence(bad, '/evidence')).toMatchObject({ where: '/evidence', code: 'not-a' }))

  it.each(['bundle-sha256', 'bundle-sm3', 'redrawn-sha256', 'redrawn-sm3', 'joint-redrawn-sha256', 'joint-redrawn-sm3'])(
    'DRW-20 is what the second implementation writes in %s',
    (name) => {
      const vector = new URL(`../../../../tests/vectors/draw/${name}.json`, import.meta.url)
      const { privateExclusionsText } = JSON.parse(readFileSync(vector, 'utf8')) as { readonly privateExclusionsText: string }
      const lines = parseNdjson(privateExclusionsText)
      if (!lines.ok) throw new Error(JSON.stringify(lines.error))
      const repeats = (lines.value as readonly Members[]).filter(({ ground }) => ground === 'REPEAT_BAR')
      expect(repeats.map((line) => faultOf(repeatEvidence, line['evidence'] ?? null))).toEqual(['good'])
    },
  )
})
