import type { Messages } from './message.ts'

export const oversightMessages = {
  'unknown-measure': {
    zh: '指标“{indicator}”的口径使用了无法统计的数量“{measure}”',
    en: 'The formula of {indicator} names {measure}, which cannot be counted',
  },
} as const satisfies Messages
