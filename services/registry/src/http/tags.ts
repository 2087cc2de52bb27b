import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import type { ItemCode } from '@dual-random/kernel'
import { z } from 'zod'
import { changeTagScheme } from '../app/change-tag-scheme.ts'
import { keepTagRule } from '../app/keep-tag-rule.ts'
import type { Stored } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { schemeId } from '../app/tag-book.ts'
import { objectKinds } from '../domain/check-object.ts'
import { currentRule, type TagRule } from '../domain/tag-rule.ts'
import { dimensionsOf, schemeRegion, schemeVersionOf } from '../domain/tag-scheme.ts'
import { anyoneSignedIn, callerOf, poolReaders, regionOf } from './access.ts'
import { etagOf, ifMatch } from './etag.ts'
import { borneByCell, id, record, regionCode, shortText } from './schemas.ts'

const dimensionId = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/)
const dimensionName = borneByCell(
  z
    .string()
    .trim()
    .regex(/^[^:：;；|,，\s][^:：;；|,，]{0,39}$/),
)
const reason = z.string().trim().min(1).max(1000)

const schemeChange = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('ADD'), dimensionId, name: dimensionName, reason }),
  z.strictObject({ action: z.literal('RENAME'), dimensionId, name: dimensionName, reason }),
  z.strictObject({ action: z.enum(['RETIRE', 'REINSTATE']), dimensionId, reason }),
])

const texts = z.array(shortText).max(100).default([])

const shown = ({ version, state }: Stored<TagRule>) => {
  const { timeline, ...rule } = state
  return { ...rule, ...currentRule(state), version, versions: timeline }
}

/** Dimensions of tags, kept by the province (REG-26), and the rules by which units tag automatically (REG-27). */
export function tagRoutes(registry: Registry): Route[] {
  const { tagSchemes, tagBook, tagRules } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/tag-scheme',
      summary: 'Tag dimensions of a province with every version',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional() }),
      responses: { 200: record },
      handler: async ({ principal, query }) => {
        const region = query.regionCode ?? principal.regionCode
        const scheme = (await tagSchemes.load(schemeId(region)))?.state
        const version = schemeVersionOf(scheme)
        const dimensions = dimensionsOf(scheme, tagBook.base)
        const body = { regionCode: schemeRegion(region), version, dimensions, versions: scheme?.versions ?? [] }
        return { status: 200, headers: { etag: etagOf(version) }, body }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/tag-scheme/changes',
      summary: 'Add, rename, retire or reinstate a tag dimension of the caller’s province; If-Match names the version changed',
      roles: ['POLICY_ADMIN'],
      body: schemeChange,
      responses: { 200: record },
      handler: async ({ principal, body, request }) => {
        const { reason: why, ...change } = body
        const view = await changeTagScheme(registry, callerOf(principal), { change, reason: why, expected: ifMatch({ request }) })
        return { status: 200, headers: { etag: etagOf(view.version) }, body: view }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/tag-rules',
      summary: 'Tagging rules of the units of a region and below',
      roles: poolReaders,
      query: z.object({ ...pageQuery, regionCode: regionCode.optional() }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query: { regionCode: asked, limit, after } }) => {
        const rules = await tagRules.page(regionOf(principal, asked), { limit: limit + 1, after })
        const found = page(rules, limit, (rule) => rule.id)
        return { status: 200, body: { ...found, items: found.items.map(shown) } }
      },
    }),
    route({
      method: 'PUT',
      path: '/v1/tag-rules/:ruleId',
      summary: 'Set a tagging rule of the caller’s unit for a check item in force; If-Match names the version changed',
      roles: ['REGISTRY_CLERK'],
      params: z.object({ ruleId: id }),
      body: z.strictObject({
        itemCode: id.transform((text) => text as ItemCode),
        tag: shortText,
        condition: z.strictObject({
          kinds: z.array(z.enum(objectKinds)).max(objectKinds.length).default([]),
          industryPrefixes: texts,
          nameContains: texts,
          tags: texts,
        }),
        status: z.enum(['ACTIVE', 'RETIRED']).default('ACTIVE'),
      }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) => {
        const rule = await keepTagRule(registry, callerOf(principal), { ...params, ...body, expected: ifMatch({ request }) })
        return { status: 200, headers: { etag: etagOf(rule.version) }, body: shown(rule) }
      },
    }),
  ]
}
