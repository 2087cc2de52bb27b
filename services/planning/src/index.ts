export type { PlanningOverrides } from './context.ts'
export { createPlanningService } from './service.ts'
