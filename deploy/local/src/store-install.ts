import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheRoot, installOnce } from './cache.ts'
import { countLines, readLog, tailOf } from './log-file.ts'
import type { StartContext } from './part.ts'
import { runTethered } from './run-tethered.ts'
import { askTool, firstTool, rustcAtLeast } from './tools.ts'

const crate = 'secantus-mdb'
const version = '0.5.3-beta.193'
const neededRust = { major: 1, minor: 95 }

/** Folder of the built store in the user's cache; it exists only when complete. */
export const storeFolder = (env: NodeJS.ProcessEnv): string => join(cacheRoot(env), `secantus-mdb-${version}`)

const binaryIn = (folder: string): string => join(folder, 'bin', 'secantusd-rs')

/** What this machine lacks to run the store as a local process; empty when it can. Once built it needs nothing. */
export async function missingForStore(env: NodeJS.ProcessEnv): Promise<string[]> {
  if (existsSync(binaryIn(storeFolder(env)))) return []
  const missing: string[] = []
  const [cargo, rustc, cmake] = await Promise.all([
    askTool('cargo', ['--version'], env),
    askTool('rustc', ['--version'], env),
    askTool('cmake', ['--version'], env),
  ])
  if (!cargo.found) missing.push(`cargo (Rust; ${cargo.reason})`)
  const { major, minor } = neededRust
  if (!rustc.found) missing.push(`rustc ≥ ${major}.${minor} (${rustc.reason})`)
  else if (!rustcAtLeast(rustc.text, major, minor)) missing.push(`rustc ≥ ${major}.${minor} (现为 / found ${rustc.text.split('\n')[0]})`)
  if (!cmake.found) missing.push(`cmake (${cmake.reason})`)
  if ((await firstTool(['make', 'ninja'], env)) === undefined) missing.push('make 或 / or ninja')
  const compilers = [...(env['CC'] ? [env['CC']] : []), 'cc', 'gcc', 'clang']
  if ((await firstTool(compilers, env)) === undefined) missing.push('C 编译器 / C compiler (cc, gcc 或 / or clang)')
  return missing
}

/** Builds the store by cargo unless the cache has it; returns its program. */
export async function installStore({ env, progress, signal }: StartContext): Promise<string> {
  const target = storeFolder(env)
  const label = `正在编译文档库 ${crate} ${version} (首次约 5 分钟) / building the store (about 5 minutes, once)`
  await installOnce({ target, label, progress, signal, build: cargoInstall })
  return binaryIn(target)

  async function cargoInstall(folder: string): Promise<void> {
    // Outside the folder that is thrown away, so that an interrupted build goes on where it stopped.
    const work = `${target}.build`
    await mkdir(work, { recursive: true })
    const logFile = join(work, 'cargo.log')
    await rm(logFile, { force: true })
    const args = ['install', crate, '--version', version, '--locked', '--ignore-rust-version', '--root', folder]
    const exit = await runTethered(
      {
        run: { command: 'cargo', args },
        cwd: work,
        env: { ...env, CARGO_TARGET_DIR: join(work, 'target'), CARGO_TERM_COLOR: 'never' },
        logFile,
      },
      { progress, signal, label, detail: async () => `${await countLines(logFile, /^\s+Compiling /)} 个包 / crates` },
    )
    if (exit.code !== 0) throw new Error(`cargo 未能编译 ${crate} / cargo could not build it:\n${tailOf(await readLog(logFile))}`)
    await rm(work, { recursive: true, force: true })
  }
}
