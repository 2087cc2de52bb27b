import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PolicyKey, policyKeys } from '@dual-random/policy'
import { z } from 'zod'
import { root } from './root.ts'

/** The code of one package, without its tests and without what states the keys. */
export interface PackageSource {
  /** Such as `services/planning`. */
  readonly name: string
  readonly text: string
}

/** Every service and lib, in order of name. */
export function packageSources(): readonly PackageSource[] {
  const files = globSync('{services,libs}/*/src/**/*.ts', { cwd: root })
    .filter((path) => !/\.test\.ts$|\/gen\/|^libs\/policy\/src\/values\//.test(path))
    .sort()
  const named = Map.groupBy(files, (path) => path.split('/', 2).join('/'))
  return [...named].map(([name, paths]) => ({ name, text: paths.map((path) => readFileSync(join(root, path), 'utf8')).join('\n') }))
}

/**
 * Whether code takes the value of a key: it is asked for by name or by one of two names, or its name is kept or given back to be asked for. A type, an
 * origin or the name in a record is no reading.
 */
export function readsKey(text: string, key: string): boolean {
  const name = `'${key.replaceAll('.', '\\.')}'`
  const asked = `\\b(?:find|get)\\(\\s*(?:[^()']*'\\w+' \\? (?:'[\\w.]+' : )?)?${name}`
  return new RegExp(`${asked}|\\w*Value\\(\\w+, ${name}|\\b(?:const \\w+ =|return) ${name}`, 'u').test(text)
}

/** What a value is made of, as far as code may name it. */
export interface Parts {
  /** Names of members, at whatever depth. */
  readonly members: readonly string[]
  /** The options of each choice of two or more; those of members that carry their own text are passed on, not chosen by. */
  readonly choices: readonly (readonly string[])[]
}

const partsSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  enum: z.array(z.string()).optional(),
  const: z.unknown().optional(),
})

export const partsOf = (key: PolicyKey): Parts => partsIn(z.toJSONSchema(policyKeys[key].schema, { io: 'input', unrepresentable: 'any' }))

function partsIn(schema: unknown): Parts {
  const read = partsSchema.safeParse(schema)
  if (!read.success) return { members: [], choices: [] }
  const { properties = {}, items, anyOf = [], oneOf = [], enum: options = [] } = read.data
  const isNamed = 'id' in properties && 'text' in properties
  const below = Object.entries(properties).filter(([name]) => !(isNamed && name === 'id'))
  const parts = [...below.map(([, member]) => member), items, ...anyOf, ...oneOf].map(partsIn)
  return {
    members: [...below.filter(([, member]) => !isStatement(member)).map(([name]) => name), ...parts.flatMap(({ members }) => members)],
    choices: [...(options.length > 1 ? [options] : []), ...parts.flatMap(({ choices }) => choices)],
  }
}

/** A member that can only be one thing states it, and nothing turns on it. */
function isStatement(member: unknown): boolean {
  const read = partsSchema.safeParse(member)
  return read.success && (read.data.enum?.length === 1 || read.data.const !== undefined)
}

/** Members that no word of the code is, and options that it does not name; one option of a choice may be what is left where no other is meant. */
export function unreadParts({ members, choices }: Parts, text: string): readonly string[] {
  const words = new Set(text.match(/\w+/gu))
  const unnamed = choices.flatMap((options) => {
    const left = options.filter((option) => !text.includes(`'${option}'`) && !text.includes(` ${option}: `))
    return left.length > 1 ? left : []
  })
  return [...members.filter((name) => !words.has(name)), ...unnamed]
}
