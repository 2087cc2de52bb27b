import { type Api, api } from '@dual-random/testkit'
import type { BenchScope } from './bench-scope.ts'
import type { RegistryProcess } from './registry-process.ts'
import { startService } from './service-process.ts'

/** Planning as a process of its own, beside a registry. */
export interface PlanningProcess extends AsyncDisposable {
  readonly database: string
  /** The planner of the bureau of 230300, with a token of ten minutes. */
  planner(): Promise<Api>
  /** Who decides on filings in the region above. */
  reviewer(): Promise<Api>
}

export async function startPlanning(scope: BenchScope, registry: RegistryProcess): Promise<PlanningProcess> {
  await using parts = new AsyncDisposableStack()
  const { database } = scope.pipelineOptions('planning', 'planning')
  // No task of inspection is asked for: none runs beside it.
  const env = { DR_REGISTRY_GRPC: registry.grpcAddress, DR_INSPECTION_GRPC: '127.0.0.1:1', ...(await registry.credentials('planning')) }
  const { httpUrl } = await startService(parts, scope, { name: 'planning', database, env })
  const owned = parts.move()
  return {
    database,
    planner: async () => api(httpUrl, await registry.token('PLANNER')),
    reviewer: async () => api(httpUrl, await registry.token('FILING_REVIEWER', '230000-scj')),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
