import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts, serviceNodeFlags, superviseProcess } from '@dual-random/local-stack'
import { type Api, api, tokenIssuer } from '@dual-random/testkit'
import type { BenchScope } from './bench-scope.ts'
import { peakMegabytesOf } from './peak-memory.ts'

const main = fileURLToPath(new URL('../../../../services/registry/src/main.ts', import.meta.url))

/** Registry alone, as a process of its own. */
export interface RegistryProcess extends AsyncDisposable {
  /** With a token of ten minutes. */
  clerk(): Promise<Api>
  /** The most memory it has held so far. */
  peakMegabytes(): number
}

export async function startRegistry(scope: BenchScope): Promise<RegistryProcess> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'dual-random-bench-')), (path) => rmSync(path, { recursive: true }))
  const issuer = await tokenIssuer()
  parts.defer(() => issuer.close())
  const [httpPort, grpcPort] = await freePorts(2)
  const key = (digits: string): string => digits.repeat(32)
  const registry = superviseProcess({
    name: 'registry',
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
      DR_DATABASE: scope.database,
      DR_TOPIC_PREFIX: scope.topicPrefix,
      DR_JWKS_URL: issuer.jwksUrl,
      DR_TOKEN_ISSUER: issuer.issuer,
      DR_SERVICE_KEY: JSON.stringify(await issuer.serviceKey('registry')),
      DR_ID_KEY: key('11'),
      DR_SEAL_KEY: key('22'),
      DR_SNAPSHOT_KEY: key('33'),
    },
    readyUrl: `http://127.0.0.1:${httpPort}/readyz`,
    logFile: join(folder, 'registry.log'),
    restart: false,
  })
  parts.defer(() => registry.stop())
  await registry.ready
  const owned = parts.move()
  return {
    clerk: async () =>
      api(
        `http://127.0.0.1:${httpPort}`,
        await issuer.token({ subject: 'clerk', unitId: '230300-scj', regionCode: '230300', roles: ['REGISTRY_CLERK'] }),
      ),
    peakMegabytes: () => peakMegabytesOf(readFileSync(`/proc/${registry.pid()}/status`, 'utf8')),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
