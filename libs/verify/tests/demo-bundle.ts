import { logText } from '@dual-random/draw'
import { addMs } from '@dual-random/kernel'
import { checkpointsText, keysFileText } from '@dual-random/witness'
import { type City, organiser } from './parties.ts'
import { type DemoFiles, type DemoOptions, dayMs, hashNamed, plainCommittedAt, playDraw, type Stage } from './play-draw.ts'
import { cosignedCheckpoint, keysOf, seenAt } from './witness-files.ts'

/** Plays registry, drawing, beacon, outside units and witnesses through a whole draw, and gives every public file. */
export function demoBundle(options: DemoOptions = {}): DemoFiles {
  const { files, stage } = playDraw(options)
  return { ...files, ...logFiles(stage, options) }
}

/**
 * The log, and with witnesses the keys file and the checkpoints over some entries of every draw and its end; the transcript's is seen only
 * after its round.
 */
export function logFiles(
  { genesis, lines, draws }: Stage,
  options: DemoOptions,
  city: City = organiser,
): Pick<DemoFiles, 'log' | 'checkpoints' | 'keys'> {
  const hash = hashNamed(options.hash ?? 'sha256')
  const log = logText(genesis, lines)
  if (options.witnessed !== true) return { log }
  const honest = draws.flatMap(({ committedAt, over, drawn }) =>
    over.map((seq, index) => ({ seq, seen: seenAt(addMs(committedAt, 60_000 * (index + 1) + (seq < drawn ? 0 : 1_800_000))) })),
  )
  // Long before: the keys of the regions' beacons are 31 days old when S is made.
  const keysEntered = {
    seq: lines.findLast(({ kind }) => kind === 'key' || kind === 'definition')?.seq ?? 0,
    seen: seenAt(addMs(options.committedAt ?? plainCommittedAt, (options.keyAgeMs ?? 31 * dayMs) * -1 - 2000)),
  }
  const checkpoints = [keysEntered, ...(options.onCheckpoints?.(honest, lines) ?? honest)]
  return {
    log,
    checkpoints: checkpointsText(checkpoints.map((one) => cosignedCheckpoint(hash, lines, one, city))),
    keys: keysFileText({
      ...keysOf(hash, genesis),
      ...(options.beaconKeyAgeSeconds === undefined ? {} : { beaconKeyAgeSeconds: options.beaconKeyAgeSeconds }),
      ...(options.leastMarginSeconds === undefined ? {} : { leastMarginSeconds: options.leastMarginSeconds }),
    }),
  }
}
