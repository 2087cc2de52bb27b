import type { Route } from '@dual-random/http'
import type { Ports } from '../app/ports.ts'
import { agreementRoutes } from './agreement-routes.ts'
import { assignmentRoutes } from './assignment-routes.ts'
import { clueRoutes } from './clue-routes.ts'
import { clueTaskRoutes } from './clue-task-routes.ts'
import { consistencyRoutes } from './consistency-routes.ts'
import { exportRoutes } from './export-routes.ts'
import { filingRoutes } from './filing-routes.ts'
import { importRoutes } from './import-routes.ts'
import { overrideRoutes } from './override-routes.ts'
import { planRoutes } from './plan-routes.ts'
import { progressRoutes } from './progress-routes.ts'
import { publicRoutes } from './public-routes.ts'
import { reminderRoutes } from './reminder-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { standingRoutes } from './standing-routes.ts'
import { undrawnRoutes } from './undrawn-routes.ts'

export const planningRoutes = (ports: Ports): readonly Route[] => [
  ...planRoutes(ports),
  ...exportRoutes(ports),
  ...agreementRoutes(ports),
  ...assignmentRoutes(ports),
  ...filingRoutes(ports),
  ...importRoutes(ports),
  ...reportRoutes(ports),
  ...consistencyRoutes(ports),
  ...overrideRoutes(ports),
  ...undrawnRoutes(ports),
  ...reminderRoutes(ports),
  ...progressRoutes(ports),
  ...standingRoutes(ports),
  ...clueRoutes(ports),
  ...clueTaskRoutes(ports),
  ...publicRoutes(ports),
]
