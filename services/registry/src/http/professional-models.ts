import { requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import type { RegionCode } from '@dual-random/kernel'
import { z } from 'zod'
import { classifyByModel } from '../app/classify-by-model.ts'
import { defineModel, requiredModel, type StoredModel } from '../app/define-professional-model.ts'
import { gradeScheme } from '../app/grade-scheme.ts'
import type { Registry } from '../app/registry.ts'
import { objectKinds } from '../domain/check-object.ts'
import { supervisionLevels } from '../domain/professional-model.ts'
import { anyoneSignedIn, callerOf, regionOf } from './access.ts'
import { etagOf, ifMatch } from './etag.ts'
import { borneByCell, localDate, record, regionCode, shortText } from './schemas.ts'

const percent = z.int().min(0).max(100)
const grade = z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/)
const byId = z.object({ modelId: z.string().regex(/^[0-9a-f]{32}$/) })

const modelContent = ({ lists }: Registry) => {
  const industry = z.string().transform((text, context): string => {
    const code = lists.industries.normalise(text)
    if (code !== undefined) return code
    context.addIssue({ code: 'custom', message: 'GB/T 4754-2017' })
    return z.NEVER
  })
  return z.strictObject({
    applicability: z.strictObject({
      kinds: z.array(z.enum(objectKinds)).min(1),
      industryPrefixes: z.array(industry).max(200),
      tags: z.array(shortText).max(200),
    }),
    weights: z.strictObject({ grade: percent, industry: percent, region: percent, riskInformation: percent }),
    gradeScores: z.array(z.strictObject({ grade, score: percent })).min(1),
    industryScores: z.array(z.strictObject({ prefix: industry, score: percent })).max(500),
    regionScores: z.array(z.strictObject({ regionCode, score: percent })).max(500),
    scorePerRiskInformation: percent,
    riskInformationDays: z.int().min(1).max(3660),
    classes: z
      .array(
        z.strictObject({
          grade,
          from: percent,
          focus: shortText,
          checksPerYear: z.int().min(0).max(366),
          level: z.enum(supervisionLevels),
        }),
      )
      .min(1)
      .max(20),
  })
}

const answer = ({ model, version }: StoredModel) => ({ status: 200, headers: { etag: etagOf(version) }, body: { ...model } })

/** Tags in the form in which the objects of the region bear them. */
async function tagsRead({ tagBook }: Registry, region: RegionCode, texts: readonly string[]): Promise<string[]> {
  const { readTag } = await tagBook.listsIn(region)
  return texts.map((text) => {
    const read = readTag(text)
    if (read.ok) return read.value
    throw appError('invalid', 'tag-not-readable', { meta: { tag: text } })
  })
}

/** Indicator systems of professional fields on top of the general classification (CRD-13, CRD-20). */
export function professionalModelRoutes(registry: Registry): Route[] {
  const { professionalModels } = registry
  return [
    route({
      method: 'POST',
      path: '/v1/professional-models',
      summary: '专业指标体系 / lay down the indicator system of a field; another content is the next version',
      roles: ['REGISTRY_CLERK'],
      body: z.strictObject({
        field: borneByCell(z.string().trim().min(1).max(60)),
        effectiveFrom: localDate,
        content: modelContent(registry),
      }),
      responses: { 200: record },
      handler: async ({ principal, body, request }) => {
        const grades = await gradeScheme(registry, principal.regionCode)
        const { applicability } = body.content
        const tags = await tagsRead(registry, principal.regionCode, applicability.tags)
        const model = { ...body, content: { ...body.content, applicability: { ...applicability, tags } } }
        return answer(await defineModel({ ...registry, grades }, callerOf(principal), model, ifMatch({ request })))
      },
    }),
    route({
      method: 'GET',
      path: '/v1/professional-models',
      summary: '专业指标体系 / indicator systems of a region and below',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional() }),
      responses: { 200: z.object({ models: z.array(record) }) },
      handler: async ({ principal, query }) => {
        const models = await professionalModels.inRegion(regionOf(principal, query.regionCode))
        return { status: 200, body: { models: models.map((model) => ({ ...model })) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/professional-models/:modelId',
      summary: '一个专业指标体系 / one indicator system',
      roles: anyoneSignedIn,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const found = await requiredModel(professionalModels, params.modelId)
        requireRegion(principal, found.model.regionCode)
        return answer(found)
      },
    }),
    route({
      method: 'POST',
      path: '/v1/professional-models/:modelId/classify',
      summary: '按专业指标体系分类 / classify the objects of the field, beside the general result',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      responses: { 200: record },
      timeoutMs: 600_000,
      handler: async ({ principal, params, derivedId }) => {
        const { model } = await requiredModel(professionalModels, params.modelId)
        requireUnit(principal, model.unitId)
        return { status: 200, body: { ...(await classifyByModel(registry, model, derivedId)) } }
      },
    }),
  ]
}
