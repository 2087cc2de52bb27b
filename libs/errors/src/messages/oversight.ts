import type { Messages } from './message.ts'

export const oversightMessages = {} as const satisfies Messages
