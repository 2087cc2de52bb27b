import {
  CheckItemListPublished,
  CreditResultRecorded,
  InspectorChanged,
  InspectorRegistered,
  ObjectChanged,
  ObjectRegistered,
  PolicyBound,
  PolicyPublished,
  UnitRegistered,
} from '../registry.ts'
import { aggregateEvents } from './event-contract.ts'

const policy = aggregateEvents('registry', 'policy')
const unit = aggregateEvents('registry', 'unit')
const list = aggregateEvents('registry', 'check-item-list')
const object = aggregateEvents('registry', 'object')
const inspector = aggregateEvents('registry', 'inspector')
const credit = aggregateEvents('registry', 'credit-result')

export const registryEvents = {
  policyPublished: policy('published', PolicyPublished, ['effectiveTo']),
  policyBound: policy('bound', PolicyBound),
  unitRegistered: unit('registered', UnitRegistered, ['parentUnitId']),
  checkItemListPublished: list('published', CheckItemListPublished),
  objectRegistered: object('registered', ObjectRegistered),
  objectChanged: object('changed', ObjectChanged),
  inspectorRegistered: inspector('registered', InspectorRegistered),
  inspectorChanged: inspector('changed', InspectorChanged),
  creditResultRecorded: credit('recorded', CreditResultRecorded),
} as const
