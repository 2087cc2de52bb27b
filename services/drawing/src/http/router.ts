import type { Route } from '@dual-random/http'
import type { AppDeps } from '../app/ports.ts'
import { organiserRoutes } from './organise.ts'
import { pageRoutes } from './pages.ts'
import { publicRoutes } from './public.ts'
import { readRoutes } from './read.ts'
import { redrawRoutes } from './redraws.ts'

export const routesOf = (deps: AppDeps): readonly Route[] => [
  ...organiserRoutes(deps),
  ...readRoutes(deps),
  ...redrawRoutes(deps),
  ...publicRoutes(deps),
  ...pageRoutes(deps),
]
