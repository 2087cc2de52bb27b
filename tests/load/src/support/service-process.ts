import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts, serviceNodeFlags, superviseProcess } from '@dual-random/local-stack'
import type { BenchScope } from './bench-scope.ts'

/** A service of this repository as a process of its own, ready to be asked; it ends with `parts`. */
export interface ServiceProcess {
  readonly httpUrl: string
  readonly grpcAddress: string
  pid(): number | undefined
}

/** Starts it against the run's broker and store; `env` is what this service needs beside them. */
export async function startService(
  parts: AsyncDisposableStack,
  { stack, topicPrefix }: BenchScope,
  { name, database, env }: { readonly name: string; readonly database: string; readonly env: Readonly<Record<string, string>> },
): Promise<ServiceProcess> {
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'dual-random-bench-')), (path) => rmSync(path, { recursive: true }))
  const [httpPort, grpcPort] = await freePorts(2)
  const httpUrl = `http://127.0.0.1:${httpPort}`
  const service = superviseProcess({
    name,
    command: process.execPath,
    args: [
      ...serviceNodeFlags,
      '--conditions=development',
      fileURLToPath(new URL(`../../../../services/${name}/src/main.ts`, import.meta.url)),
    ],
    env: {
      PATH: process.env['PATH'],
      DR_ENV: 'test',
      LOG_LEVEL: 'error',
      PORT: String(httpPort),
      DR_GRPC_PORT: String(grpcPort),
      KAFKA_BROKERS: stack.kafkaBrokers,
      MONGODB_URI: stack.mongodbUri,
      DR_DATABASE: database,
      DR_TOPIC_PREFIX: topicPrefix,
      ...env,
    },
    readyUrl: `${httpUrl}/readyz`,
    logFile: join(folder, `${name}.log`),
    restart: false,
  })
  parts.defer(() => service.stop())
  await service.ready
  return { httpUrl, grpcAddress: `127.0.0.1:${grpcPort}`, pid: () => service.pid() }
}
