import { execFile } from 'node:child_process'

export type ToolAnswer = { readonly found: false; readonly reason: string } | { readonly found: true; readonly text: string }

/** Runs `command args` for what it prints (both streams); not found when it is missing, fails or takes longer than `timeoutMs`. */
export function askTool(command: string, args: readonly string[], env: NodeJS.ProcessEnv, timeoutMs = 10_000): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    execFile(command, [...args], { env, timeout: timeoutMs, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const text = `${stdout}\n${stderr}`.trim()
      if (error === null) return resolve({ found: true, text })
      if (error.code === 'ENOENT' || error.code === 'EACCES') return resolve({ found: false, reason: '未找到 / not found' })
      if (error.killed === true) return resolve({ found: false, reason: `${timeoutMs / 1000} s 内没有应答 / no answer` })
      resolve({ found: false, reason: text.split('\n').at(-1) || error.message })
    })
  })
}

/** The major version in what `java -version` prints, `1.8` counting as 8; undefined when there is none. */
export function javaMajor(text: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(text)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

/** Whether what `rustc --version` prints is at least `major.minor`. */
export function rustcAtLeast(text: string, major: number, minor: number): boolean {
  const match = /^rustc (\d+)\.(\d+)/.exec(text)
  if (match === null) return false
  const [foundMajor, foundMinor] = [Number(match[1]), Number(match[2])]
  return foundMajor > major || (foundMajor === major && foundMinor >= minor)
}

/** The first of several commands that answers `--version`. */
export async function firstTool(commands: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const command of commands) {
    if ((await askTool(command, ['--version'], env)).found) return command
  }
  return undefined
}
