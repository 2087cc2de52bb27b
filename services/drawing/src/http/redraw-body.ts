import { purposeName, purposeWord } from '@dual-random/contracts'
import type * as z from 'zod'
import type { RedrawOrder } from '../domain/redraw.ts'
import type { orderSchema, proposeBody } from './schemas.ts'

export const proposalOf = ({ purpose, grounds, counts, regionCode }: z.infer<typeof proposeBody>) => ({
  purpose: purposeWord(purpose),
  grounds: grounds.map(({ reason, label, unitId, inspectors }) => ({
    reason,
    ...(label === undefined ? {} : { label }),
    ...(unitId === undefined ? {} : { unitId }),
    ...(inspectors === undefined ? {} : { inspectors }),
  })),
  counts,
  ...(regionCode === undefined ? {} : { regionCode }),
})

export const orderBody = ({ purpose, grounds, ...order }: RedrawOrder): z.infer<typeof orderSchema> => ({
  ...order,
  purpose: purposeName(purpose),
  grounds: grounds.map(({ inspectors, ...ground }) => ({
    ...ground,
    ...(inspectors === undefined ? {} : { inspectors: [...inspectors] }),
  })),
})
