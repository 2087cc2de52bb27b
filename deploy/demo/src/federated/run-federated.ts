import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DemoOptions } from '../options.ts'
import { writeDrawFiles, writeLogFiles } from '../outcome/artefacts.ts'
import { aborted } from '../run-demo.ts'
import { sessionsOf } from '../steps/scenario.ts'
import { type StepTimer, stepTimer } from '../steps/timer.ts'
import { until } from '../world/parallel.ts'
import { drawFederated, type FederatedDraw } from './draw.ts'
import { type FederatedWorld, startFederatedWorld } from './federated-world.ts'
import { organiser } from './parties.ts'
import { terms } from './terms.ts'
import { type Verdict, verdictsOf } from './verdicts.ts'

/** One draw in which no party could choose, on wall time and with keys of this run; the exit code. */
export async function runFederated({ seed, objects, out }: DemoOptions, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now()
  const progress = (line: string): void => console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}`)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  for (const line of preface) console.log(line)
  const timer = stepTimer(progress)
  await using world = await timer.run('启动', 'start', () => startFederatedWorld(out, progress))
  const work = { as: sessionsOf(world), progress, seed, objects }
  const draw = await Promise.race([drawFederated(world, work, timer), aborted(signal)])
  const verdicts = await Promise.race([judged(world, out, draw, timer), aborted(signal)])
  progress(`抽中 ${draw.drawn} 户，产物在 ${out} / drew ${draw.drawn}, artefacts in ${out}`)
  for (const { program, of, exitCode, lines } of verdicts) {
    console.log(`\n${program} ${of}${exitCode === null ? '：未能运行 / could not be run' : `: ${exitCode}`}`)
    for (const line of lines) console.log(`  ${line}`)
  }
  return verdicts.every(({ exitCode }) => exitCode === 0 || exitCode === null) && verdicts.some(({ exitCode }) => exitCode === 0) ? 0 : 1
}

const { marginSeconds, revealWindowSeconds, periodSeconds, beaconKeyAgeSeconds } = terms

/** What is the demonstration's about it, said before anything else. */
const preface = [
  '密钥全部本次新生成，时间为本机实际时间，日志不标“演示”。/ All keys are fresh, the clock is this machine’s, and the log does not say demo.',
  `只有时限是演示取值：间隔 ${marginSeconds} 秒、揭示 ${revealWindowSeconds} 秒、信标周期 ${periodSeconds} 秒、信标公钥入日志 ${beaconKeyAgeSeconds} 秒（规程为 30 天，由钉住的文件另定，核验程序会说明）。`,
  `Only the times are the demo’s: margin ${marginSeconds} s, reveal window ${revealWindowSeconds} s, beacon period ${periodSeconds} s, beacon keys ${beaconKeyAgeSeconds} s in the log (30 days by the protocol; the pinned file asks for less, and verifiers say so).`,
  '各方在同一台机器上：证明的是各步骤和核验，不是各方独立。/ All parties run on one machine: this shows the steps and their check, not that the parties are independent.',
]

/** Fetches the public files once a quorum holds the transcript, and has both verifiers judge them. */
async function judged(world: FederatedWorld, out: string, { drawId }: FederatedDraw, timer: StepTimer): Promise<readonly Verdict[]> {
  const { publicSession, parties } = world
  const keysFile = join(out, basename(parties.keysFile))
  copyFileSync(parties.keysFile, keysFile)
  return timer.run('取回公开文件并核验', 'public files, verified twice', async () => {
    await writeDrawFiles(publicSession, out, drawId)
    const fromKeeper = await until('witnesses of the transcript', async () => {
      await writeLogFiles(publicSession, out, organiser.regionCode)
      return settled(verdictsOf('以组织方的文件 / of the organiser’s files', join(out, `transcript-${drawId}.json`), keysFile))
    })
    const [witness] = parties.witnesses
    const folder = join(out, `from-${witness?.name}`)
    const fromWitness = await until('the bundle at a witness', async () => {
      const isWhole = await fetchBundle(`http://127.0.0.1:${witness?.http}`, folder, drawId)
      return isWhole
        ? settled(
            verdictsOf(
              `仅以 ${witness?.name} 的文件 / of the files of ${witness?.name} alone`,
              join(folder, `transcript-${drawId}.json`),
              keysFile,
            ),
          )
        : undefined
    })
    return [...fromKeeper, ...fromWitness]
  })
}

/** Fetches a draw's public files from a witness, which mirrors them; false while one is not there yet. */
async function fetchBundle(base: string, folder: string, drawId: string): Promise<boolean> {
  const { regionCode } = organiser
  const files = {
    [`checkpoints-${regionCode}.ndjson`]: `region-logs/${regionCode}/checkpoints`,
    [`region-log-${regionCode}.ndjson`]: `region-logs/${regionCode}`,
    [`commitment-${drawId}.json`]: `draws/${drawId}/commitment`,
    [`rosters/${drawId}.ndjson`]: `draws/${drawId}/roster`,
    [`transcript-${drawId}.json`]: `draws/${drawId}/transcript`,
  }
  mkdirSync(join(folder, 'rosters'), { recursive: true })
  for (const [name, path] of Object.entries(files)) {
    const answer = await fetch(`${base}/v1/public/${path}`)
    if (!answer.ok) return false
    writeFileSync(join(folder, name), await answer.text())
  }
  return true
}

const settled = (verdicts: readonly Verdict[]): readonly Verdict[] | undefined =>
  verdicts.some(({ exitCode }) => exitCode === pending) ? undefined : verdicts

/** A verifier's exit code while the transcript's entry lacks witnesses. */
const pending = 3
