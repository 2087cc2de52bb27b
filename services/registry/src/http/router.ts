import type { Route } from '@dual-random/http'
import type { Registry } from '../app/registry.ts'
import { cardRoutes } from './cards.ts'
import { checkItemRoutes } from './check-items.ts'
import { drawRoutes } from './draws.ts'
import { exportRoutes } from './exports.ts'
import { importRecordRoutes, importRoutes } from './imports.ts'
import { inspectorRoutes } from './inspectors.ts'
import { objectIdentityRoutes } from './object-identity.ts'
import { objectTagRoutes } from './object-tags.ts'
import { objectRoutes } from './objects.ts'
import { overviewRoutes } from './overviews.ts'
import { policyRoutes } from './policies.ts'
import { publishedListRoutes } from './published-lists.ts'
import { reportRoutes } from './reports.ts'
import { roleRoutes } from './roles.ts'
import { tagRoutes } from './tags.ts'

export const routesOf = (registry: Registry): readonly Route[] => [
  ...exportRoutes(registry),
  ...importRoutes(registry),
  ...importRecordRoutes(registry),
  ...objectRoutes(registry),
  ...objectTagRoutes(registry),
  ...objectIdentityRoutes(registry),
  ...tagRoutes(registry),
  ...reportRoutes(registry),
  ...inspectorRoutes(registry),
  ...publishedListRoutes(registry),
  ...checkItemRoutes(registry),
  ...policyRoutes(registry),
  ...roleRoutes(registry),
  ...overviewRoutes(registry),
  ...cardRoutes(registry),
  ...drawRoutes(registry),
]
