import type { Messages } from './message.ts'

export const planningMessages = {} as const satisfies Messages
