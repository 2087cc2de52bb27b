import { type Instant, parseInstant } from '@dual-random/kernel'
import * as z from 'zod'
import { sensitiveFiles } from '../app/ports.ts'
import type { DrawHistory } from '../app/read-history.ts'
import type { Actor } from '../domain/history.ts'

const actor = z.object({ subject: z.string(), unitId: z.string(), regionCode: z.string(), roles: z.array(z.string()) })
const status = z.enum(['FROZEN', 'COMMITTED', 'DRAWN', 'MATCHED', 'CLOSED', 'VOID', 'FAILED'])

export const historySchema = z.object({
  steps: z.array(z.object({ at: z.string(), by: actor, what: z.string(), before: status.nullable(), after: status })),
  /** The first step, from 0, that is not as it was written. */
  brokenAt: z.int().optional(),
  reads: z.array(z.object({ at: z.string(), by: actor, what: z.enum(sensitiveFiles) })),
})

export const instantQuery = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, '应为 YYYY-MM-DDTHH:MM:SS.mmmZ')
  .transform((text) => text as Instant)

const shownActor = ({ subject, unitId, regionCode, roles }: Actor) => ({ subject, unitId, regionCode, roles: [...roles] })

export const historyBody = ({ steps, brokenAt, reads }: DrawHistory): z.infer<typeof historySchema> => ({
  steps: steps.map(({ by, ...step }) => ({ ...step, by: shownActor(by) })),
  ...(brokenAt === undefined ? {} : { brokenAt }),
  reads: reads.map(({ at, by, what }) => ({ at, by: shownActor(by), what })),
})
