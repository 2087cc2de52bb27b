import type { Command } from './command.ts'
import { both, text } from './text.ts'

const exitCodes = both(
  text('退出码：0 完成，1 失败或有差异，2 用法或配置有误', 'exit codes: 0 done, 1 failed or different, 2 usage or configuration'),
)

const environment = [
  ['KAFKA_BROKERS', text('消息系统地址 host:port,host:port', 'the brokers')],
  ['DR_TOPIC_PREFIX', text('主题名前缀，与各服务一致，默认为空', 'before every topic, as the services have it; empty by default')],
  ['DR_TOPIC_REPLICAS', text('集群节点少于清单要求时的副本数', 'replicas where the cluster has fewer brokers than the list asks for')],
] as const

const columns = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

/** What there is, below a first word or at all. */
export const overview = (commands: readonly Command[]): string =>
  [
    `${both(text('用法', 'usage'))}: dual-random <${both(text('命令', 'command'))}> […]`,
    ...columns(commands.map(({ name, summary }) => [name, both(summary)])),
    '',
    ...columns([
      ['--help', both(text('说明；也可放在命令后面', 'this text; behind a command, its own'))],
      ['--version', both(text('版本', 'the version'))],
    ]),
    exitCodes,
  ].join('\n')

export const usageLine = ({ name, usage }: Command): string => `dual-random ${name} ${usage}`

/** All about one command. */
export const helpOf = (described: Command): string =>
  [
    `${both(text('用法', 'usage'))}: ${usageLine(described)}`,
    '',
    described.summary.zh,
    described.summary.en,
    ...described.notes.flatMap(({ zh, en }) => ['', zh, en]),
    '',
    ...columns(
      Object.entries(described.options).map(([name, { value, short, text: about }]) => [
        `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
        both(about),
      ]),
    ),
    '',
    both(text('环境变量', 'environment')),
    ...columns(environment.map(([name, about]) => [name, both(about)])),
    exitCodes,
  ].join('\n')
