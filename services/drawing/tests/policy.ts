import { canonicalPolicy, type Policy, policyFromJson } from '@dual-random/policy'
import { policyOf, valueOf } from '@dual-random/testkit/shipped'

export { valueOf } from '@dual-random/testkit/shipped'

/** The policy of the four cities as shipped. */
export const fourCities: Policy = policyOf('local/four-coal-cities')

type Values = Record<string, { readonly value: unknown } | undefined>

/** The four cities' policy with other values; undefined takes a key away. */
export function policyWith(values: Readonly<Record<string, unknown>>): Policy {
  const json = structuredClone(canonicalPolicy(fourCities)) as { values: Values }
  const like = json.values['draw.publicOpening']
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) delete json.values[key]
    else json.values[key] = { ...(json.values[key] ?? like), value }
  }
  return valueOf(policyFromJson(json))
}
