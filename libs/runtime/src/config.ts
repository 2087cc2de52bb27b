import * as z from 'zod'

/** What is wrong with the environment, one line per variable. `runMain` prints it without a stack trace and exits with 78 (EX_CONFIG). */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`配置有误 (configuration is not valid):\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const chinese = z.locales.zhCN()

/** Reads and freezes the variables that `shape` names; an empty variable counts as absent. Throws one `ConfigError` that lists every problem. */
export function readConfig<T extends z.ZodRawShape>(shape: T, env: NodeJS.ProcessEnv = process.env): Readonly<z.infer<z.ZodObject<T>>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = z.object(shape).safeParse(given, { error: chinese.localeError })
  if (parsed.success) return Object.freeze(parsed.data)
  throw new ConfigError(
    parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return name in given ? `${[name, ...path.slice(1)].join('.')}: ${message}` : `${name}: 缺少 (missing)`
    }),
  )
}
