import type { Readable } from 'node:stream'
import { requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { hasBody, type RawBody, type RouteContext } from '@dual-random/http'
import type { UnitId } from '@dual-random/kernel'
import { z } from 'zod'
import type { ImportCommand } from '../app/import/finish.ts'
import { storedUpload } from '../app/import/stored-file.ts'
import { holdUpload, keepUpload, type Upload, workbookType } from '../app/import/upload.ts'
import type { UploadType } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { callerOf } from './access.ts'
import { id } from './schemas.ts'

export const fileTypes = ['text/csv', 'application/x-ndjson', workbookType]
const smallBytes = 16 * 1024 * 1024
export const bigBytes = 256 * 1024 * 1024

export const smallFile = { raw: [...fileTypes, 'application/json'], limitBytes: smallBytes }
/** The same, or none where the query names a stored one. */
export const bigOrStoredFile = { raw: fileTypes, limitBytes: bigBytes, isOptional: true }
export const smallOrStoredFile = { ...smallFile, isOptional: true }

export const byUnit = z.object({ unitId: id.optional() })
/** `file` is the key of a stored file: the SHA-256 of its bytes, never a path. */
export const byUnitOrFile = byUnit.extend({
  file: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

type Query = { readonly unitId?: string | undefined; readonly file?: string | undefined }
export type ImportContext = RouteContext<unknown, Query, Readable>

export const uploadTypeOf = (request: ImportContext['request']): UploadType =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() as UploadType

/** A caller imports for its own unit only (REG-41). */
export function requireOwnUnit({ principal, query }: ImportContext): void {
  if (query.unitId !== undefined) requireUnit(principal, query.unitId as UnitId)
}

const commandOf = ({ derivedId, principal }: ImportContext, upload: Upload): ImportCommand => ({
  importId: derivedId,
  caller: callerOf(principal),
  upload,
})

/** The command of an import whose file is kept in the store: the one sent, or the one that the query names. */
export async function keptImport(registry: Registry, context: ImportContext, accepted: RawBody): Promise<ImportCommand> {
  requireOwnUnit(context)
  const { request, query, principal, body } = context
  if (query.file === undefined) {
    const type = uploadTypeOf(request)
    // A file may be empty, and is told so by its reader; it has a type all the same.
    if (!hasBody(request) && !accepted.raw.includes(type)) throw appError('invalid', 'import-without-file')
    return commandOf(context, await keepUpload(registry.blobs, type, body))
  }
  if (hasBody(request)) throw appError('invalid', 'import-file-and-body')
  return commandOf(context, await storedUpload(registry, principal.unitId, query.file, accepted.limitBytes))
}

/** The command of an import whose file is kept nowhere, because what it says is sensitive (SEC-04). */
export async function heldImport(context: ImportContext): Promise<ImportCommand> {
  requireOwnUnit(context)
  return commandOf(context, await holdUpload(uploadTypeOf(context.request), context.body))
}
