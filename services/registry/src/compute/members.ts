import type { FrozenMember } from '../app/computations.ts'

export const membersOf = (parts: readonly Uint8Array[]): readonly FrozenMember[] =>
  parts.flatMap((part) => JSON.parse(new TextDecoder().decode(part)) as FrozenMember[])
