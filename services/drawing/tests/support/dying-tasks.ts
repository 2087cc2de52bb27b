export * from '../../src/compute/tasks.ts'

/** The thread dies instead of drawing. */
export const draw = (): never => process.exit(1)
