import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { readablePlan } from '../app/access.ts'
import { answerImport } from '../app/answer-import.ts'
import { applyImport } from '../app/apply-import.ts'
import { importOf, importTable } from '../app/import-table.ts'
import type { Ports } from '../app/ports.ts'
import { importSummary, planImport } from './import-answers.ts'
import { importView, summaryOf } from './import-view.ts'
import { workbookType } from './media-types.ts'
import { plan } from './plan-answers.ts'
import { planView } from './plan-view.ts'
import { importReaders } from './roles.ts'
import { id, importAnswer, shortText, unitId } from './schemas.ts'

const tableLimitBytes = 4 * 1024 * 1024
/** As long as a spreadsheet lets it be, and not trimmed: blanks are part of a name. */
const sheetName = z.string().min(1).max(31)
const inPlan = z.object({ planId: id })
const inImport = inPlan.extend({ importId: id })

const receive = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/imports',
    summary: 'Receive a plan table as an office published it',
    roles: ['PLANNER'],
    params: inPlan,
    query: z.object({
      fileName: shortText.exactOptional(),
      title: shortText.exactOptional(),
      publisherUnitId: unitId.exactOptional(),
      sheet: sheetName.exactOptional(),
    }),
    body: { raw: ['text/csv', workbookType, 'application/octet-stream'], limitBytes: tableLimitBytes },
    responses: { 201: planImport, 200: planImport },
    timeoutMs: 60_000,
    handler: async (caller) => {
      const bytes = new Uint8Array(await buffer(caller.body))
      const { planImport: received, created } = await importTable(ports, caller.params.planId, { bytes, ...caller.query }, caller)
      return { status: created ? 201 : 200, body: importView(received) }
    },
  })

const list = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/imports',
    summary: 'Imports into a plan',
    roles: importReaders,
    params: inPlan,
    query: z.object(pageQuery),
    responses: { 200: pageOf(importSummary) },
    handler: async (caller) => {
      const { planId } = await readablePlan(ports, caller.params.planId, caller)
      const { limit, after } = caller.query
      const found = await ports.imports.ofPlan(planId, { limit, after })
      return { status: 200, body: page(found.map(summaryOf), limit, ({ importId }) => importId) }
    },
  })

const read = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/imports/:importId',
    summary: 'An import with its questions and answers',
    roles: importReaders,
    params: inImport,
    responses: { 200: planImport },
    handler: async (caller) => {
      await readablePlan(ports, caller.params.planId, caller)
      return { status: 200, body: importView(await importOf(ports, caller.params.planId, caller.params.importId)) }
    },
  })

const file = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/imports/:importId/file',
    summary: 'The file of an import, as received',
    roles: importReaders,
    params: inImport,
    responses: { 200: { mediaType: 'text/csv', otherMediaTypes: [workbookType] } },
    handler: async (caller) => {
      await readablePlan(ports, caller.params.planId, caller)
      const { fileDigest, encoding } = await importOf(ports, caller.params.planId, caller.params.importId)
      const stream = Readable.from([Buffer.from(await ports.blobs.bytes(fileDigest))])
      return { status: 200, stream, headers: { 'content-type': encoding === 'xlsx' ? workbookType : 'text/csv' } }
    },
  })

const answer = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/imports/:importId/answers',
    summary: 'Settle questions of an import',
    roles: ['PLANNER'],
    params: inImport,
    body: z.strictObject({ answers: z.array(importAnswer).min(1).max(1000) }),
    responses: { 200: planImport },
    timeoutMs: 60_000,
    handler: async (caller) => {
      const { planId, importId } = caller.params
      return { status: 200, body: importView(await answerImport(ports, planId, importId, caller.body.answers, caller)) }
    },
  })

const apply = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/imports/:importId/apply',
    summary: 'Add the lines of a settled import to the draft',
    roles: ['PLANNER'],
    params: inImport,
    responses: { 200: plan },
    timeoutMs: 60_000,
    handler: async (caller) => ({
      status: 200,
      body: planView(await applyImport(ports, caller.params.planId, caller.params.importId, caller)),
    }),
  })

export const importRoutes = (ports: Ports): readonly Route[] => [receive, list, read, file, answer, apply].map((each) => each(ports))
