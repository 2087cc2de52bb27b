import { isMediaBody } from '@dual-random/http'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { routes } from '../../tests/support/documented.ts'

const answers = routes.flatMap(({ method, path, responses }) =>
  Object.entries(responses).flatMap(([status, answer]) => (isMediaBody(answer) ? [] : [[`${method} ${path} ${status}`, answer] as const])),
)

type Json = Readonly<Record<string, unknown>>

/** Where a schema says nothing of what is there: anything at all, or an object with members of any name. */
function untyped(schema: Json, at = ''): readonly string[] {
  const named = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Json>>)
  const inside = [schema['items'], schema['additionalProperties'], ...((schema['anyOf'] ?? schema['oneOf'] ?? []) as Json[])]
  const several = (schema['prefixItems'] ?? []) as readonly Json[]
  const says = ['type', 'anyOf', 'oneOf', 'enum', 'const'].some((word) => word in schema)
  const isOpen = schema['type'] === 'object' && schema['additionalProperties'] === undefined
  return [
    ...(says && !isOpen ? [] : [at === '' ? '/' : at]),
    ...named.flatMap(([name, each]) => untyped(each, `${at}/${name}`)),
    ...[...inside, ...several].flatMap((each) => (typeof each === 'object' && each !== null ? untyped(each as Json, `${at}/*`) : [])),
  ]
}

const shown = (answer: z.ZodType): Json => z.toJSONSchema(answer, { target: 'draft-2020-12', io: 'output' })

describe('answers as OpenAPI shows them', () => {
  it.each(answers)('%s says what it consists of', (_, answer) => {
    expect(untyped(shown(answer))).toEqual([])
  })

  it('would be told of an untyped one', () => {
    expect(answers.length).toBeGreaterThan(50)
    const record = z.record(z.string(), z.unknown())
    expect(untyped(shown(record))).toEqual(['/*'])
    expect(untyped(shown(z.object({ items: z.array(record), total: z.int() })))).toEqual(['/items/*/*'])
    expect(untyped(shown(z.object({ terms: z.union([z.strictObject({ a: z.any() }), z.looseObject({})]) })))).toEqual([
      '/terms/*/a',
      '/terms/*/*',
    ])
  })
})
