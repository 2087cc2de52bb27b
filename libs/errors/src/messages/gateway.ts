import type { Messages } from './message.ts'

export const gatewayMessages = {} as const satisfies Messages
