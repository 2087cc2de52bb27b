import { pageQuery } from '@dual-random/http'
import { z } from 'zod'
import { mostPairs } from '../app/overlaps.ts'

/** Each page is counted anew, over the whole pool: whoever wants all of a report has it in one. */
export const countedAnew = z.object({ ...pageQuery, limit: z.coerce.number().int().min(1).max(mostPairs).default(500) })
