import type { Messages } from './message.ts'

export const registryMessages = {} as const satisfies Messages
