import type { Commitment } from '@dual-random/draw'
import { utf8 } from '@dual-random/kernel'
import {
  auditedBy,
  type DemoFiles,
  type DemoOptions,
  demoBundle,
  demoFamily,
  demoJoint,
  namedFiles,
  openingText,
  partNames,
  superior,
  unit,
} from '@dual-random/verify/testing'
import { describe, expect, it } from 'vitest'
import type { StratumFall } from './fall.ts'
import { runJob } from './jobs.ts'
import { type Bundle, type PageVerdict, verifyInPage } from './verify-job.ts'

const verify = (bundle: Bundle, drawId?: string): PageVerdict => verifyInPage({ bundle, drawId }, () => undefined)
const files = demoBundle()
const withOpening = (opening: Parameters<typeof openingText>[0]): PageVerdict =>
  verify({ ...namedFiles(files), opening: { name: 'opening.json', bytes: utf8(openingText(opening)) } })
const keysOf = ({ keys = '' }: DemoFiles) => ({ name: 'keys-230300.json', bytes: utf8(keys) })

describe('the verification in the page', { timeout: 60_000 }, () => {
  it('DRW-31 says MATCH by both hashes, that it is a demonstration, and what was recomputed', () => {
    for (const options of [{}, { hash: 'sm3' }] as const) {
      const demo = demoBundle(options)
      expect(verify(namedFiles(demo), demo.drawId)).toMatchObject({
        status: 'MATCH',
        demo: true,
        findings: { drawn: demo.drawnIds.length, tickets: 36, opened: 4, hasWholeLog: true },
      })
    }
    const { transcript, commitment, roster } = namedFiles(files)
    const verdict = verify({ transcript, commitment, roster })
    expect(verdict).toMatchObject({ status: 'MATCH', findings: { hasWholeLog: false } })
    expect('findings' in verdict && 'opened' in verdict.findings).toBe(false)
  })

  it('DRW-31 is PENDING without the keys file that its reader pins, MATCH with it, and refused with one that is none', () => {
    const witnessed = demoBundle({ witnessed: true, withReveal: true })
    expect(verify(namedFiles(witnessed))).toMatchObject({ status: 'PENDING', missing: ['keys'] })
    expect(verify({ ...namedFiles(witnessed), keys: [keysOf(witnessed)] })).toMatchObject({ status: 'MATCH' })
    const broken = { name: 'keys-230300.json', bytes: utf8('{}') }
    expect(verify({ ...namedFiles(witnessed), keys: [broken] })).toMatchObject({
      status: 'REFUSED',
      reason: { zh: expect.stringContaining('keys-230300.json /genesis') as string },
    })
  })

  it('DRW-31 says FAILED of a draw that its superior gave up, with what was lost in both languages', () => {
    const failed = { type: 'dual-random/failed/v1', reason: 'data-lost', unitId: superior.unitId }
    const lost = demoBundle({
      extra: { transcript: ({ drawId }) => [{ kind: 'failed', drawId, of: { ...failed, drawId }, by: superior }] },
    })
    expect(verify(namedFiles(lost))).toMatchObject({
      status: 'FAILED',
      findings: {
        failure: {
          zh: expect.stringContaining('非公开文件已丢失') as string,
          en: expect.stringContaining('private files are lost') as string,
        },
      },
    })
  })

  it('DRW-31 names the first difference, and a bundle of another draw', () => {
    const roster = { ...namedFiles(files).roster, bytes: utf8(files.roster.replace('"stratum":"A"', '"stratum":"B"')) }
    expect(verify({ ...namedFiles(files), roster })).toMatchObject({ status: 'DIFFERENT', where: '/snapshot/strata', isOwnOpening: false })
    expect(verify(namedFiles(files), '0'.repeat(64))).toMatchObject({ status: 'DIFFERENT', where: '/drawId' })
  })

  it('DRW-32 says so where the pinned file asks for less than 30 days of the keys of beacons', () => {
    const said = [2_591_999, 2_592_000].map((beaconKeyAgeSeconds) => {
      const witnessed = demoBundle({ witnessed: true, demo: false, beaconKeyAgeSeconds })
      const verdict = verify({ ...namedFiles(witnessed), keys: [keysOf(witnessed)] })
      return verdict.status === 'MATCH' ? verdict.findings.shortKeyAge : verdict
    })
    expect(said).toEqual([
      {
        zh: '信标密钥：钉住的文件只要求入日志 2591999 秒，短于 30 天',
        en: 'beacon keys: the pinned file asks for 2591999 seconds in the log, not 30 days',
      },
      undefined,
    ])
  })

  it('DRW-31 says by whom the draw was audited, with what findings, or that it was not; without the log nothing', () => {
    const auditsOf = (extra: DemoOptions['extra'] = {}, without: { readonly log?: undefined } = {}) => {
      const witnessed = demoBundle({ witnessed: true, demo: false, extra })
      const verdict = verify({ ...namedFiles(witnessed), ...without, keys: [keysOf(witnessed)] })
      return 'findings' in verdict ? verdict.findings.audits : verdict
    }
    expect(auditsOf()).toEqual([
      {
        zh: '本次抽取尚未复核：抽中者是谁、由谁检查，尚无他方重算',
        en: 'this draw is not audited yet: who the drawn are, and who checks them, nobody else has recomputed',
      },
    ])
    const words = (findings: number) => ({
      zh: `${unit.unitId} 已复核本次抽取，异常 ${findings} 项`,
      en: `${unit.unitId} audited this draw, findings: ${findings}`,
    })
    expect(auditsOf({ match: auditedBy() })).toEqual([words(0)])
    expect(auditsOf({ match: auditedBy(3) })).toEqual([words(3)])
    expect(auditsOf({ match: auditedBy() }, { log: undefined })).toBeUndefined()
  })

  it('DRW-30 DRW-31 verifies a redraw with the files of the draws before it, and names one that is missing or tampered with', () => {
    const [parent, first, redraw] = demoFamily([{ purpose: 'replacement' }, { purpose: 'rematch' }])
    if (parent === undefined || first === undefined || redraw === undefined) throw new Error('no redraws')
    const own = new Set<string>(Object.values(partNames(redraw)))
    const family = Object.entries(redraw.family).flatMap(([name, text]) => (own.has(name) ? [] : [{ name, bytes: utf8(text) }]))
    const verdictWith = (of: typeof family) => verify({ ...namedFiles(redraw), family: of }, redraw.drawId)
    expect(verdictWith(family)).toMatchObject({
      status: 'MATCH',
      findings: { redraw: { drawId: redraw.drawId, after: 2 }, hasWholeLog: true },
    })
    const without = (name: string) => verdictWith(family.filter((one) => one.name !== name))
    for (const [name, what] of [
      [partNames(parent).transcript, '缺少原抽取的抽取记录（'],
      [partNames(parent).commitment, '缺少原抽取的承诺（'],
      [partNames(parent).roster, '缺少原抽取的名录（'],
      [partNames(first).commitment, '缺少此前一次补抽的承诺（'],
    ] as const)
      expect(without(name)).toMatchObject({ status: 'REFUSED', reason: { zh: expect.stringContaining(`${what}${name}`) as string } })
    expect(without(partNames(first).roster)).toMatchObject({ status: 'MATCH' })
    const roster = partNames(parent).roster
    const changed = family.map((one) => (one.name === roster ? { ...one, bytes: utf8(parent.roster.replace('"A"', '"B"')) } : one))
    expect(verdictWith(changed)).toMatchObject({
      status: 'DIFFERENT',
      file: partNames(parent).commitment,
      where: '/snapshot/rosterDigest',
    })
  })

  it('DRW-34 tells an object from its own opening whether it was drawn, excluded or not drawn, with ticket and cut-off', () => {
    const told = new Set<string>()
    for (const opening of files.ownOpenings().slice(0, 20)) {
      const verdict = withOpening(opening)
      if (verdict.status !== 'MATCH' || verdict.findings.own === undefined) throw new Error(JSON.stringify(verdict))
      const { outcome, ticket, cutOff, batch, rank, steps, id } = verdict.findings.own
      told.add(outcome)
      const isDrawn = files.drawnIds.includes(opening.id)
      expect([id, outcome === 'DRAWN', batch !== null, rank !== null, steps]).toEqual([
        opening.id,
        isDrawn,
        isDrawn,
        isDrawn,
        opening.path.length,
      ])
      expect(outcome === 'EXCLUDED' || ticket <= (cutOff ?? '') === isDrawn).toBe(true)
    }
    expect([...told].sort()).toEqual(['DRAWN', 'EXCLUDED', 'NOT_DRAWN'])
  })

  it('DRW-34 says of an opening of somebody else, another place or another draw where it breaks off', () => {
    const [first, second] = files.ownOpenings()
    if (first === undefined || second === undefined) throw new Error('no openings')
    for (const [forged, where] of [
      [{ ...first, id: second.id }, '/label'],
      [{ ...second, index: first.index }, '/index'],
      [{ ...first, drawId: first.label }, '/drawId'],
      [{ ...first, path: first.path.slice(1) }, '/path'],
    ] as const)
      expect(withOpening(forged)).toMatchObject({ status: 'DIFFERENT', where, isOwnOpening: true })
  })
})

describe('the verification of a draw of several cities in the page', { timeout: 60_000 }, () => {
  const draw = demoJoint({ merged: false })
  const named = (texts: Readonly<Record<string, string>>) => Object.entries(texts).map(([name, text]) => ({ name, bytes: utf8(text) }))
  const keys = [{ name: 'keys-230300.json', bytes: utf8(draw.keys) }, ...named(draw.jointKeys)]
  const bundle: Bundle = { ...namedFiles(draw), family: named(draw.family) }

  it('DRW-26 DRW-31 says MATCH with the keys of every city, in any order, and PENDING without those of one', () => {
    expect(verify({ ...bundle, keys })).toMatchObject({ status: 'MATCH', findings: { drawn: draw.drawnIds.length } })
    expect(verify({ ...bundle, keys: keys.toReversed() })).toMatchObject({ status: 'MATCH' })
    const elsewhere = [{ regionCode: /\d{6}/.exec(keys.at(-1)?.name ?? '')?.[0], missing: ['keys'] }]
    expect(verify({ ...bundle, keys: keys.slice(0, -1) })).toMatchObject({ status: 'PENDING', missing: [], elsewhere })
  })

  it('DRW-26 DRW-31 names the city whose roster is missing, and the place where one differs', () => {
    const [first] = Object.keys(draw.family).filter((name) => name.startsWith('rosters/'))
    const family = bundle.family?.filter(({ name }) => name !== first) ?? []
    expect(verify({ ...bundle, keys, family })).toMatchObject({
      status: 'REFUSED',
      reason: { en: expect.stringContaining(first ?? '') as string },
    })
    const changed = utf8((draw.family[first ?? ''] ?? '').replace('"excluded":false', '"excluded":true'))
    expect(verify({ ...bundle, keys, family: [...family, { name: first ?? '', bytes: changed }] })).toMatchObject({ status: 'DIFFERENT' })
  })

  it.each([true, false])('DRW-26 DRW-31 lets the tickets of all cities fall, strata merged: %s', (merged) => {
    const { family, roster, ...one } = demoJoint({ merged })
    const rosters = [roster, ...Object.entries(family).flatMap(([name, text]) => (name.startsWith('rosters/') ? [text] : []))]
    const strata = runJob(
      {
        name: 'fall',
        request: { commitment: utf8(one.commitment), transcript: utf8(one.transcript), rosters: rosters.map((text) => utf8(text)) },
      },
      () => undefined,
    ) as readonly StratumFall[]
    const s = JSON.parse(one.commitment) as Commitment
    expect(strata.map(({ stratum, eligible, n }) => ({ stratum, eligible, n }))).toEqual(
      s.strata.map(({ stratum, eligible, n }) => ({ stratum, eligible, n })),
    )
  })
})
