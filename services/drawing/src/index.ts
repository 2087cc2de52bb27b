export type { DrawingOverrides } from './context.ts'
export { createDrawingService } from './service.ts'
