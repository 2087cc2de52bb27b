import type { KeptClue } from '@dual-random/contracts/planning'
import { parseRegionCode } from '@dual-random/kernel'
import type { KnownClue } from '../domain/known-clue.ts'
import { required } from './answers.ts'

const statuses: readonly KnownClue['status'][] = ['OPEN', 'CLUSTERED', 'CHECKED', 'CLOSED']

/** A clue as planning keeps it; one without its region or status could not be judged by. */
export const knownClueOf = ({ clueId, regionCode, status, objectCode }: KeptClue): KnownClue => ({
  clueId,
  regionCode: required(parseRegionCode(regionCode), 'planning', 'clues/regionCode'),
  status: required(
    statuses.find((each) => each === status),
    'planning',
    'clues/status',
  ),
  ...(objectCode === undefined ? {} : { objectCode }),
})
