import { join } from 'node:path'
import { dataFolder, startServer } from './local-process.ts'
import { readLog } from './log-file.ts'
import type { StartContext, StartedPart } from './part.ts'
import { withProgress } from './progress.ts'
import { installStore } from './store-install.ts'
import { storeAnswers, storeUri } from './store-probe.ts'

const host = '127.0.0.1'
const listening = /listening on 127\.0\.0\.1:(\d+)/g

/** `secantusd-rs` as a local process. It binds a port the system picks and prints it, so no other process can have it. */
export async function startStoreProcess(context: StartContext): Promise<StartedPart> {
  const program = await installStore(context)
  return withProgress(context.progress, { label: '正在启动文档库 / starting the store' }, async () => {
    const { folder, removeAfter } = await dataFolder('store', context.dataDir)
    const logFile = join(folder, 'store.log')
    const earlierText = await readLog(logFile)
    const server = await startServer(
      {
        title: 'secantusd-rs',
        run: {
          command: program,
          args: ['--host', host, '--port', '0', '--storage-path', join(folder, 'data'), '--cache-size', '1G', '--log-level', 'WARNING'],
        },
        cwd: folder,
        env: context.env,
        logFile,
        removeAfter,
        probe: async () => {
          const text = (await readLog(logFile)).slice(earlierText.length)
          const port = [...text.matchAll(listening)].at(-1)?.[1]
          if (port === undefined) return undefined
          const uri = storeUri(host, Number(port))
          return (await storeAnswers(uri)) ? uri : undefined
        },
      },
      context,
    )
    return { address: server.answer, stop: () => server.stop() }
  })
}
