import { Readable } from 'node:stream'
import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, type RouteContext, route } from '@dual-random/http'
import { chinaDateOf, type Instant, type UnitId } from '@dual-random/kernel'
import { z } from 'zod'
import { gradeScheme } from '../app/grade-scheme.ts'
import { type ImportCommand, importAnswer } from '../app/import/finish.ts'
import { holdUpload, keepUpload, workbookType } from '../app/import/upload.ts'
import { importCheckItemList } from '../app/import-check-item-list.ts'
import { importCreditResults } from '../app/import-credit-results.ts'
import { importInspectors } from '../app/import-inspectors.ts'
import { importObjectLabels } from '../app/import-object-labels.ts'
import { importObjects } from '../app/import-objects.ts'
import { importUnits } from '../app/import-units.ts'
import { importWarnings } from '../app/import-warnings.ts'
import { objectSources } from '../app/object-sources.ts'
import { personnelRules } from '../app/personnel-rules.ts'
import type { ImportRecord, UploadType } from '../app/ports.ts'
import { reconcileObjects } from '../app/reconcile-objects.ts'
import type { Registry } from '../app/registry.ts'
import { warningDueDays } from '../app/warning-due.ts'
import { changeTriggers } from '../domain/check-item-list.ts'
import { callerOf } from './access.ts'
import { dateOrInstant, id, localDate, regionCode, shortText } from './schemas.ts'

const fileTypes = ['text/csv', 'application/x-ndjson', workbookType]
const bigFile = { raw: fileTypes, limitBytes: 256 * 1024 * 1024 }
export const smallFile = { raw: [...fileTypes, 'application/json'], limitBytes: 16 * 1024 * 1024 }
const byUnit = z.object({ unitId: id.optional() })
/** Where the data come from, and as of when the source speaks; the instant of the import when it does not say. */
const fromSource = {
  source: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
    .optional(),
  sourceAsOf: dateOrInstant.optional(),
}

const sourceOf = ({ source, sourceAsOf }: { readonly source?: string | undefined; readonly sourceAsOf?: Instant | undefined }) => ({
  ...(source === undefined ? {} : { source }),
  ...(sourceAsOf === undefined ? {} : { sourceAsOf }),
})

const answer = z.record(z.string(), z.union([z.string(), z.number()]))
const responses = { 200: answer }

type ImportContext = RouteContext<unknown, { readonly unitId?: string | undefined }, Readable>

export const uploadTypeOf = (request: ImportContext['request']): UploadType =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() as UploadType

/** A caller imports for its own unit only (REG-41). */
function ownUnit({ principal, query }: ImportContext): void {
  if (query.unitId !== undefined) requireUnit(principal, query.unitId as UnitId)
}

export function importRoutes(registry: Registry): Route[] {
  const { blobs } = registry
  const command = async (context: ImportContext, keep: boolean): Promise<ImportCommand> => {
    ownUnit(context)
    const upload = keep
      ? await keepUpload(blobs, uploadTypeOf(context.request), context.body)
      : await holdUpload(uploadTypeOf(context.request), context.body)
    return { importId: context.derivedId, caller: callerOf(context.principal), upload }
  }
  const importRoute = { method: 'POST', responses, timeoutMs: 3_600_000 } as const
  return [
    route({
      ...importRoute,
      path: '/v1/units/import',
      summary: 'Import bureaux, offices, stations and departments',
      roles: ['OPERATOR', 'REGISTRY_CLERK'],
      query: byUnit,
      body: smallFile,
      handler: async (context) => ({ status: 200, body: await importUnits(registry, await command(context, true)) }),
    }),
    route({
      ...importRoute,
      path: '/v1/objects/import',
      summary: 'Import objects into the pool of the caller’s unit',
      roles: ['REGISTRY_CLERK'],
      query: byUnit.extend({ ...fromSource, regionCode: regionCode.optional(), trial: z.stringbool().optional() }),
      body: bigFile,
      handler: async (context) => {
        const { regionCode: within, trial: isTrial = false } = context.query
        if (within !== undefined) requireRegion(context.principal, within)
        const deps = { ...registry, admittedSources: await objectSources(registry, context.principal.regionCode) }
        const sent = { ...(await command(context, true)), ...sourceOf(context.query) }
        return { status: 200, body: await importObjects(deps, sent, { within, isTrial }) }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/objects/labels/import',
      summary: 'Label objects, whoever owns them, and so take them into the pool of the caller’s unit',
      roles: ['REGISTRY_CLERK'],
      query: byUnit,
      body: bigFile,
      handler: async (context) => ({ status: 200, body: await importObjectLabels(registry, await command(context, true)) }),
    }),
    route({
      ...importRoute,
      path: '/v1/objects/reconciliation',
      summary: 'Compare the pool with its source, in both directions',
      roles: ['REGISTRY_CLERK'],
      query: byUnit.extend(fromSource),
      body: bigFile,
      handler: async (context) => ({
        status: 200,
        body: await reconcileObjects(registry, { ...(await command(context, true)), ...sourceOf(context.query) }),
      }),
    }),
    route({
      ...importRoute,
      path: '/v1/inspectors/import',
      summary: 'Import inspectors of the caller’s unit, its offices and stations',
      roles: ['REGISTRY_CLERK'],
      query: byUnit.extend(fromSource),
      body: smallFile,
      handler: async (context) => {
        const rules = await personnelRules(registry, context.principal.regionCode)
        const sent = { ...(await command(context, false)), ...sourceOf(context.query) }
        return { status: 200, body: await importInspectors({ ...registry, ...rules }, sent) }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/credit-results/import',
      summary: 'Receive a push of credit-risk classification results',
      roles: ['CREDIT_SYSTEM'],
      query: byUnit.extend({ asOf: dateOrInstant.optional(), source: fromSource.source }),
      body: bigFile,
      handler: async (context) => {
        const grades = await gradeScheme(registry, context.principal.regionCode)
        const { asOf, source } = context.query
        const pushed = { ...(await command(context, true)), ...sourceOf({ source, sourceAsOf: asOf }) }
        return { status: 200, body: await importCreditResults({ ...registry, grades }, pushed, asOf) }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/warnings/import',
      summary: 'Receive warning items and risk information',
      roles: ['CREDIT_SYSTEM'],
      query: byUnit,
      body: bigFile,
      handler: async (context) => {
        const dueDays = await warningDueDays(registry, context.principal.regionCode)
        return { status: 200, body: await importWarnings({ ...registry, dueDays }, await command(context, true)) }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/check-item-lists/import',
      summary: 'Publish the next version of a check-item list',
      roles: ['REGISTRY_CLERK'],
      query: byUnit.extend({
        listId: id,
        businessLine: shortText,
        effectiveFrom: localDate.optional(),
        trigger: z.enum(changeTriggers).optional(),
        triggerNote: shortText.optional(),
        edition: shortText.optional(),
      }),
      body: smallFile,
      handler: async (context) => {
        const { listId, businessLine, effectiveFrom, trigger, triggerNote, edition } = context.query
        const about = {
          listId,
          businessLine,
          effectiveFrom: effectiveFrom ?? chinaDateOf(registry.clock()),
          trigger: trigger ?? null,
          triggerNote: triggerNote ?? null,
          ...(edition === undefined ? {} : { edition }),
        }
        return { status: 200, body: await importCheckItemList(registry, await command(context, true), about) }
      },
    }),
  ]
}

const readers = ['REGISTRY_CLERK', 'CREDIT_SYSTEM', 'OPERATOR', 'AUDITOR'] as const

export function importRecordRoutes({ imports, blobs }: Registry): Route[] {
  const own = async (importId: string, principal: Principal): Promise<ImportRecord> => {
    const found = await imports.get(importId)
    if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '导入', id: importId } })
    if (principal.roles.includes('AUDITOR')) requireRegion(principal, found.regionCode)
    else requireUnit(principal, found.unitId)
    return found
  }
  const byId = z.object({ importId: z.string().regex(/^[0-9a-f]{32}$/) })
  const shown = (found: ImportRecord) => ({ ...importAnswer(found), kind: found.kind, unitId: found.unitId, by: found.by, at: found.at })
  return [
    route({
      method: 'GET',
      path: '/v1/imports',
      summary: 'Imports of the caller’s unit, newest first',
      roles: readers,
      query: z.object(pageQuery),
      responses: { 200: pageOf(z.record(z.string(), z.unknown())) },
      handler: async ({ principal, query }) => {
        const found = await imports.page(principal.unitId, { limit: query.limit + 1, after: query.after })
        const { items, next } = page(found, query.limit, (each) => each.id)
        return { status: 200, body: { items: items.map(shown), ...(next === undefined ? {} : { next }) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/imports/:importId',
      summary: 'One import',
      roles: readers,
      params: byId,
      responses: { 200: z.record(z.string(), z.unknown()) },
      handler: async ({ principal, params }) => ({ status: 200, body: shown(await own(params.importId, principal)) }),
    }),
    route({
      method: 'GET',
      path: '/v1/imports/:importId/report',
      summary: 'Rejected rows of an import as CSV',
      roles: readers,
      params: byId,
      responses: { 200: { mediaType: 'text/csv; charset=utf-8' } },
      handler: async ({ principal, params }) => {
        const { reportDigest } = await own(params.importId, principal)
        return {
          status: 200,
          headers: { 'content-disposition': `attachment; filename="import-${params.importId}.csv"` },
          stream: Readable.from(blobs.get(reportDigest)),
        }
      },
    }),
  ]
}
