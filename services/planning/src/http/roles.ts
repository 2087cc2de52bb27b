import type { Role } from '@dual-random/auth'

export const planReaders: readonly Role[] = [
  'PLANNER',
  'FILING_REVIEWER',
  'DRAW_ORGANISER',
  'DISPATCHER',
  'JOINT_COORDINATOR',
  'AUDITOR',
  'EVALUATOR',
  'SERVICE',
]

export const reportReaders: readonly Role[] = ['PLANNER', 'FILING_REVIEWER', 'JOINT_COORDINATOR', 'AUDITOR', 'EVALUATOR']

/** Who receives clues and sees to them. */
export const clueKeepers: readonly Role[] = ['PLANNER', 'DISPATCHER']

export const clueReaders: readonly Role[] = [...clueKeepers, 'AUDITOR']

export const importReaders: readonly Role[] = ['PLANNER', 'AUDITOR']
