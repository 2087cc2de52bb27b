import type { RegionCode } from '@dual-random/kernel'
import type { ProfessionalModel } from '../domain/professional-model.ts'
import type { Records } from './ports.ts'

export interface ProfessionalModels extends Records<ProfessionalModel> {
  /** Of the region and below. */
  inRegion(regionCode: RegionCode): Promise<readonly ProfessionalModel[]>
}
