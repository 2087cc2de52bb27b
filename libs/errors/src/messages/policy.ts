import type { Messages } from './message.ts'

export const policyMessages = {} as const satisfies Messages
