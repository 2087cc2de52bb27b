import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { storeFile } from '../app/import/stored-file.ts'
import type { Registry } from '../app/registry.ts'
import { callerOf } from './access.ts'
import { bigBytes, fileTypes, uploadTypeOf } from './import-upload.ts'

/** Files put into the store, to be imported by their key. */
export function importFileRoutes(registry: Registry): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/import-files',
      summary: 'Store a file that imports of the caller’s unit may name by its key, the SHA-256 of its bytes',
      roles: ['REGISTRY_CLERK', 'OPERATOR', 'CREDIT_SYSTEM'],
      body: { raw: fileTypes, limitBytes: bigBytes },
      responses: { 201: z.object({ file: z.string(), mediaType: z.string(), bytes: z.int(), storedAt: z.string() }) },
      timeoutMs: 3_600_000,
      handler: async ({ principal, request, body }) => {
        const { digest, type, bytes, at } = await storeFile(registry, callerOf(principal), uploadTypeOf(request), body)
        return { status: 201, body: { file: digest, mediaType: type, bytes, storedAt: at } }
      },
    }),
  ]
}
