import type { Messages } from './message.ts'

export const jointMessages = {} as const satisfies Messages
