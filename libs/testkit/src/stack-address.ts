import { inject } from 'vitest'

export interface StackAddress {
  readonly kafkaBrokers: string
  readonly mongodbUri: string
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: StackAddress
  }
}

/** Where the broker and the store of this test run are. */
export function stackAddress(): StackAddress {
  const stack = inject('stack')
  if (stack === undefined) throw new Error('no stack: the vitest project lacks @dual-random/testkit/global-setup')
  return stack
}
