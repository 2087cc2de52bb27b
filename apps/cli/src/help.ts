import type { Command } from './command.ts'
import { both, text } from './text.ts'

const exitCodes = both(
  text(
    '退出码：0 完成，1 失败、有差异或无效，2 用法或配置有误，3 答案为暂定，4 抽取已宣布失败',
    'exit codes: 0 done, 1 failed, different or invalid, 2 usage or configuration, 3 a provisional answer, 4 a draw declared failed',
  ),
)

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

const variableLines = ({ variables }: Command): readonly string[] =>
  variables.length === 0 ? [] : [both(text('环境变量', 'environment')), ...columns(variables.map(([name, about]) => [name, both(about)]))]

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
    ...variableLines(described),
    exitCodes,
  ].join('\n')
