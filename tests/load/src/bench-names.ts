export const benchNames = [
  'import',
  'province',
  'roster',
  'events',
  'draw',
  'planning',
  'portal',
  'idle',
  'demo',
  'messaging',
  'relay',
  'takeover',
  'poison',
  'flows',
] as const

export type BenchName = (typeof benchNames)[number]

export const isBenchName = (text: string): text is BenchName => benchNames.some((name) => name === text)
