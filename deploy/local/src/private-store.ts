import { dataFolder, loopback, onFreePorts } from './local-process.ts'
import { startContext } from './part.ts'
import { freePort } from './ports.ts'
import { type PrivateServer, type PrivateServerOptions, privateServer } from './private-server.ts'
import { withProgress } from './progress.ts'
import { installStore, missingForStore } from './store-install.ts'
import { storeUri } from './store-probe.ts'
import { storeStart } from './store-process.ts'
import { requireTools } from './unavailable.ts'

export type PrivateStore = PrivateServer & {
  readonly mongodbUri: string
}

/** A store of one's own, as a local process even where containers or given addresses would be preferred. */
export async function startPrivateStore(options: PrivateServerOptions = {}): Promise<PrivateStore> {
  const context = startContext(options)
  requireTools('store', await missingForStore(context.env))
  const program = await installStore(context)
  return withProgress(context.progress, { label: '正在启动文档库 / starting the store' }, () =>
    onFreePorts(async () => {
      const port = options.port ?? (await freePort())
      const place = { ...(await dataFolder('store', context.dataDir)), port }
      const server = await privateServer(port, () => storeStart(program, place, context.env), context.signal)
      return Object.assign(server, { mongodbUri: storeUri(loopback, port) })
    }),
  )
}
