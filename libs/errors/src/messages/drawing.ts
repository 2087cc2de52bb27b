import type { Messages } from './message.ts'

export const drawingMessages = {} as const satisfies Messages
