import { parseArgs } from 'node:util'

export interface DemoOptions {
  /** Objects in the generated register of the four cities together. */
  readonly objects: number
  readonly seed: string
  /** Leaves everything running at the end and prints the addresses. */
  readonly keep: boolean
  /** Seconds of real time before the round of the first draws, for whoever watches them in the portal; 0 for none. */
  readonly watchSeconds: number
  /** One draw on wall time with fresh keys and beacons of other cities, instead of the year. */
  readonly federated: boolean
  /** Folder of the artefacts, emptied first. */
  readonly out: string
}

const usage = `用法 / usage: npm run demo -- [--objects N] [--seed TEXT] [--out DIR] [--watch SECONDS] [--keep]
                        npm run demo -- --federated [--objects N] [--seed TEXT] [--out DIR]
  --objects N   名录库对象总数，默认 20000（最少 400）/ objects in the register, 20000 by default, at least 400
  --seed TEXT   种子，同一种子结果相同 / the same seed gives the same result
  --out DIR     产物目录，默认 out/demo / folder of the artefacts
  --watch N     首批抽取在信标轮次前停留 N 秒，供在门户观看 / the first draws wait so long before their round, to be watched in the portal
  --keep        结束后保持运行并打印地址 / leave it running and print the addresses
  --federated   按实际时间、用新生成的密钥抽取一次，三市信标、上级秘密值、四个见证方；默认 1000 户、out/federated
                one draw on wall time with fresh keys: beacons of three cities, the superior's secret, four witnesses; 1000 objects, out/federated by default`

/** Reads the command line; a text instead of options is what to print before leaving. */
export function readOptions(args: readonly string[]): DemoOptions | { readonly usage: string; readonly exitCode: number } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        objects: { type: 'string' },
        seed: { type: 'string', default: 'dual-random-demo' },
        out: { type: 'string' },
        watch: { type: 'string', default: '0' },
        keep: { type: 'boolean', default: false },
        federated: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return { usage, exitCode: 0 }
    const { federated } = values
    if (federated && (values.keep || values.watch !== '0')) {
      return { usage: `--federated: 不与 --keep、--watch 同用 / not together with --keep or --watch\n${usage}`, exitCode: 2 }
    }
    const objects = Number(values.objects ?? (federated ? 1000 : 20_000))
    if (!Number.isSafeInteger(objects) || objects < 400 || objects > 5_000_000) {
      return { usage: `--objects ${values.objects}: 应为 400 到 5000000 的整数 / an integer from 400 to 5000000\n${usage}`, exitCode: 2 }
    }
    const watchSeconds = Number(values.watch)
    if (!Number.isSafeInteger(watchSeconds) || watchSeconds < 0 || watchSeconds > 900) {
      return { usage: `--watch ${values.watch}: 应为 0 到 900 的整数 / an integer from 0 to 900\n${usage}`, exitCode: 2 }
    }
    const out = values.out ?? (federated ? 'out/federated' : 'out/demo')
    return { objects, seed: values.seed, watchSeconds, keep: values.keep, federated, out }
  } catch (error) {
    return { usage: `${error instanceof Error ? error.message : String(error)}\n${usage}`, exitCode: 2 }
  }
}
