import { describe, expect, it } from 'vitest'
import { AppError, appError, invalidRequest, violation } from './app-error.ts'
import { languageOf } from './messages/catalogue.ts'
import { retryAfterSeconds, toProblem } from './problem.ts'
import { renderings } from './tables.ts'

const context = { instance: '/v1/plans/p1', traceId: 't1', language: 'zh' } as const

describe('problem documents (RFC 9457)', () => {
  it('speaks Chinese by default and English where it is preferred', () => {
    expect(languageOf(undefined)).toBe('zh')
    expect(languageOf('en-GB,en;q=0.9,zh;q=0.8')).toBe('en')
    expect(languageOf('zh-CN,zh;q=0.9,en;q=0.8')).toBe('zh')
    expect(languageOf('fr')).toBe('zh')
    expect(languageOf('en;q=0.5, zh-CN')).toBe('zh')
    const error = appError('not-found', 'not-found', { meta: { what: 'plan', id: 'p1' } })
    expect(toProblem(error, context)).toMatchObject({ status: 404, title: '未找到', detail: '没有找到 plan“p1”', code: 'not-found' })
    expect(toProblem(error, { ...context, language: 'en' })).toMatchObject({ title: 'Not found', detail: 'No plan "p1"' })
  })

  it('withholds what was thrown when it is no error of ours', () => {
    const problem = toProblem(new Error('password=secret'), context)
    expect(problem).toMatchObject({ status: 500, code: 'internal', detail: '系统内部错误，已记录（t1）' })
    expect(JSON.stringify(problem)).not.toContain('secret')
  })

  it('gives each violation its pointer, code and text', () => {
    const problem = toProblem(invalidRequest([violation('/lines/0/ratio', 'malformed-value', { value: '3', expected: '3%' })]), context)
    expect(problem).toMatchObject({
      status: 400,
      errors: [{ pointer: '/lines/0/ratio', code: 'malformed-value', detail: '值“3”的格式不对：3%' }],
    })
  })

  it('PLN-13 names what a line does not state by its word in Chinese, by its code in English', () => {
    const missing = violation('/lines/L01/objectScope', 'line-field-missing', { lineId: 'L01', field: 'OBJECTS', fieldName: '检查对象' })
    const detailIn = (language: 'zh' | 'en') => toProblem(invalidRequest([missing]), { ...context, language }).errors?.[0]?.detail
    expect(detailIn('zh')).toContain('任务 L01 未写明检查对象，')
    expect(detailIn('en')).toContain('Line L01 does not state OBJECTS,')
  })

  it('answers a version conflict 412 to a conditional request, else 409', () => {
    const error = appError('version-conflict', 'version-conflict')
    expect(toProblem(error, context).status).toBe(409)
    expect(toProblem(error, { ...context, conditional: true }).status).toBe(412)
  })

  it('keeps the code of a newer service that this build does not know', () => {
    expect(toProblem(new AppError('invalid', 'from-the-future'), context)).toMatchObject({
      code: 'from-the-future',
      detail: 'from-the-future',
    })
  })

  it('says when to come back', () => {
    expect(retryAfterSeconds(appError('unavailable', 'store-unavailable', { retryAfterMs: 1500 }))).toBe(2)
    expect(retryAfterSeconds(appError('unavailable', 'store-unavailable'))).toBe(1)
    expect(retryAfterSeconds(appError('forbidden', 'token-missing'))).toBeUndefined()
  })

  it('maps every kind to a status of its own class', () => {
    for (const [kind, { http }] of Object.entries(renderings)) expect(http, kind).toBeGreaterThanOrEqual(400)
  })
})
