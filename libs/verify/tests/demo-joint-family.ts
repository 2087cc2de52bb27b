import { logFiles } from './demo-bundle.ts'
import { type FamilyFiles, filesOf, playedOf, playRedraws, type RedrawStep } from './demo-family.ts'
import { demoJoint, type JointFiles, type JointOptions } from './demo-joint.ts'
import { cityOf } from './parties.ts'
import type { DemoOptions } from './play-draw.ts'

/** The draw of several cities that redraws follow, and theirs in the order of their steps. */
export interface JointFamilyFiles {
  readonly parent: JointFiles
  readonly redraws: readonly FamilyFiles[]
}

/** Plays a draw of several cities, and redraws of it in the log of one of them (docs/draw-protocol.md §23). */
export function demoJointFamily(
  regionCode: string,
  steps: readonly RedrawStep[],
  options: JointOptions = {},
  /** Whose log the redraws stand in; the parent's own by default. */
  log?: JointFiles,
): JointFamilyFiles {
  const parent = demoJoint(options)
  const [stage, pool] = [(log ?? parent).stages.get(regionCode), parent.pools.get(regionCode)]
  if (stage === undefined || pool === undefined) throw new Error(`${regionCode} takes no part`)
  const asked: DemoOptions = { witnessed: true, demo: false, ...(options.hash === undefined ? {} : { hash: options.hash }) }
  const city = cityOf(regionCode)
  const redraws = playRedraws({ city, stage, pool, played: playedOf(parent, pool, asked) }, steps, asked)
  const keptLog = logFiles(stage, asked, city)
  const { drawId, transcript, commitment, roster } = parent
  const family = Object.fromEntries([
    ...Object.entries(parent.family).filter(([name]) => name.startsWith('rosters/')),
    [`transcript-${drawId}.json`, transcript],
    [`commitment-${drawId}.json`, commitment],
    [`rosters/${drawId}.ndjson`, roster],
    ...redraws.flatMap(filesOf),
  ])
  return { parent, redraws: redraws.map((one) => ({ ...one, ...keptLog, family })) }
}
