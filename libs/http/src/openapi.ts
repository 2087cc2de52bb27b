import type { Role } from '@dual-random/auth'
import * as z from 'zod'
import { isMediaBody, isRawBody, type JsonRoute, type Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
  properties: {
    type: { type: 'string', description: 'urn:dual-random:error:<code>' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: '中文；Accept-Language: en 时为英文' },
    instance: { type: 'string' },
    code: { type: 'string' },
    traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
}

const problemResponse: Json = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }

/** Refusals any route can give, by status. */
const problems = {
  400: '请求无效 (invalid)',
  401: '未登录 (unauthenticated)',
  403: '无权限 (forbidden)',
  409: '当前状态不允许 (conflict)',
  413: '请求体过大 (body too large)',
  415: '不支持的内容类型 (unsupported media type)',
  503: '暂不可用，见 Retry-After (unavailable)',
} as const

/** OpenAPI 3.1 of the declared routes; raw routes appear with their summary alone. */
export function openApiOf(service: string, version: string, routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: `dual-random ${service}`, version },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
    },
  }
}

function operationOf(route: Route): Json {
  const security = route.roles === 'public' ? [{}, { bearer: [] }] : [{ bearer: [] }]
  const access = { security, ...rolesOf(route.roles) }
  if (route.kind === 'raw')
    return { summary: route.summary ?? route.path, ...access, parameters: pathParameters(route.path), responses: problemResponses() }
  return {
    summary: route.summary,
    ...access,
    parameters: [...pathParameters(route.path, route.params), ...queryParameters(route), ...keyParameter(route)],
    ...requestBodyOf(route),
    responses: { ...responsesOf(route), ...problemResponses() },
  }
}

const rolesOf = (roles: readonly Role[] | 'public'): Json => (roles === 'public' ? {} : { 'x-roles': roles })

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >
  return rest
}

const shapeOf = (schema: z.ZodObject): Readonly<Record<string, z.ZodType>> => schema.shape

function pathParameters(path: string, params?: z.ZodObject): readonly Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const schema = params === undefined ? undefined : shapeOf(params)[name]
    return { name, in: 'path', required: true, schema: schema === undefined ? { type: 'string' } : schemaOf(schema, 'input') }
  })
}

function queryParameters({ query }: JsonRoute): readonly Json[] {
  if (query === undefined) return []
  const { properties = {}, required = [] } = schemaOf(query, 'input') as { properties?: Record<string, Json>; required?: readonly string[] }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
}

const keyParameter = ({ idempotent }: JsonRoute): readonly Json[] =>
  idempotent ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', minLength: 1, maxLength: 255 } }] : []

function requestBodyOf({ body }: JsonRoute): Json {
  if (body === undefined) return {}
  const content = isRawBody(body)
    ? Object.fromEntries(
        body.raw.map((mediaType) => [mediaType, { schema: { type: 'string', format: 'binary', maxLength: body.limitBytes } }]),
      )
    : { 'application/json': { schema: schemaOf(body, 'input') } }
  return { requestBody: { required: !(isRawBody(body) && body.isOptional === true), content } }
}

const responsesOf = ({ responses }: JsonRoute): Json =>
  Object.fromEntries(
    Object.entries(responses).map(([status, body]) => [
      status,
      {
        description: status,
        content: isMediaBody(body)
          ? Object.fromEntries(
              [body.mediaType, ...(body.otherMediaTypes ?? [])].map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
            )
          : { 'application/json': { schema: schemaOf(body, 'output') } },
      },
    ]),
  )

const problemResponses = (): Json =>
  Object.fromEntries(Object.entries(problems).map(([status, description]) => [status, { description, ...problemResponse }]))
