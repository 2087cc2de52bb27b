import { join } from 'node:path'
import { dataFolder, loopback, type ServerStart, startServer } from './local-process.ts'
import type { StartContext, StartedPart } from './part.ts'
import { withProgress } from './progress.ts'
import { installStore } from './store-install.ts'
import { storeAnswers, storeUri } from './store-probe.ts'

const listening = /listening on 127\.0\.0\.1:(\d+)/g

/**
 * Every commit is handed to the system before it is acknowledged, as MongoDB's journal is under `w: majority`. By its own default the store
 * keeps commits in memory for up to a second, and kill -9 takes what was acknowledged meanwhile.
 */
const durable = { SECANTUS_WT_CONFIG_EXTRA: 'transaction_sync=(enabled=true,method=none)' }

export type StorePlace = {
  readonly folder: string
  readonly removeAfter: readonly string[]
  /** 0 for one of the system's choice. */
  readonly port: number
}

/** How to run `secantusd-rs`; it answers with its connection string. */
export function storeStart(program: string, { folder, removeAfter, port }: StorePlace, env: NodeJS.ProcessEnv): ServerStart<string> {
  const data = join(folder, 'data')
  return {
    title: 'secantusd-rs',
    run: {
      command: program,
      args: ['--host', loopback, '--port', String(port), '--storage-path', data, '--cache-size', '1G', '--log-level', 'WARNING'],
    },
    cwd: folder,
    env: { ...env, ...durable },
    logFile: join(folder, 'store.log'),
    removeAfter,
    probe: async (printed) => {
      const bound = [...(await printed()).matchAll(listening)].at(-1)?.[1]
      if (bound === undefined) return undefined
      const uri = storeUri(loopback, Number(bound))
      return (await storeAnswers(uri)) ? uri : undefined
    },
  }
}

/** `secantusd-rs` as a local process. It binds a port the system picks and prints it, so no other process can have it. */
export async function startStoreProcess(context: StartContext): Promise<StartedPart> {
  const program = await installStore(context)
  return withProgress(context.progress, { label: '正在启动文档库 / starting the store' }, async () => {
    const place = { ...(await dataFolder('store', context.dataDir)), port: 0 }
    const server = await startServer(storeStart(program, place, context.env), context)
    return { address: server.answer, stop: () => server.stop() }
  })
}
