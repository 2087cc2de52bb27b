import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cacheRoot, installOnce } from './cache.ts'
import { countLines, readLog, tailOf } from './log-file.ts'
import type { StartContext } from './part.ts'
import { runTethered } from './run-tethered.ts'
import { askTool, javaMajor } from './tools.ts'

const pomFile = join(dirname(findPackageJSON(import.meta.url) ?? ''), 'pom.xml')

/** The broker's version as `pom.xml` states it; the container image has the same. */
export function kafkaVersion(): string {
  const version = /<kafka\.version>([^<]+)</.exec(readFileSync(pomFile, 'utf8'))?.[1]
  if (version === undefined) throw new Error('pom.xml has no kafka.version')
  return version
}

/** Folder of the broker's jars in the user's cache; it exists only when complete. Another pom.xml is another folder. */
export function jarsFolder(env: NodeJS.ProcessEnv): string {
  const digest = createHash('sha256').update(readFileSync(pomFile)).digest('hex')
  return join(cacheRoot(env), `kafka-${kafkaVersion()}-${digest.slice(0, 12)}`)
}

/** The `java` to run: that of JAVA_HOME before the one on the PATH. */
export function javaCommand(env: NodeJS.ProcessEnv): string {
  const home = env['JAVA_HOME']
  const own = home ? join(home, 'bin', 'java') : undefined
  return own !== undefined && existsSync(own) ? own : 'java'
}

/** What this machine lacks to run Kafka as a local process; empty when it can. */
export async function missingForKafka(env: NodeJS.ProcessEnv): Promise<string[]> {
  const missing: string[] = []
  const java = await askTool(javaCommand(env), ['-version'], env)
  const major = java.found ? javaMajor(java.text) : undefined
  if (major === undefined)
    missing.push(`java (JDK 17 或更新 / JDK 17 or newer; ${java.found ? '版本不明 / version unknown' : java.reason})`)
  else if (major < 17) missing.push(`java (JDK 17 或更新 / JDK 17 or newer; 现为 / found ${major})`)
  if (!existsSync(jarsFolder(env))) {
    const maven = await askTool('mvn', ['--version'], env)
    if (!maven.found) missing.push(`mvn (Apache Maven, 首次下载 Kafka 组件用 / fetches the Kafka jars once; ${maven.reason})`)
  }
  return missing
}

/** Fetches the jars by Maven unless the cache has them; returns their folder. */
export async function installKafka({ env, progress, signal }: StartContext): Promise<string> {
  const target = jarsFolder(env)
  const label = `正在下载 Kafka ${kafkaVersion()} 组件 / fetching Kafka jars`
  await installOnce({ target, label, progress, signal, build: (folder) => copyJars(folder, label) })
  return target

  async function copyJars(folder: string, text: string): Promise<void> {
    const work = await mkdtemp(join(tmpdir(), 'dual-random-maven-'))
    const logFile = join(work, 'mvn.log')
    const args = ['-B', '-f', pomFile, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`]
    const detail = async () => `${await countLines(logFile, /Downloaded from/)} 个文件 / files`
    try {
      const exit = await runTethered({ run: { command: 'mvn', args }, cwd: work, env, logFile }, { progress, signal, label: text, detail })
      if (exit.code !== 0) {
        throw new Error(`Maven 未能下载 Kafka 组件 / Maven could not fetch the Kafka jars:\n${tailOf(await readLog(logFile))}`)
      }
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }
}
