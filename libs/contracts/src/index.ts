export { drawnFor, drawnForFields } from './drawn-for.ts'
export {
  type CheckMethodName,
  checkMethods,
  type FieldClassName,
  fieldClasses,
  type ItemClassName,
  itemClasses,
  type ObjectKindName,
  objectKinds,
  type PlanTypeName,
  planTypes,
  type RedrawPurposeName,
  type ResultTypeName,
  redrawPurposes,
  resultTypes,
  type SelectionModeName,
  selectionModes,
  type UnitKindName,
  unitKinds,
} from './enum-names.ts'
export { contractOf, events, recognitionTopicOf, serviceTopics } from './events/catalogue.ts'
export type { EventContract } from './events/event-contract.ts'
export { type MessageCodec, missingFields, type OptionalField } from './message.ts'
export { countsBesideParent, drawsObjects, purposeName, purposeWord, wirePurpose } from './redraw-purpose.ts'
