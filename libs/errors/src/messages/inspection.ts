import type { Messages } from './message.ts'

export const inspectionMessages = {} as const satisfies Messages
