import { PlanAccepted, PlanDrafted, PlanFiled, PlanPublished, PlanReturned } from '../planning.ts'
import { aggregateEvents } from './event-contract.ts'

const plan = aggregateEvents('planning', 'plan')

export const planningEvents = {
  planDrafted: plan('drafted', PlanDrafted),
  planFiled: plan('filed', PlanFiled, ['dueDate']),
  planAccepted: plan('accepted', PlanAccepted),
  planReturned: plan('returned', PlanReturned),
  planPublished: plan('published', PlanPublished),
} as const
