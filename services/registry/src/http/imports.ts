import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { chinaDateOf, type Instant } from '@dual-random/kernel'
import { z } from 'zod'
import { requireCreditModule } from '../app/credit-modules.ts'
import { gradeScheme } from '../app/grade-scheme.ts'
import type { ImportAnswer, ImportCommand } from '../app/import/finish.ts'
import { runImport } from '../app/import/import-run.ts'
import { importCheckItemList } from '../app/import-check-item-list.ts'
import { importCreditData } from '../app/import-credit-data.ts'
import { importCreditResults } from '../app/import-credit-results.ts'
import { importInspectors } from '../app/import-inspectors.ts'
import { importObjectLabels } from '../app/import-object-labels.ts'
import { importObjects } from '../app/import-objects.ts'
import { importTags } from '../app/import-tags.ts'
import { importUnits } from '../app/import-units.ts'
import { importWarnings } from '../app/import-warnings.ts'
import { objectSources } from '../app/object-sources.ts'
import { personnelRules } from '../app/personnel-rules.ts'
import type { ImportKind } from '../app/ports.ts'
import { reconcileObjects } from '../app/reconcile-objects.ts'
import type { Registry } from '../app/registry.ts'
import { warningDueDays } from '../app/warning-due.ts'
import { changeTriggers } from '../domain/check-item-list.ts'
import {
  bigOrStoredFile,
  byUnit,
  byUnitOrFile,
  heldImport,
  keptImport,
  requireOwnUnit,
  smallFile,
  smallOrStoredFile,
} from './import-upload.ts'
import { dateOrInstant, id, localDate, regionCode, shortText } from './schemas.ts'

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

export function importRoutes(registry: Registry): Route[] {
  const run = (kind: ImportKind, command: ImportCommand, work: (deps: Registry, command: ImportCommand) => Promise<ImportAnswer>) =>
    runImport(registry, kind, command, work)
  const importRoute = { method: 'POST', responses, timeoutMs: 3_600_000 } as const
  return [
    route({
      ...importRoute,
      path: '/v1/units/import',
      summary: 'Import bureaux, offices, stations and departments',
      roles: ['OPERATOR', 'REGISTRY_CLERK'],
      query: byUnitOrFile,
      body: smallOrStoredFile,
      handler: async (context) => ({
        status: 200,
        body: await run('units', await keptImport(registry, context, smallOrStoredFile), importUnits),
      }),
    }),
    route({
      ...importRoute,
      path: '/v1/objects/import',
      summary: 'Import objects into the pool of the caller’s unit',
      roles: ['REGISTRY_CLERK'],
      query: byUnitOrFile.extend({ ...fromSource, regionCode: regionCode.optional(), trial: z.stringbool().optional() }),
      body: bigOrStoredFile,
      handler: async (context) => {
        const { regionCode: within, trial: isTrial = false } = context.query
        if (within !== undefined) requireRegion(context.principal, within)
        const admittedSources = await objectSources(registry, context.principal.regionCode)
        const sent = { ...(await keptImport(registry, context, bigOrStoredFile)), ...sourceOf(context.query) }
        const body = await run(isTrial ? 'trial' : 'objects', sent, (deps, command) =>
          importObjects({ ...deps, admittedSources }, command, { within, isTrial }),
        )
        return { status: 200, body }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/objects/labels/import',
      summary: 'Label objects, whoever owns them, and so take them into the pool of the caller’s unit',
      roles: ['REGISTRY_CLERK'],
      query: byUnitOrFile,
      body: bigOrStoredFile,
      handler: async (context) => ({
        status: 200,
        body: await run('object-labels', await keptImport(registry, context, bigOrStoredFile), importObjectLabels),
      }),
    }),
    route({
      ...importRoute,
      path: '/v1/tags/import',
      summary: 'Give and withdraw tags of the caller’s unit on objects of its pool, one a row',
      roles: ['REGISTRY_CLERK'],
      query: byUnitOrFile,
      body: bigOrStoredFile,
      handler: async (context) => ({
        status: 200,
        body: await run('tags', await keptImport(registry, context, bigOrStoredFile), importTags),
      }),
    }),
    route({
      ...importRoute,
      path: '/v1/objects/reconciliation',
      summary: 'Compare the pool with its source, in both directions',
      roles: ['REGISTRY_CLERK'],
      query: byUnitOrFile.extend(fromSource),
      body: bigOrStoredFile,
      handler: async (context) => {
        const sent = { ...(await keptImport(registry, context, bigOrStoredFile)), ...sourceOf(context.query) }
        return { status: 200, body: await run('reconciliation', sent, reconcileObjects) }
      },
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
        const sent = { ...(await heldImport(context)), ...sourceOf(context.query) }
        return { status: 200, body: await run('inspectors', sent, (deps, command) => importInspectors({ ...deps, ...rules }, command)) }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/credit-results/import',
      summary: 'Receive a push of credit-risk classification results',
      roles: ['CREDIT_SYSTEM'],
      query: byUnitOrFile.extend({ asOf: dateOrInstant.optional(), source: fromSource.source }),
      body: bigOrStoredFile,
      handler: async (context) => {
        const grades = await gradeScheme(registry, context.principal.regionCode)
        const { asOf, source } = context.query
        const pushed = { ...(await keptImport(registry, context, bigOrStoredFile)), ...sourceOf({ source, sourceAsOf: asOf }) }
        return {
          status: 200,
          body: await run('credit-results', pushed, (deps, command) => importCreditResults({ ...deps, grades }, command, asOf)),
        }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/credit-data/import',
      summary: 'Collect other departments’ credit data into the credit records of market subjects',
      roles: ['CREDIT_SYSTEM', 'REGISTRY_CLERK'],
      query: byUnitOrFile.extend(fromSource),
      body: bigOrStoredFile,
      handler: async (context) => {
        requireOwnUnit(context)
        await requireCreditModule(registry, context.principal.regionCode)
        const sent = { ...(await keptImport(registry, context, bigOrStoredFile)), ...sourceOf(context.query) }
        return { status: 200, body: await run('credit-data', sent, importCreditData) }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/warnings/import',
      summary: 'Receive warning items and risk information',
      roles: ['CREDIT_SYSTEM'],
      query: byUnitOrFile,
      body: bigOrStoredFile,
      handler: async (context) => {
        const dueDays = await warningDueDays(registry, context.principal.regionCode)
        const sent = await keptImport(registry, context, bigOrStoredFile)
        return { status: 200, body: await run('warnings', sent, (deps, command) => importWarnings({ ...deps, dueDays }, command)) }
      },
    }),
    route({
      ...importRoute,
      path: '/v1/check-item-lists/import',
      summary: 'Publish the next version of a check-item list',
      roles: ['REGISTRY_CLERK'],
      query: byUnitOrFile.extend({
        listId: id,
        businessLine: shortText,
        effectiveFrom: localDate.optional(),
        trigger: z.enum(changeTriggers).optional(),
        triggerNote: shortText.optional(),
        edition: shortText.optional(),
      }),
      body: smallOrStoredFile,
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
        const sent = await keptImport(registry, context, smallOrStoredFile)
        return { status: 200, body: await run('check-item-lists', sent, (deps, command) => importCheckItemList(deps, command, about)) }
      },
    }),
  ]
}
