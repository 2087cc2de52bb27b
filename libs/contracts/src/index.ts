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
  type ResultTypeName,
  resultTypes,
  type SelectionModeName,
  selectionModes,
  type UnitKindName,
  unitKinds,
} from './enum-names.ts'
export { contractOf, events, recognitionTopicOf, serviceTopics } from './events/catalogue.ts'
export type { EventContract } from './events/event-contract.ts'
export { type MessageCodec, missingFields } from './message.ts'
