import type { PartName } from './part.ts'

/** Why one part can come from nowhere. */
export type PartProblem = {
  readonly part: PartName
  /** Why containers cannot supply it. */
  readonly engine: string
  /** What this machine lacks to run it as a process. */
  readonly missing: readonly string[]
}

const titles = { kafka: 'Kafka', store: '文档库 / store (MongoDB)' } as const satisfies Record<PartName, string>
const givenBy = { kafka: 'KAFKA_BROKERS', store: 'MONGODB_URI' } as const satisfies Record<PartName, string>
const examples = { kafka: 'KAFKA_BROKERS=127.0.0.1:9092', store: 'MONGODB_URI=mongodb://127.0.0.1:27017' } as const satisfies Record<
  PartName,
  string
>

/** The variable that names an address for a part. */
export const variableOf = (part: PartName): string => givenBy[part]

/** Nothing can supply a part: the message names each missing thing and each way out. Nothing has been started or built. */
export class StackUnavailableError extends Error {
  readonly problems: readonly PartProblem[]

  constructor(problems: readonly PartProblem[]) {
    super(problems.map(describe).join('\n'))
    this.name = 'StackUnavailableError'
    this.problems = problems
  }
}

function describe({ part, engine, missing }: PartProblem): string {
  return [
    `无法提供 / cannot supply: ${titles[part]}`,
    `  未设置 / not set: ${givenBy[part]}`,
    `  没有容器引擎应答 / no container engine answers: ${engine}`,
    '  以本机进程运行还缺 / to run as a local process this machine lacks:',
    ...missing.map((name) => `    - ${name}`),
    `  任选其一 / any one of: ${examples[part]}; 启动 Docker 或 Podman (docker 命令) / start a container engine; 安装上述工具 / install the tools above`,
  ].join('\n')
}

/** Throws naming all that this machine lacks to run a part as a local process; does nothing when it lacks nothing. */
export function requireTools(part: PartName, missing: readonly string[]): void {
  if (missing.length === 0) return
  const lines = [`无法以本机进程运行, 还缺 / cannot run as a local process, this machine lacks: ${titles[part]}`, ...missing]
  throw new Error(lines.join('\n    - '))
}
