import { ConfigError } from './config.ts'
import { withinMs } from './deadline.ts'
import { createLogger, type Logger } from './logger.ts'

export interface Service {
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** EX_CONFIG of sysexits.h. */
const configExitCode = 78
const disposalCapMs = 10_000

type Ending = { readonly reason: string; readonly exitCode: number; readonly err?: unknown }

/**
 * Runs a service until SIGTERM, SIGINT, an unhandled failure, or (with DR_TETHER=1) the end of standard input, which is the pipe a parent
 * holds; then disposes it within 10 s and ends the process. Exit codes: 0 told to stop, 1 failed, 78 configuration not valid.
 */
export async function runMain(name: string, create: (env: NodeJS.ProcessEnv) => Promise<Service>): Promise<void> {
  const logger = createLogger({ service: name, level: process.env['LOG_LEVEL'] || 'info' })
  const ended = endingOf(process.env['DR_TETHER'] === '1')
  let service: Service | undefined
  const started = (async (): Promise<Ending> => {
    service = await create(process.env)
    await service.start()
    return await ended
  })()
  const ending = await Promise.race([started, ended]).catch((err: unknown): Ending => ({ reason: 'start failed', exitCode: 1, err }))
  if (ending.err instanceof ConfigError) {
    process.stderr.write(`${name}: ${ending.err.message}\n`)
    process.exit(configExitCode)
  }
  process.exit(await end(service, ending, logger))
}

/** The first event that ends the process. A second signal does not wait for disposal. */
function endingOf(tethered: boolean): Promise<Ending> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        resolve({ reason: signal, exitCode: 0 })
        process.once(signal, () => process.exit(1))
      })
    }
    process.on('unhandledRejection', (err) => resolve({ reason: 'unhandled rejection', exitCode: 1, err }))
    process.on('uncaughtException', (err) => resolve({ reason: 'uncaught exception', exitCode: 1, err }))
    if (tethered) {
      process.stdin.once('close', () => resolve({ reason: 'parent ended', exitCode: 0 }))
      process.stdin.once('end', () => resolve({ reason: 'parent ended', exitCode: 0 }))
      process.stdin.resume()
    }
  })
}

async function end(service: Service | undefined, { reason, exitCode, err }: Ending, logger: Logger): Promise<number> {
  const disposal = async (): Promise<void> => {
    await service?.[Symbol.asyncDispose]()
  }
  if (exitCode === 0) logger.info({ reason }, 'stopping')
  else logger.fatal({ reason, err }, 'stopping')
  try {
    await withinMs(disposal(), disposalCapMs, () => new Error(`disposal took longer than ${disposalCapMs} ms`))
    return exitCode
  } catch (failure) {
    logger.error({ err: failure }, 'disposal failed')
    return 1
  }
}
