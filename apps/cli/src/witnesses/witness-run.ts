import { noMoreThan } from '../arguments.ts'
import { commandOf, type ExitCode } from '../command.ts'
import type { Variables } from '../config.ts'
import { text } from '../text.ts'

const variables: Variables = [
  ['DR_WITNESS_ID', text('在 keys 文件里的名字', 'its name in the keys files')],
  [
    'DR_WITNESS_KEY_FILE',
    text('密钥种子文件（witness keygen 生成，仅本人可读）', 'file of its seed as witness keygen writes it; only its owner may read it'),
  ],
  ['DR_WITNESS_KEY', text('种子本身，64 个十六进制字符，代替上一项', 'the seed itself, 64 hex, instead')],
  [
    'DR_WITNESS_KEYS',
    text('钉住的 keys-<地区>.json 所在文件夹，每个文件一个地区', 'folder of the pinned keys-<region>.json, a region each'),
  ],
  ['DR_WITNESS_DATA', text('日志副本所在文件夹', 'folder of the copies')],
  ['DR_WITNESS_PEERS', text('JSON：其他见证方 → host:port，每 30 秒比对', 'JSON, other witness to host:port: compared with every 30 s')],
  [
    'DR_WITNESS_KEEPERS',
    text(
      'JSON：地区代码 → 抽取服务或网关的网址列表，从那里镜像公开文件；不给则不镜像',
      'JSON, region code to addresses of drawing or a gateway, whence public files are mirrored; without it none are',
    ),
  ],
  ['DR_WITNESS_MIRROR_S', text('每隔多少秒镜像一次，默认 15', 'seconds from one mirroring to the next, 15 by default')],
  [
    'DR_WITNESS_FILE_MAX_MB, DR_WITNESS_MIRROR_MAX_MB',
    text(
      '一个公开文件、一个地区全部公开文件的上限（MiB），默认 256、20480',
      'MiB of one public file and of all of a region, 256 and 20480 by default',
    ),
  ],
  ['PORT, DR_GRPC_PORT', text('HTTP 与 gRPC 端口，默认 8080、9090', 'ports of HTTP and gRPC, 8080 and 9090 by default')],
  ['DR_HOST', text('监听地址，默认本机', 'address to listen on, loopback by default')],
  ['LOG_LEVEL, DR_ENV, DR_CLOCK_FILE', text('与各服务相同', 'as in every service')],
]

export const witnessRun = commandOf(variables, {
  name: 'witness',
  usage: '',
  summary: text('运行一个见证方，直到收到信号', "runs a witness of regions' logs until a signal"),
  notes: [
    text(
      '保存各地区日志的副本，只为延续副本的日志副署，并与其他见证方比对。不需要消息系统和数据库。退出码：0 收到停止信号，1 失败，78 配置有误（与其他命令不同）。',
      'Keeps copies of the logs of regions, cosigns what extends them, and compares with other witnesses. Needs no broker and no store. Exit codes: 0 told\nto stop, 1 failed, and, unlike all other commands, 78 where the configuration is wrong.',
    ),
  ],
  options: {},
  read: (args, complain) => noMoreThan(args, 0, complain),
  run: async (): Promise<ExitCode> => {
    // Only here: no other command waits for a service to load.
    const [{ runMain }, { createService }] = await Promise.all([import('@dual-random/runtime'), import('@dual-random/witness-app')])
    await runMain('witness', (env) => createService(env))
    return 0
  },
})
