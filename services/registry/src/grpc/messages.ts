import { objectKinds, unitKinds } from '@dual-random/contracts'
import type {
  InspectorCandidate as InspectorCandidateMessage,
  InspectorOpening,
  ObjectNeeds as ObjectNeedsMessage,
  ObjectOpening as ObjectOpeningMessage,
  StaleSource,
} from '@dual-random/contracts/registry'
import type { OpenedInspector } from '../app/frozen-draw.ts'
import type { InspectorCandidate, ObjectNeeds } from '../app/match-inputs.ts'
import type { ObjectOpening } from '../app/openings.ts'
import { currentInspector } from '../domain/inspector.ts'
import type { SourceFreshness } from '../domain/source.ts'
import { allTags } from '../domain/tagging.ts'

export const toNeedsMessage = ({ label, specialities, recusals, lastInspectors }: ObjectNeeds): ObjectNeedsMessage => ({
  label,
  specialities: [...specialities],
  recusedInspectorLabels: recusals.map(({ holder }) => holder),
  recusalGrounds: recusals.map(({ ground }) => ground),
  lastInspectorLabels: [...lastInspectors],
})

export const toCandidateMessage = ({ label, salt, inspector, content, homeKind }: InspectorCandidate): InspectorCandidateMessage => ({
  label,
  salt,
  inspectorId: inspector.inspectorId,
  unitId: inspector.unitId,
  homeUnitId: content.homeUnitId,
  homeKind: unitKinds.toWire(homeKind),
  specialities: [...content.specialities],
  qualificationValidTo: content.qualificationValidTo ?? '',
  hasRecusalScope: content.recusal !== null,
})

export const toObjectOpening = ({ label, salt, drawnSalt, grade, alliance, member }: ObjectOpening): ObjectOpeningMessage => ({
  label,
  salt,
  drawnSalt,
  objectId: member.object.objectId,
  objectCode: member.object.objectCode,
  name: member.content.name,
  kind: objectKinds.toWire(member.content.kind),
  address: member.content.address,
  industry: member.content.industry,
  grade,
  tags: [...allTags(member.content)],
  itemCodes: member.items.map(({ code }) => code),
  alliance,
})

/** The login name is the present one: a person whose account was renamed after the snapshot must still be able to enter results. */
export const toInspectorOpening = ({ label, salt, inspector, content }: OpenedInspector): InspectorOpening => ({
  label,
  salt,
  inspectorId: inspector.inspectorId,
  name: content.name,
  unitId: inspector.unitId,
  subject: currentInspector(inspector).subject,
})

export const toStaleSource = ({ dataset, of, source, asOf, limitDays }: SourceFreshness): StaleSource => ({
  dataset,
  of,
  source: source ?? undefined,
  asOf: asOf ?? undefined,
  limitDays: limitDays ?? 0,
})
