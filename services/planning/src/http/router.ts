import type { Route } from '@dual-random/http'
import type { Ports } from '../app/ports.ts'
import { consistencyRoutes } from './consistency-routes.ts'
import { filingRoutes } from './filing-routes.ts'
import { importRoutes } from './import-routes.ts'
import { overrideRoutes } from './override-routes.ts'
import { planRoutes } from './plan-routes.ts'
import { publicRoutes } from './public-routes.ts'
import { reportRoutes } from './report-routes.ts'

export const planningRoutes = (ports: Ports): readonly Route[] => [
  ...planRoutes(ports),
  ...filingRoutes(ports),
  ...importRoutes(ports),
  ...reportRoutes(ports),
  ...consistencyRoutes(ports),
  ...overrideRoutes(ports),
  ...publicRoutes(ports),
]
