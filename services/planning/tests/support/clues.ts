import type { Instant } from '@dual-random/kernel'
import type { Clue, ClueFacts } from '../../src/domain/clue.ts'
import type { ClueTaskFacts } from '../../src/domain/clue-task.ts'
import { city, code, planLine, scj } from './lines.ts'

export const clueFacts = (clueId: string, members: Partial<ClueFacts> = {}): ClueFacts => ({
  clueId,
  regionCode: city,
  unitId: scj,
  source: 'COMPLAINT',
  receivedAt: '2026-05-06T00:45:00.000Z' as Instant,
  matter: '多名消费者反映预付卡退费难',
  recorded: { by: 'planner', at: '2026-05-06T01:20:00.000Z' as Instant },
  ...members,
})

/** A clue that tells of a group. */
export const openClue = (clueId: string, members: Partial<ClueFacts> = {}): Clue => ({ ...clueFacts(clueId, members), status: 'OPEN' })

/** A clue about one object. */
export const caseClue = (clueId: string): Clue => openClue(clueId, { object: { code: '91230300MA0000001X', name: '示例健身馆' } })

const {
  lineId: _lineId,
  reasons: _reasons,
  source: _source,
  commandId: _commandId,
  ...terms
} = planLine('T1', {
  itemCodes: [code('K1')],
  ratios: [],
  count: 12,
})

export const clueTaskFacts: ClueTaskFacts = {
  taskId: 'clue-task-5d4c3b2a',
  regionCode: city,
  unitId: scj,
  year: 2026,
  form: 'TARGETED_DRAW',
  trigger: { id: 'MANY_COMPLAINTS', text: '投诉举报较多' },
  ground: '一季度预付卡投诉集中',
  clueIds: ['clue-0a', 'clue-0b'],
  scope: { industryPrefixes: ['R89'], regionCodes: [] },
  terms,
  policy: { preset: 'local/four-coal-cities', version: '1' },
  policyDigest: 'f'.repeat(64),
  proposed: { by: 'planner', at: '2026-05-08T02:00:00.000Z' as Instant },
}
