import type { Arguments, Complain, OptionSpecs } from './arguments.ts'
import type { Text } from './text.ts'

/** Options that become the query of a call to registry, each with the name it has there; one without a value is a flag. */
export type QueryOptions = Readonly<
  Record<string, { readonly name: string; readonly required: boolean; readonly value?: string; readonly text: Text }>
>

export const optionsOfQuery = (query: QueryOptions): OptionSpecs =>
  Object.fromEntries(Object.entries(query).map(([option, { value, text: about }]) => [option, { ...(value && { value }), text: about }]))

/** How the options stand in a usage line. */
export const usageOfQuery = (query: QueryOptions): readonly string[] =>
  Object.entries(query).map(([option, { required, value }]) => {
    const shown = `--${option}${value === undefined ? '' : ` ${value}`}`
    return required ? shown : `[${shown}]`
  })

/** The query that the options ask for; complains of what is missing. */
export function queryOf(args: Arguments, query: QueryOptions, complain: Complain): URLSearchParams {
  const asked = new URLSearchParams()
  for (const [option, { name, required, value }] of Object.entries(query)) {
    const given = value === undefined ? (args.flags.has(option) ? 'true' : undefined) : args.values.get(option)
    if (given !== undefined) asked.set(name, given)
    else if (required) complain(`--${option}: 缺少 (missing)`)
  }
  return asked
}
