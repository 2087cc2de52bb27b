import { objectKinds } from '@dual-random/contracts'
import type { KeyMatter as KeyMatterMessage } from '@dual-random/contracts/registry'
import type { KeyMatter } from '../domain/key-supervision-list.ts'

export const toKeyMatterMessage = ({ applicability, measures, itemCodes, stages, factors, ...matter }: KeyMatter): KeyMatterMessage => ({
  ...matter,
  timesPerYear: matter.timesPerYear,
  applicability: {
    kinds: applicability.kinds.map(objectKinds.toWire),
    industryPrefixes: [...applicability.industryPrefixes],
    tags: [...applicability.tags],
  },
  measures: [...measures],
  itemCodes: [...itemCodes],
  stages: [...stages],
  factors: factors.map((factor) => ({ ...factor })),
})
