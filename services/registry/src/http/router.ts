import type { Route } from '@dual-random/http'
import type { Registry } from '../app/registry.ts'
import { cardRoutes } from './cards.ts'
import { checkItemRoutes } from './check-items.ts'
import { creditRecordRoutes } from './credit-records.ts'
import { drawRoutes } from './draws.ts'
import { exportRoutes } from './exports.ts'
import { importFileRoutes } from './import-files.ts'
import { importRecordRoutes } from './import-records.ts'
import { importRoutes } from './imports.ts'
import { inspectorRoutes } from './inspectors.ts'
import { institutionRoutes } from './institutions.ts'
import { itemLinkRoutes } from './item-links.ts'
import { itemProposalRoutes } from './item-proposals.ts'
import { keySupervisionListRoutes } from './key-supervision-lists.ts'
import { listPublicationRoutes } from './list-publications.ts'
import { objectIdentityRoutes } from './object-identity.ts'
import { objectTagRoutes } from './object-tags.ts'
import { objectRoutes } from './objects.ts'
import { overviewRoutes } from './overviews.ts'
import { personnelRoutes } from './personnel.ts'
import { planCandidateRoutes } from './plan-candidates.ts'
import { policyRoutes } from './policies.ts'
import { professionalModelRoutes } from './professional-models.ts'
import { publishedListRoutes } from './published-lists.ts'
import { regimeRoutes } from './regimes.ts'
import { reportRoutes } from './reports.ts'
import { resultDeliveryRoutes } from './result-deliveries.ts'
import { roleRoutes } from './roles.ts'
import { rosterRoutes } from './rosters.ts'
import { sensitiveReadRoutes } from './sensitive-reads.ts'
import { tagRoutes } from './tags.ts'
import { trainingRoutes } from './trainings.ts'
import { warningRoutes } from './warnings.ts'
import { yearlyCheckRoutes } from './yearly-checks.ts'

export const routesOf = (registry: Registry): readonly Route[] => [
  ...exportRoutes(registry),
  ...importRoutes(registry),
  ...importFileRoutes(registry),
  ...importRecordRoutes(registry),
  ...objectRoutes(registry),
  ...personnelRoutes(registry),
  ...objectTagRoutes(registry),
  ...objectIdentityRoutes(registry),
  ...tagRoutes(registry),
  ...reportRoutes(registry),
  ...inspectorRoutes(registry),
  ...trainingRoutes(registry),
  ...institutionRoutes(registry),
  ...rosterRoutes(registry),
  ...publishedListRoutes(registry),
  ...checkItemRoutes(registry),
  ...itemProposalRoutes(registry),
  ...itemLinkRoutes(registry),
  ...listPublicationRoutes(registry),
  ...yearlyCheckRoutes(registry),
  ...policyRoutes(registry),
  ...roleRoutes(registry),
  ...overviewRoutes(registry),
  ...cardRoutes(registry),
  ...drawRoutes(registry),
  ...planCandidateRoutes(registry),
  ...sensitiveReadRoutes(registry),
  ...creditRecordRoutes(registry),
  ...warningRoutes(registry),
  ...resultDeliveryRoutes(registry),
  ...professionalModelRoutes(registry),
  ...keySupervisionListRoutes(registry),
  ...regimeRoutes(registry),
]
