import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Role } from '@dual-random/auth'
import { freePorts, serviceNodeFlags, superviseProcess } from '@dual-random/local-stack'
import { type Api, api } from '@dual-random/testkit'
import type { BenchScope } from './bench-scope.ts'
import type { RegistryProcess } from './registry-process.ts'

const main = fileURLToPath(new URL('../../../../services/planning/src/main.ts', import.meta.url))

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
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'dual-random-bench-')), (path) => rmSync(path, { recursive: true }))
  const [httpPort, grpcPort] = await freePorts(2)
  const { database } = scope.pipelineOptions('planning', 'planning')
  const planning = superviseProcess({
    name: 'planning',
    command: process.execPath,
    args: [...serviceNodeFlags, '--conditions=development', main],
    env: {
      PATH: process.env['PATH'],
      DR_ENV: 'test',
      LOG_LEVEL: 'error',
      PORT: String(httpPort),
      DR_GRPC_PORT: String(grpcPort),
      KAFKA_BROKERS: scope.stack.kafkaBrokers,
      MONGODB_URI: scope.stack.mongodbUri,
      DR_DATABASE: database,
      DR_TOPIC_PREFIX: scope.topicPrefix,
      DR_REGISTRY_GRPC: registry.grpcAddress,
      ...(await registry.credentials('planning')),
    },
    readyUrl: `http://127.0.0.1:${httpPort}/readyz`,
    logFile: join(folder, 'planning.log'),
    restart: false,
  })
  parts.defer(() => planning.stop())
  await planning.ready
  const as = async (role: Role, unitId?: string): Promise<Api> => api(`http://127.0.0.1:${httpPort}`, await registry.token(role, unitId))
  const owned = parts.move()
  return {
    database,
    planner: () => as('PLANNER'),
    reviewer: () => as('FILING_REVIEWER', '230000-scj'),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
