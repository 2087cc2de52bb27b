export * from '../../src/compute/tasks.ts'

/** Never comes to an end. */
export const draw = (): never => {
  for (;;);
}
