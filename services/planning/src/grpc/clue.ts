import type { KeptClue } from '@dual-random/contracts/planning'
import type { Clue } from '../domain/clue.ts'

export const clueMessage = ({ clueId, regionCode, status, object, source }: Clue): KeptClue => ({
  clueId,
  regionCode,
  status,
  source,
  ...(object === undefined ? {} : { objectCode: object.code }),
})
