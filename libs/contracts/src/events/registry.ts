import {
  CheckItemListPublished,
  CreditResultRecorded,
  InspectorChanged,
  InspectorRegistered,
  ItemProposalDecided,
  ItemProposalSubmitted,
  KeySupervisionListPublished,
  ObjectChanged,
  ObjectRegistered,
  PolicyBound,
  PolicyPublished,
  RegimeEntered,
  RegimeLeft,
  UncheckedItemsReported,
  UnitRegistered,
} from '../registry.ts'
import { aggregateEvents } from './event-contract.ts'

const policy = aggregateEvents('registry', 'policy')
const unit = aggregateEvents('registry', 'unit')
const list = aggregateEvents('registry', 'check-item-list')
const keyList = aggregateEvents('registry', 'key-supervision-list')
const proposal = aggregateEvents('registry', 'item-proposal')
const yearlyCheck = aggregateEvents('registry', 'yearly-check')
const object = aggregateEvents('registry', 'object')
const inspector = aggregateEvents('registry', 'inspector')
const regime = aggregateEvents('registry', 'regime')
const credit = aggregateEvents('registry', 'credit-result')

/** Which days an inspector may check on, as far as known. */
const availability = ['availableFrom', 'unavailableFrom', 'unavailableReason'] as const

export const registryEvents = {
  policyPublished: policy('published', PolicyPublished, ['effectiveTo']),
  policyBound: policy('bound', PolicyBound),
  unitRegistered: unit('registered', UnitRegistered, ['parentUnitId']),
  checkItemListPublished: list('published', CheckItemListPublished),
  keySupervisionListPublished: keyList('published', KeySupervisionListPublished, ['effectiveTo']),
  itemProposalSubmitted: proposal('submitted', ItemProposalSubmitted),
  itemProposalDecided: proposal('decided', ItemProposalDecided),
  uncheckedItemsReported: yearlyCheck('unchecked-items-reported', UncheckedItemsReported),
  objectRegistered: object('registered', ObjectRegistered),
  objectChanged: object('changed', ObjectChanged),
  inspectorRegistered: inspector('registered', InspectorRegistered, availability),
  inspectorChanged: inspector('changed', InspectorChanged, availability),
  regimeEntered: regime('entered', RegimeEntered, ['lastDay']),
  regimeLeft: regime('left', RegimeLeft, ['lastDay']),
  creditResultRecorded: credit('recorded', CreditResultRecorded),
} as const
