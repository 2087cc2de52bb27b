import { type LineField, lineFieldNames } from '../line-field-names.ts'
import type { PatchMember } from './patch.ts'

interface Asked {
  readonly field: string
  /** The members that would state it. */
  readonly accepts: readonly PatchMember[]
}

/** A question of its own for each, so that one can be answered while another stays open. */
const asked: Readonly<Record<LineField, Asked>> = {
  ITEMS: { field: 'missingItems', accepts: ['itemCodes', 'units'] },
  OBJECTS: { field: 'missingObjects', accepts: ['objectScope', 'scope', 'batches'] },
  RATIO: { field: 'missingRatio', accepts: ['ratio', 'ratios'] },
  TIME_LIMIT: { field: 'missingTimeLimit', accepts: ['batches', 'window'] },
  INITIATOR: { field: 'missingInitiator', accepts: ['initiatorUnitId', 'units'] },
  PARTICIPANTS: { field: 'missingParticipants', accepts: ['participantUnitIds', 'units'] },
  BATCH_SCOPE: { field: 'missingBatchScope', accepts: ['batches', 'objectScope', 'scope'] },
  BATCH_QUANTITY: { field: 'missingBatchQuantity', accepts: ['batches'] },
  BATCH_TIME: { field: 'missingBatchTime', accepts: ['batches', 'window'] },
}

/** Whether a question is about what policy has a line state, by its field. */
export const isAboutLineField = (field: string | undefined): boolean => Object.values(asked).some((each) => each.field === field)

/** Asks for what a line does not state; a reason, where policy allows one, settles every such question of the line. */
export const lineFieldQuestion = (missing: LineField) => ({
  field: asked[missing].field,
  accepts: [...asked[missing].accepts, 'reason', 'legalBasis'] as const,
  message: `按现行策略，计划事项须写明${lineFieldNames[missing]}，表中没有：请补充`,
})
