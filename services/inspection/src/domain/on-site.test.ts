import { describe, expect, it } from 'vitest'
import { changed, fourCities, policyOf, valueOf } from '../../tests/support/policies.ts'
import { at, entry, task } from '../../tests/support/records.ts'
import { judgeEntry } from './judge-entry.ts'
import { allowOnSite, isOnSiteRestricted, type OnSiteRequest } from './on-site.ts'
import type { Task } from './task.ts'

const act = { by: 'wang.wu', at: at('2026-04-02T01:00:00.000Z') }
const listed: Task = { ...task, object: { ...task.object, alliance: '广告产业信用同盟' } }

const allow = (request: OnSiteRequest, of = listed, policy = fourCities) => allowOnSite(of, policy, request, act)
const refusalOf = (request: OnSiteRequest, of = listed, policy = fourCities) => {
  const allowed = allow(request, of, policy)
  return allowed.ok ? undefined : allowed.error
}
const complaint = { ground: 'COMPLAINT', source: '12315-2026-0401' }
const reasoned = { override: { reason: '群众反映集中', legalBasis: '《广告法》第四十九条' } }

/** What the entry of a result by these methods is refused for. */
const problemsOf = (of: Task, methods: readonly string[], policy = fourCities) => {
  const judged = judgeEntry({ ...entry, methods }, { policy, task: of, by: 'zhang.san', now: at('2026-04-08T02:00:00.000Z') })
  if (judged.ok) return []
  return judged.error.code === 'entry-invalid'
    ? judged.error.problems.map(({ pointer, code }) => `${pointer} ${code}`)
    : [judged.error.code]
}

describe('an on-site check of a white-list member', () => {
  it('TGT-21 Appendix F 15: without a ground asks for an override with a reason; with a complaint it passes', () => {
    expect(refusalOf({})).toEqual({
      code: 'on-site-ground-missing',
      accepts:
        'COMPLAINT（投诉举报）、BIG_DATA_MONITORING（大数据监测发现问题）、TRANSFERRED（转办交办案件线索）、LAW_PROVIDES（法律法规另有规定）',
    })
    const { task: allowed, events } = valueOf(allow(complaint)) ?? { task: listed, events: [] }
    expect(allowed.onSite).toEqual([{ ...complaint, clueIds: [], ...act }])
    expect([allowed.trace.at(-1), events]).toEqual([{ what: 'ON_SITE_ALLOWED', ...act }, []])
  })

  it.each(['COMPLAINT', 'BIG_DATA_MONITORING', 'TRANSFERRED', 'LAW_PROVIDES'])(
    'TGT-21 passes on the ground %s, with its source',
    (ground) => {
      expect(allow({ ground, source: '来源', clueIds: ['c1'] })).toMatchObject({ ok: true })
      expect(refusalOf({ ground })).toEqual({ code: 'on-site-source-missing', ground })
      expect(refusalOf({ ground, source: ' ' })).toEqual({ code: 'on-site-source-missing', ground })
    },
  )

  it('TGT-21 knows no other ground', () => {
    expect(refusalOf({ ground: 'CURIOSITY', source: '来源' })).toMatchObject({ code: 'on-site-ground-unknown', ground: 'CURIOSITY' })
  })

  it('TGT-21 POL-07 an override says why and on what legal basis, and is on record with the clause it overrides', () => {
    expect(refusalOf({ override: { reason: ' ', legalBasis: '《广告法》' } })).toMatchObject({
      code: 'override-incomplete',
      field: 'reason',
    })
    expect(refusalOf({ override: { reason: '理由', legalBasis: '' } })).toMatchObject({ code: 'override-incomplete', field: 'legalBasis' })
    const allowed = valueOf(allow(reasoned))?.task.onSite
    expect(allowed).toMatchObject([
      {
        ...act,
        override: { rule: 'whiteList.onSite', unitId: '230300-scj', document: '001', clause: '五(三)', ...act, ...reasoned.override },
      },
    ])
  })

  it('TGT-21 the same reason again is no change, another one stands beside it, and none comes after the end', () => {
    const once = valueOf(allow(complaint))?.task ?? listed
    expect(valueOf(allow(complaint, once))).toBeUndefined()
    expect(valueOf(allow(reasoned, once))?.task.onSite).toHaveLength(2)
    const ended: Task = { ...once, status: 'WITHDRAWN' }
    expect(valueOf(allow(complaint, ended))).toBeUndefined()
    expect(refusalOf(reasoned, ended)).toEqual({ code: 'on-site-task-ended' })
  })

  it('TGT-20 TGT-21 a result by network monitoring or written check needs no reason, one from on site does', () => {
    expect(problemsOf(listed, ['NETWORK', 'WRITTEN'])).toEqual([])
    expect(problemsOf(listed, ['WRITTEN', 'ON_SITE'])).toEqual(['/methods on-site-reason-missing'])
    expect(problemsOf(valueOf(allow(complaint))?.task ?? listed, ['ON_SITE'])).toEqual([])
    expect(problemsOf(valueOf(allow(reasoned))?.task ?? listed, ['ON_SITE'])).toEqual([])
  })

  it('TGT-21 POL-01 is free for every other object, and where policy has no such rule', () => {
    expect(problemsOf(task, ['ON_SITE'])).toEqual([])
    expect(refusalOf(complaint, task)).toEqual({ code: 'on-site-not-restricted' })
    expect(isOnSiteRestricted(listed, fourCities)).toBe(true)
    expect(isOnSiteRestricted(listed, policyOf('samr-2024'))).toBe(false)
    expect(isOnSiteRestricted(listed, changed(fourCities, 'whiteList.onSite', undefined))).toBe(false)
  })
})
