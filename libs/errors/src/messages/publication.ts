import type { Messages } from './message.ts'

export const publicationMessages = {} as const satisfies Messages
