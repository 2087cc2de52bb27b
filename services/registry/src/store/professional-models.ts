import { aggregates, type Store } from '@dual-random/mongo'
import type { ProfessionalModels } from '../app/professional-ports.ts'
import type { ProfessionalModel } from '../domain/professional-model.ts'
import { recordsOver, regionRange, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

export function professionalModelStore(store: Store, { toContract, ...settings }: AggregateSettings): ProfessionalModels {
  const models = aggregates<ProfessionalModel>(store, {
    ...settings,
    collection: 'professional_models',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1 } }],
  })
  return {
    ...recordsOver(models, sameShape<ProfessionalModel>(), toContract),
    inRegion: async (regionCode) =>
      (await models.find({ 'state.regionCode': regionRange(regionCode) }, { limit: 10_000 })).map(({ state }) => state),
  }
}
