import { objectKinds } from '@dual-random/contracts'
import type { ObjectScope } from '../domain/object-scope.ts'

export const kindsMessage = (kinds: readonly string[]) =>
  objectKinds.all.filter((kind) => kinds.includes(kind)).map((kind) => objectKinds.toWire(kind))

export const scopeMessage = ({ kinds, industryPrefixes, tags, regionCodes }: ObjectScope) => ({
  kinds: kindsMessage(kinds),
  industryPrefixes: [...industryPrefixes],
  tags: [...tags],
  regionCodes: [...regionCodes],
})
