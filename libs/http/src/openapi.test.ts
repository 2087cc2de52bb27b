import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { openApiOf } from './openapi.ts'
import { pageQuery } from './paging.ts'
import { rawRoute, route } from './route.ts'

const handler = async () => ({ status: 200 })

const routes = [
  route({
    method: 'GET',
    path: '/v1/plans/:planId/lines',
    summary: '计划的行',
    roles: ['PLANNER', 'AUDITOR'],
    params: z.object({ planId: z.string().max(96) }),
    query: z.object(pageQuery),
    responses: { 200: z.object({ items: z.array(z.string()) }) },
    handler,
  }),
  route({
    method: 'POST',
    path: '/v1/plans',
    summary: '新计划',
    roles: ['PLANNER'],
    body: z.object({ year: z.number().int(), note: z.string().default('') }),
    responses: { 201: z.object({ id: z.string() }) },
    handler,
  }),
  route({
    method: 'POST',
    path: '/v1/objects/import',
    summary: '导入',
    roles: 'public',
    idempotent: false,
    body: { raw: ['text/csv'], limitBytes: 1000, isOptional: true },
    responses: { 200: { mediaType: 'text/csv', otherMediaTypes: ['application/x-ndjson'] } },
    handler,
  }),
  rawRoute({ method: 'GET', path: '/v1/feed', summary: '直播', roles: 'public', handler: () => undefined }),
]

describe('openApiOf', () => {
  const document = openApiOf('planning', '0.1.0', routes) as unknown as {
    openapi: string
    paths: Record<string, Record<string, Record<string, unknown>>>
    components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
  }

  it('is an OpenAPI 3.1 document of every route, paths as templates', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(['/v1/plans/{planId}/lines', '/v1/plans', '/v1/objects/import', '/v1/feed'])
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })

  it('describes parameters from the schemas', () => {
    expect(document.paths['/v1/plans/{planId}/lines']?.['get']?.['parameters']).toEqual([
      { name: 'planId', in: 'path', required: true, schema: { type: 'string', maxLength: 96 } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 } },
      { name: 'after', in: 'query', required: false, schema: { type: 'string', minLength: 1, maxLength: 500 } },
    ])
  })

  it('describes bodies as they are sent: what has a default may be left out', () => {
    const body = document.paths['/v1/plans']?.['post']?.['requestBody'] as { content: Record<string, { schema: { required: string[] } }> }
    expect(body.content['application/json']?.schema.required).toEqual(['year'])
    expect(document.paths['/v1/objects/import']?.['post']).toMatchObject({
      requestBody: { required: false, content: { 'text/csv': {} } },
      responses: { 200: { content: { 'text/csv': {}, 'application/x-ndjson': {} } } },
    })
  })

  it('demands a key where a command is idempotent and a token where the route is not public', () => {
    expect(document.paths['/v1/plans']?.['post']).toMatchObject({
      parameters: [{ name: 'Idempotency-Key', in: 'header', required: true }],
      security: [{ bearer: [] }],
      'x-roles': ['PLANNER'],
    })
    expect(document.paths['/v1/objects/import']?.['post']).toMatchObject({ parameters: [], security: [{}, { bearer: [] }] })
    expect(document.components.securitySchemes).toHaveProperty('bearer')
  })

  it('describes problem documents with their errors', () => {
    expect(document.components.schemas['Problem']).toMatchObject({
      properties: { errors: { items: { required: ['pointer', 'code', 'detail'] } } },
    })
    expect(document.paths['/v1/plans']?.['post']?.['responses']).toMatchObject({
      201: { content: { 'application/json': {} } },
      400: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    })
  })
})
